// nginx and nginx-rtmp as a peer: one worker, its best settings, everything in a folder of its own.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Child, cpuSeconds, freePort } from '../../tests/system/lib/processes.mjs';
import { until } from '../../tests/system/lib/until.mjs';

const kModule = '/usr/lib/nginx/modules/ngx_rtmp_module.so';

export class Nginx {
    /** `root` is served over HTTP; `hls` (a fragment length such as `1s`) turns on RTMP in and HLS out. */
    static async start(folder, { root, hls, prefix = [] } = {}) {
        const nginx = new Nginx();
        nginx.folder = folder;
        nginx.root = root ?? path.join(folder, 'www');
        mkdirSync(path.join(nginx.root, 'hls'), { recursive: true });
        const [httpPort, rtmpPort] = [await freePort(), await freePort()];
        nginx.http = `http://127.0.0.1:${httpPort}`;
        nginx.rtmp = `rtmp://127.0.0.1:${rtmpPort}/live`;
        const rtmp = hls === undefined ? '' : `rtmp { server { listen 127.0.0.1:${rtmpPort}; chunk_size 4096; application live {
            live on; hls on; hls_path ${nginx.root}/hls; hls_fragment ${hls}; hls_playlist_length 6s; hls_sync 2ms; hls_fragment_naming sequential; } } }`;
        writeFileSync(path.join(folder, 'nginx.conf'), `
            load_module ${kModule};
            ${process.getuid() === 0 ? 'user root;' : ''}
            worker_processes 1; daemon off; pid ${folder}/nginx.pid; error_log ${folder}/error.log warn;
            events { worker_connections 15000; multi_accept on; use epoll; }
            ${rtmp}
            http {
                access_log off; sendfile on; tcp_nopush on; tcp_nodelay on; keepalive_requests 100000000; keepalive_timeout 600s;
                open_file_cache max=2000 inactive=60s; open_file_cache_valid 60s; etag on;
                client_body_temp_path ${folder}/b; proxy_temp_path ${folder}/p; fastcgi_temp_path ${folder}/f; uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;
                types { application/vnd.apple.mpegurl m3u8; video/mp2t ts; video/mp4 mp4 m4s; text/html html; text/javascript js mjs; }
                server {
                    listen 127.0.0.1:${httpPort} reuseport; root ${nginx.root};
                    location /hls { add_header Cache-Control no-cache; add_header Access-Control-Allow-Origin *; open_file_cache off; }
                }
            }`);
        const [command, ...args] = [...prefix, 'nginx', '-e', path.join(folder, 'error.log'), '-p', folder, '-c', path.join(folder, 'nginx.conf')];
        nginx.child = new Child(command, args);
        await until('nginx answers', async () => {
            if (!nginx.child.running) throw new Error(nginx.child.output);
            return fetch(nginx.http);
        });
        return nginx;
    }

    /** The worker does the work; the master only waits. */
    get workerPid() {
        for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
            try {
                const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
                if (stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] === String(this.child.pid)) return Number(pid);
            } catch {
                // It ended while we looked.
            }
        }
        throw new Error('nginx has no worker');
    }

    cpuSeconds() {
        return cpuSeconds(readFileSync(`/proc/${this.workerPid}/stat`, 'utf8'));
    }

    async close() {
        await this.child.stop('SIGQUIT', 2000);
    }
}
