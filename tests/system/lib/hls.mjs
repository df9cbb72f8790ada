// Reading playlists the way a test needs it. The strict judgement is hls_lint's; this only follows.
import { createHash } from 'node:crypto';
import http from 'node:http';

const kAgent = new http.Agent({ keepAlive: true, maxSockets: 8 });

/** GET over a kept connection: `{ status, headers, body, firstByteAt }`. */
export function get(url, { timeoutMs = 15_000, headers = {} } = {}) {
    return new Promise((resolve, reject) => {
        const request = http.get(url, { agent: kAgent, headers }, (answer) => {
            const firstByteAt = performance.now();
            const chunks = [];
            answer.on('data', (chunk) => chunks.push(chunk));
            answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(chunks), firstByteAt }));
            answer.on('error', reject);
        });
        request.setTimeout(timeoutMs, () => request.destroy(new Error(`no answer within ${timeoutMs} ms: ${url}`)));
        request.on('error', reject);
    });
}

export function attributes(text) {
    const found = {};
    for (const [, key, quoted, plain] of text.matchAll(/([A-Z0-9-]+)=(?:"([^"]*)"|([^,]*))/g)) found[key] = quoted ?? plain;
    return found;
}

export function parseMaster(text, base) {
    const variants = [];
    const lines = text.split('\n').map((line) => line.trim());
    lines.forEach((line, at) => {
        if (line.startsWith('#EXT-X-STREAM-INF:')) variants.push({ ...attributes(line), url: new URL(lines[at + 1], base).href });
    });
    return variants;
}

/** The parts and segments of a media playlist, numbered. */
export function parseMedia(text, base) {
    const list = { text, segments: [], parts: [], maps: [], hint: null, ended: false, targetDuration: 0, partTarget: 0, msn: 0, dsn: 0, gaps: 0, dates: [] };
    let msn = 0;
    let part = 0;
    let discontinuity = 0;
    let map = null;
    for (const raw of text.split('\n')) {
        const line = raw.trim();
        const [, tag, value = ''] = /^#(EXT[A-Z0-9-]*):?(.*)$/.exec(line) ?? [];
        if (tag === 'EXT-X-MEDIA-SEQUENCE') msn = list.msn = Number(value);
        else if (tag === 'EXT-X-DISCONTINUITY-SEQUENCE') discontinuity = list.dsn = Number(value);
        else if (tag === 'EXT-X-DISCONTINUITY') discontinuity++;
        else if (tag === 'EXT-X-TARGETDURATION') list.targetDuration = Number(value);
        else if (tag === 'EXT-X-PART-INF') list.partTarget = Number(attributes(value)['PART-TARGET']);
        else if (tag === 'EXT-X-MAP') list.maps.push((map = new URL(attributes(value).URI, base).href));
        else if (tag === 'EXT-X-PROGRAM-DATE-TIME') list.dates.push({ msn, at: Date.parse(value) });
        else if (tag === 'EXT-X-GAP') list.gaps++;
        else if (tag === 'EXT-X-ENDLIST') list.ended = true;
        else if (tag === 'EXT-X-PRELOAD-HINT') list.hint = new URL(attributes(value).URI, base).href;
        else if (tag === 'EXT-X-PART') {
            const found = attributes(value);
            list.parts.push({
                msn, part: part++, discontinuity, map, duration: Number(found.DURATION), independent: found.INDEPENDENT === 'YES', gap: found.GAP === 'YES',
                url: new URL(found.URI, base).href,
            });
        } else if (tag === 'EXTINF') list.pendingDuration = parseFloat(value);
        else if (line !== '' && !line.startsWith('#')) {
            list.segments.push({ msn, discontinuity, duration: list.pendingDuration, url: new URL(line, base).href });
            msn++;
            part = 0;
        }
    }
    list.next = { msn, part };
    return list;
}

export async function firstVariant(masterUrl) {
    const master = await get(masterUrl);
    if (master.status !== 200) throw new Error(`master playlist gave ${master.status}`);
    return parseMaster(master.body.toString(), masterUrl)[0];
}

/**
 * A viewer without a picture: blocks on the playlist and fetches every part. Whatever is missing, comes twice,
 * comes late or changes is written down.
 */
export class PartWatcher {
    parts = new Map();
    problems = [];
    playlists = [];
    longestWaitMs = 0;
    discontinuities = new Set();
    #running = true;

    constructor(mediaUrl, { keepPlaylists = false } = {}) {
        this.url = mediaUrl;
        this.keep = keepPlaylists;
        this.done = this.#follow();
    }

    async stop() {
        this.#running = false;
        await this.done;
    }

    close() {
        return this.stop();
    }

    async #follow() {
        let next = null;
        let lastNewAt = performance.now();
        while (this.#running) {
            const url = new URL(this.url);
            if (next) {
                url.searchParams.set('_HLS_msn', next.msn);
                url.searchParams.set('_HLS_part', next.part);
            }
            let answer;
            try {
                answer = await get(url.href);
            } catch (error) {
                this.problems.push(`playlist: ${error.message}`);
                return;
            }
            if (answer.status !== 200) {
                this.problems.push(`playlist gave ${answer.status}`);
                return;
            }
            const text = answer.body.toString();
            if (this.keep) this.playlists.push(text);
            const list = parseMedia(text, this.url);
            // A run's playlist begins with a segment that was missed; a gap anywhere else is a problem.
            const missed = ({ gap, msn }) => gap && msn === list.msn;
            const fresh = list.parts.filter((one) => !missed(one) && !this.parts.has(`${one.msn}.${one.part}`));
            if (this.parts.size > 0 && fresh.length > 0) this.longestWaitMs = Math.max(this.longestWaitMs, performance.now() - lastNewAt);
            if (fresh.length > 0) lastNewAt = performance.now();
            await Promise.all(fresh.map((one) => this.#take(one)));
            for (const { discontinuity } of list.parts) this.discontinuities.add(discontinuity);
            if (list.ended) {
                this.ended = true;
                break;
            }
            if (!list.partTarget) await new Promise((resolve) => setTimeout(resolve, 200));
            next = list.next;
        }
    }

    async #take(one) {
        const key = `${one.msn}.${one.part}`;
        this.parts.set(key, one);
        if (one.part > 0 && !this.parts.has(`${one.msn}.${one.part - 1}`) && this.started) this.problems.push(`part ${key} came without the one before it`);
        this.started = true;
        try {
            const answer = await get(one.url);
            if (answer.status !== 200) this.problems.push(`part ${key} gave ${answer.status}`);
            one.bytes = answer.body.length;
            one.hash = createHash('sha1').update(answer.body).digest('hex');
            if (answer.body.length === 0) this.problems.push(`part ${key} is empty`);
        } catch (error) {
            this.problems.push(`part ${key}: ${error.message}`);
        }
        if (one.gap) this.problems.push(`part ${key} is a gap`);
    }

    /** Media seconds received. */
    get seconds() {
        let sum = 0;
        for (const { duration } of this.parts.values()) sum += duration;
        return sum;
    }

    /** The numbers must follow each other: within a segment by one, and every segment between the first and the last. */
    missing() {
        const lost = [];
        const segments = new Map();
        for (const { msn, part } of this.parts.values()) segments.set(msn, Math.max(segments.get(msn) ?? -1, part));
        const numbers = [...segments.keys()].sort((a, b) => a - b);
        for (let msn = numbers[0]; msn < numbers.at(-1); msn++) {
            if (!segments.has(msn)) lost.push(`segment ${msn}`);
            else if (msn > numbers[0]) for (let part = 0; part <= segments.get(msn); part++) if (!this.parts.has(`${msn}.${part}`)) lost.push(`part ${msn}.${part}`);
        }
        return lost;
    }
}
