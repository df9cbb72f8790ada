// A real mail server: npm's smtp-server, on a free port, with STARTTLS by a certificate of its own.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { SMTPServer } from 'smtp-server';
import { until } from './until.mjs';

export class MailServer {
    taken = [];
    attempts = [];

    /** With `user` it asks everybody to sign in, after STARTTLS. */
    static async start({ user, password } = {}) {
        const mail = new MailServer();
        const { key, certificate } = makeCertificate();
        mail.certificate = certificate;
        mail.server = new SMTPServer({
            key, cert: certificate, logger: false, authOptional: !user, disabledCommands: user ? [] : ['AUTH', 'STARTTLS'], disableReverseLookup: true, closeTimeout: 100,
            onAuth: (auth, session, done) => {
                mail.attempts.push(auth.username);
                if (auth.username !== user || auth.password !== password) return done(new Error('wrong name or password'));
                return done(null, { user });
            },
            onData: (stream, session, done) => {
                const chunks = [];
                stream.on('data', (chunk) => chunks.push(chunk));
                stream.on('end', () => {
                    mail.taken.push({
                        from: session.envelope.mailFrom.address, to: session.envelope.rcptTo.map((one) => one.address), user: session.user, secure: session.secure,
                        text: Buffer.concat(chunks).toString('utf8'),
                    });
                    done();
                });
            },
        });
        mail.server.on('error', () => {});
        await new Promise((resolve) => {
            mail.server.listen(0, '127.0.0.1', resolve);
        });
        mail.url = `smtp://localhost:${mail.server.server.address().port}`;
        return mail;
    }

    /** The mails taken so far, once there are `count`. */
    async mails(count) {
        await until(`${count} mails came`, () => this.taken.length >= count, { timeoutMs: 20_000 });
        return this.taken;
    }

    close() {
        return new Promise((resolve) => {
            this.server.close(resolve);
        });
    }
}

/** The body of a mail, out of its quoted-printable: of the part of this type, or of the whole. */
export function bodyOf(text, type = 'text/plain') {
    const part = text.slice(text.indexOf(`Content-Type: ${type}`));
    const body = part.slice(part.indexOf('\r\n\r\n') + 4).split(/\r\n--=_/)[0];
    const bytes = body.replaceAll('=\r\n', '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
    return Buffer.from(bytes, 'latin1').toString('utf8');
}

function makeCertificate() {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'aethex-mail-'));
    const at = (name) => path.join(folder, name);
    execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', at('key.pem'), '-out', at('cert.pem'), '-days', '2',
        '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'], { stdio: 'ignore' });
    const made = { key: readFileSync(at('key.pem'), 'utf8'), certificate: readFileSync(at('cert.pem'), 'utf8') };
    rmSync(folder, { recursive: true });
    return made;
}
