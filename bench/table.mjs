// node bench/table.mjs: the table of bench/README.md, from the lines in bench/out. Median and range of every figure that has a promise.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const kOut = path.join(path.dirname(fileURLToPath(import.meta.url)), 'out');
const runs = readdirSync(kOut).filter((name) => name.endsWith('.jsonl')).flatMap((name) => readFileSync(path.join(kOut, name), 'utf8').trim().split('\n').map((line) => JSON.parse(line)));

// bench, what it is called, our side, the peer, the figure, and the promise: on the figure itself, or on its ratio to the peer's.
const kRows = [
    ['http_playlists', 'playlists from memory, answers per processor second', 'aethex', 'nginx', 'per_server_cpu_second', { ratioAtLeast: 1.3 }],
    ['http_parts', 'parts from memory, answers per processor second', 'aethex', 'nginx', 'per_server_cpu_second', { ratioAtLeast: 1.3 }],
    ['ingest', '50 RTMP streams of 6 Mbit/s, % of a core per stream', 'aethex', 'nginx-rtmp', 'cpu_percent_per_stream', { ratioAtMost: 0.7 }],
    ['viewers', '2 500 LL-HLS viewers on one core, part p99 in ms', 'aethex', null, 'part_ms_p99', { atMost: 60 }, (run) => run.viewers === 2500],
    ['viewers', '5 000 LL-HLS viewers on one core, part p99 in ms', 'aethex', null, 'part_ms_p99', { atMost: 120 }, (run) => run.viewers === 5000],
    ['viewers', '5 000 LL-HLS viewers, share of the core', 'aethex', null, 'server_cpu_share', { atMost: 0.6 }, (run) => run.viewers === 5000],
    ['glass', 'glass to glass, p95 in ms', 'aethex', 'nginx-rtmp', 'glass_ms_p95', { atMost: 1200, ratioAtMost: 0.5 }],
    ['glass', 'publish accepted to first picture, ms', 'aethex', 'nginx-rtmp', 'first_picture_ms', { p95AtMost: 1200 }],
    ['glass', 'opening a live channel to first picture, ms', 'aethex', 'nginx-rtmp', 'join_ms_all', { p95AtMost: 1000 }],
    ['paint', 'largest contentful paint of `/`, ms', 'home', null, 'lcp_ms', { atMost: 500 }],
    ['paint', 'largest contentful paint of `/streams/{slug}`, ms', 'stream', null, 'lcp_ms', { atMost: 500 }],
    ['api_channel', 'a channel by slug from PostgreSQL, answers per processor second', 'aethex', 'next', 'per_server_cpu_second', { ratioAtLeast: 20 }],
    ['mix', '1 000 requests/s over 20 routes for 60 s, p99 in ms', 'aethex', null, 'p99_ms', { atMost: 100 }],
    ['mix_attacked', 'the same while 40 passwords/s are guessed, p99 in ms', 'aethex', null, 'p99_ms', { atMost: 100 }],
    ['idle', 'idle server, MB', 'aethex', null, 'megabytes', { atMost: 60 }],
    ['idle', 'start to ready, ms', 'aethex', null, 'start_ms', { atMost: 300 }],
];

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const percentile95 = (values) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * 0.95))];
const say = (values) => (values.length === 0 ? '' : `${format(median(values))} (${format(Math.min(...values))} to ${format(Math.max(...values))})`);
const format = (value) => (Math.abs(value) >= 1000 ? Math.round(value).toLocaleString('en').replaceAll(',', ' ') : String(Number(value.toPrecision(3))));

console.log('| what | ours: median (range) | peer: median (range) | ratio | promised | met | runs, commit |\n|---|---|---|---|---|---|---|');
for (const [bench, what, ours, peer, figure, promise, chosen = () => true] of kRows) {
    const of = (side) => runs.filter((run) => run.bench === bench && run.side === side && chosen(run));
    const [mine, theirs] = [of(ours).flatMap((run) => run[figure]), peer ? of(peer).flatMap((run) => run[figure]) : []];
    if (mine.length === 0) {
        console.log(`| ${what} | not measured | | | | no | |`);
        continue;
    }
    const ratio = theirs.length > 0 ? median(mine) / median(theirs) : null;
    const promises = [
        promise.atMost !== undefined && [`<= ${format(promise.atMost)}`, median(mine) <= promise.atMost],
        // Of a few values, the largest but one in twenty is the largest.
        promise.p95AtMost !== undefined && [`p95 <= ${format(promise.p95AtMost)}`, percentile95(mine) <= promise.p95AtMost],
        promise.ratioAtLeast !== undefined && [`>= ${promise.ratioAtLeast}x`, ratio !== null && ratio >= promise.ratioAtLeast],
        promise.ratioAtMost !== undefined && [`<= ${promise.ratioAtMost}x`, ratio !== null && ratio <= promise.ratioAtMost],
    ].filter(Boolean);
    const commit = of(ours).at(-1).commit;
    console.log(`| ${what} | ${say(mine)} | ${peer ? `${peer} ${say(theirs)}` : ''} | ${ratio === null ? '' : ratio.toFixed(2)} | ${promises.map(([text]) => text).join(', ')} | ${promises.every(([, met]) => met) ? 'yes' : 'no'} | ${of(ours).length}, ${commit} |`);
}
