// Somebody at the API: keeps cookies and says where it comes from, as a browser does.
export class BrowserSession {
    cookies = new Map();

    constructor(server) {
        this.server = server;
    }

    /** `{ status, body, headers }`; follows no redirect. */
    async ask(method, route, body, headers = {}) {
        const url = new URL(route, this.server.http);
        const answer = await fetch(url, {
            method, redirect: 'manual', body: body === undefined ? undefined : JSON.stringify(body),
            headers: {
                ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...(method === 'GET' ? {} : { origin: this.server.http }),
                ...(this.cookies.size > 0 ? { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') } : {}), ...headers,
            },
        });
        for (const cookie of answer.headers.getSetCookie()) {
            const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
            if (/Max-Age=0/i.test(cookie)) this.cookies.delete(name);
            else this.cookies.set(name, value);
        }
        const text = await answer.text();
        return { status: answer.status, headers: answer.headers, body: text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text };
    }

    get(route, headers) {
        return this.ask('GET', route, undefined, headers);
    }

    post(route, body, headers) {
        return this.ask('POST', route, body, headers);
    }

    del(route) {
        return this.ask('DELETE', route);
    }

    async register(email, password = 'correct horse battery') {
        const answer = await this.post('/api/auth/register', { email, password });
        if (answer.status !== 200) throw new Error(`registering gave ${answer.status}: ${JSON.stringify(answer.body)}`);
        return answer.body.user;
    }
}
