// Low-latency viewers on one core of the server: every one blocks on the playlist, fetches every part and checks it.
import { media } from '../tests/system/lib/media.mjs';
import { firstVariant } from '../tests/system/lib/hls.mjs';
import { kPairs, kSmoke, load, ourServer, replay, report, withThings } from './lib/runs.mjs';

const kSeconds = kSmoke ? 3 : 20;
const { file } = await media('onemegabit');

for (const viewers of kSmoke ? [100] : [2500, 5000]) {
    for (let run = 0; run < kPairs; run++) {
        await withThings(async (things) => {
            const server = await ourServer(things);
            const channel = await server.createChannel();
            await replay(things, file, [server.publishUrl(channel)], kSeconds + 30);
            const { url } = await firstVariant(await server.master('test'));
            const figures = await load('hls_viewers', [url, '--viewers', viewers, '--seconds', kSeconds, '--pid', server.pid]);
            report('viewers', 'aethex', figures, { viewers, bitrate: '1 Mbit/s', part_seconds: 0.2, protocol: 'HTTP/1.1', tls: false, server_cores: 1 });
        });
    }
}
