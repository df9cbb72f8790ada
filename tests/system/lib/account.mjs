// An account as a program has it: made through the API, where a test is about something else than signing up.
import { kPassword } from './people.mjs';

export class Account {
    static async signUp(server, username) {
        const account = new Account();
        account.server = server;
        const answer = await account.post('/api/auth/register', { email: `${username}@example.org`, password: kPassword });
        [account.cookie] = answer.headers.get('set-cookie').split(';');
        await account.post('/api/auth/onboard', { username, displayName: username });
        return account;
    }

    /** What a browser's context is given to be this account. */
    get cookies() {
        const [name, value] = this.cookie.split('=');
        return [{ name, value, url: this.server.http }];
    }

    async ask(method, route, body) {
        const answer = await fetch(this.server.http + route, {
            method,
            headers: { origin: this.server.http, ...(body && { 'content-type': 'application/json' }), ...(this.cookie && { cookie: this.cookie }) },
            body: body && JSON.stringify(body),
        });
        if (!answer.ok) throw new Error(`${method} ${route} gave ${answer.status}: ${(await answer.text()).slice(0, 500)}`);
        return answer;
    }

    post(route, body) {
        return this.ask('POST', route, body);
    }
}
