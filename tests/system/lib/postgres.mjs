// A PostgreSQL cluster of one's own: in a temporary folder, on a free port of the loopback, ended with its owner.
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Child, freePort, run } from './processes.mjs';
import { until } from './until.mjs';

/** Debian keeps the programs of each version apart. */
function programs() {
    const versions = '/usr/lib/postgresql';
    const newest = readdirSync(versions).map(Number).sort((a, b) => b - a)[0];
    return path.join(versions, String(newest), 'bin');
}

export class Postgres {
    /** PostgreSQL refuses to be root: then it is the account `postgres`, which Debian's package makes. */
    static async start({ prefix = [] } = {}) {
        const postgres = new Postgres();
        postgres.folder = mkdtempSync(path.join(os.tmpdir(), 'aethex-postgres-'));
        const account = process.getuid() === 0 ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--init-groups'] : [];
        if (account.length > 0) {
            const id = async (flag) => Number((await run('id', [flag, 'postgres'])).trim());
            chownSync(postgres.folder, await id('-u'), await id('-g'));
        }
        const [bin, cluster, port] = [programs(), path.join(postgres.folder, 'cluster'), await freePort()];
        const start = (program, ...args) => [...account, path.join(bin, program), ...args];
        const [command, ...args] = start('initdb', '-D', cluster, '-A', 'trust', '-U', 'aethex', '-E', 'UTF8', '--no-instructions');
        await run(command, args);
        const [server, ...flags] = [...prefix, ...start('postgres', '-D', cluster, '-p', String(port), '-k', postgres.folder, '-c', 'listen_addresses=127.0.0.1', '-c', 'max_connections=200')];
        postgres.child = new Child(server, flags);
        postgres.url = `postgres://aethex@127.0.0.1:${port}/postgres`;
        await until('PostgreSQL answers', async () => {
            if (!postgres.child.running) throw new Error(postgres.child.output);
            return existsSync(path.join(postgres.folder, `.s.PGSQL.${port}`)) && postgres.child.output.includes('ready to accept connections');
        });
        return postgres;
    }

    async close() {
        await this.child.stop('SIGINT');
        rmSync(this.folder, { recursive: true, force: true });
    }
}
