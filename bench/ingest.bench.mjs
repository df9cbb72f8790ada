// Many encoders at once: processor seconds per stream second, ours packaging LL-HLS in memory against nginx-rtmp writing
// plain HLS into a memory file system. One process replays one prepared stream to all.
import { media } from '../tests/system/lib/media.mjs';
import { pause } from '../tests/system/lib/until.mjs';
import { Nginx } from './lib/nginx.mjs';
import { alternate, kServerSide, kSmoke, ourServer, raiseSessions, replay, report, rounded, withThings } from './lib/runs.mjs';

const kStreams = kSmoke ? 5 : 50;
const kSeconds = kSmoke ? 3 : 20;
const kWarmUp = kSmoke ? 3 : 5;
const { file } = await media('sixmegabit');
const settings = { streams: kStreams, bitrate: '6 Mbit/s', picture: '1280x720 30/s', gop_seconds: 2, tls: false, server_cores: 1 };

async function measure(server, things, urls) {
    const replayer = await replay(things, file, urls, kWarmUp + kSeconds + 3);
    await pause(kWarmUp * 1000);
    const before = server.cpuSeconds();
    const began = performance.now();
    await pause(kSeconds * 1000);
    const wall = (performance.now() - began) / 1000;
    const cpu = server.cpuSeconds() - before;
    if (!replayer.running) throw new Error(`the replay ended: ${replayer.output}`);
    await replayer.exited;
    const sent = JSON.parse(replayer.output.trim().split('\n').at(-1));
    return { cpu_percent_per_stream: rounded((cpu / wall / kStreams) * 100, 3), server_cpu_share: rounded(cpu / wall, 3), megabits_per_stream: sent.megabits_per_stream, load_late_ms_p99: sent.late_ms_p99 };
}

await alternate(
    () => withThings(async (things) => {
        const server = await ourServer(things);
        const urls = [];
        for (let at = 0; at < kStreams; at++) urls.push(server.publishUrl(await server.createChannel(`Channel ${at}`, `channel-${at}`)));
        const figures = await measure(server, things, urls);
        report('ingest', 'aethex', { ...figures, server_megabytes: rounded(server.residentMegabytes()) }, { ...settings, output: 'LL-HLS, 0.2 s parts, in memory' });
    }),
    () => withThings(async (things) => {
        const nginx = things.own(await Nginx.start(things.folder, { hls: '2s', prefix: kServerSide }));
        raiseSessions();
        const figures = await measure(nginx, things, Array.from({ length: kStreams }, (_, at) => `${nginx.rtmp}/channel-${at}`));
        report('ingest', 'nginx-rtmp', figures, { ...settings, output: 'HLS, 2 s fragments, on tmpfs', workers: 1 });
    }, { memory: true }),
);
