// A real provider of OpenID Connect: npm's oidc-provider, on a free port, whose people are whoever the test says.
import { createServer } from 'node:http';
import Provider, { errors } from 'oidc-provider';

export class OidcPeer {
    secret = 'a+secret/of:the%peer=';  // everything that has to be encoded on the way
    #people = new Map();

    static async start() {
        const peer = new OidcPeer();
        peer.server = createServer((request, answer) => peer.callback(request, answer));
        await new Promise((resolve) => {
            peer.server.listen(0, '127.0.0.1', resolve);
        });
        peer.issuer = `http://127.0.0.1:${peer.server.address().port}`;
        return peer;
    }

    /** When `redirectUri` is known. */
    open() {
        const provider = new Provider(this.issuer, {
            clients: [{ client_id: 'live-client', client_secret: this.secret, redirect_uris: [this.redirectUri], response_types: ['code'], grant_types: ['authorization_code'] }],
            claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
            conformIdTokenClaims: false,
            pkce: { required: () => true },
            features: { devInteractions: { enabled: false } },
            findAccount: (context, id) => ({ accountId: id, claims: () => ({ sub: id, ...this.#people.get(id) }) }),
            interactions: { url: (context, interaction) => `/interaction/${interaction.uid}` },
            cookies: { keys: ['a key of the peer'] },
        });
        const answerProvider = provider.callback();
        this.callback = async (request, answer) => {
            if (!request.url.startsWith('/interaction/')) return answerProvider(request, answer);
            try {
                // Whoever comes is who the test says, and agrees to everything.
                const details = await provider.interactionDetails(request, answer);
                const accountId = this.who.sub;
                const grant = new provider.Grant({ accountId, clientId: details.params.client_id });
                grant.addOIDCScope('openid email profile');
                const grantId = await grant.save();
                return await provider.interactionFinished(request, answer, { login: { accountId }, consent: { grantId } }, { mergeWithLastSubmission: false });
            } catch (error) {
                return answer.writeHead(error instanceof errors.OIDCProviderError ? error.statusCode : 500).end(String(error));
            }
        };
    }

    /** Opens an address of the provider as this person, and answers where it sends the browser in the end. */
    async visit(url, who) {
        this.who = who;
        this.#people.set(who.sub, who);
        const cookies = new Map();
        for (let at = url, hops = 0; hops < 10; hops++) {
            const answer = await fetch(at, { redirect: 'manual', headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') } });
            for (const cookie of answer.headers.getSetCookie()) {
                const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
                cookies.set(name, value);
            }
            const to = answer.headers.get('location');
            if (!to) throw new Error(`the provider answers ${answer.status}: ${(await answer.text()).slice(0, 500)}`);
            at = new URL(to, at).href;
            if (at.startsWith(this.redirectUri)) return at;
        }
        throw new Error('the provider sends the browser in a circle');
    }

    close() {
        return new Promise((resolve) => {
            this.server.close(resolve);
            this.server.closeAllConnections();
        });
    }
}
