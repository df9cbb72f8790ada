// An idle server: its memory, and the time from its start to its first ready answer. The database is there already.
import { pause } from '../tests/system/lib/until.mjs';
import { kPairs, ourServer, report, rounded, withThings } from './lib/runs.mjs';

await withThings(async (things) => {
    const server = await ourServer(things);
    await server.createChannel();
    for (let run = 0; run < kPairs; run++) {
        await server.close();
        await server.start();
        await pause(1000);
        report('idle', 'aethex', { start_ms: rounded(server.startedInMs), megabytes: rounded(server.residentMegabytes()) }, { server_cores: 1, shards: 1 });
    }
});
