// Mail, with a real mail server beside the real program.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { MailServer } from './lib/mail_server.mjs';
import { Server } from './lib/server.mjs';
import { test } from './lib/suite.mjs';
import { until } from './lib/until.mjs';

const mailSettings = (mail, more = {}) => ({
    'mail.url': mail.url, 'mail.from': 'AeThex LIVE <no-reply@live.example.org>', 'mail.security': 'never', 'mail.retry_first': '100ms', ...more,
});

async function sendTest(server, to) {
    const { code, out, err } = await server.cli('mail', 'test', to, '--json');
    assert.equal(code, 0, err);
    return JSON.parse(out);
}

test('a mail reaches a mail server, encrypted and signed in', {}, async (t) => {
    const mail = t.own(await MailServer.start({ user: 'live', password: 'a word of the server' }));
    const folder = t.folder();
    writeFileSync(path.join(folder, 'ca.pem'), mail.certificate);
    const server = t.own(await Server.start(folder, mailSettings(mail, {
        'mail.security': 'required', 'mail.user': 'live', 'mail.password': 'a word of the server', 'mail.ca_file': path.join(folder, 'ca.pem'),
    })));
    await sendTest(server, 'ada@example.org');
    const [taken] = await mail.mails(1);
    assert.deepEqual(taken.to, ['ada@example.org']);
    assert.equal(taken.from, 'no-reply@live.example.org');
    assert.equal(taken.user, 'live');
    assert.ok(taken.secure);
    assert.match(taken.text, /^Subject: A test of your mail settings\r$/m);
    assert.match(taken.text, /^Message-ID: <[0-9a-z]{26}@live\.example\.org>\r$/m);
    assert.equal(await server.metric('aethex_mail_total', { result: 'sent' }), 1);
    assert.deepEqual(readdirSync(path.join(folder, 'mail')), ['failed']);
    assert.ok(!server.log.includes('ada@example.org'), 'an address is in the log');
    assert.ok(!server.log.includes('a word of the server'), 'the password is in the log');
});

test('a certificate that nobody we trust signed gets neither mail nor password', {}, async (t) => {
    const mail = t.own(await MailServer.start({ user: 'live', password: 'secret' }));
    const server = t.own(await Server.start(t.folder(), mailSettings(mail, { 'mail.security': 'required', 'mail.user': 'live', 'mail.password': 'secret' })));
    await sendTest(server, 'ada@example.org');
    await until('it was tried', () => server.log.includes('mail.put_off'));
    assert.equal(mail.attempts.length, 0, 'the password was tried');
    assert.equal(mail.taken.length, 0);
});

test('mails that were accepted outlive a mail server that is away and a server that is killed', {}, async (t) => {
    const away = await MailServer.start();
    const settings = mailSettings(away);
    await away.close();
    const server = t.own(await Server.start(t.folder(), settings));
    for (const name of ['ada', 'bob', 'eve']) await sendTest(server, `${name}@example.org`);
    await until('three mails are on disk', () => readdirSync(path.join(server.data, 'mail')).filter((name) => name.endsWith('.eml')).length === 3);
    await server.kill9();
    const mail = t.own(await MailServer.start());
    server.settings = { ...server.settings, 'mail.url': mail.url };
    await server.start();
    const taken = await mail.mails(3);
    assert.deepEqual(taken.flatMap((one) => one.to).sort(), ['ada@example.org', 'bob@example.org', 'eve@example.org']);
});

test('without a mail server, mails are files that the log names', {}, async (t) => {
    const server = t.own(await Server.start(t.folder()));
    await sendTest(server, 'ada@example.org');
    const folder = path.join(server.data, 'outbox');
    const [name] = await until('the mail is written', () => {
        const written = readdirSync(folder).filter((one) => one.endsWith('.eml'));
        return written.length > 0 && written;
    });
    assert.equal(statSync(path.join(folder, name)).mode & 0o777, 0o600);
    assert.match(readFileSync(path.join(folder, name), 'utf8'), /^To: <ada@example\.org>\r$/m);
    await until('the log names the file', () => server.log.includes(path.join(folder, name)));
});

test('what is no address is refused, and mail settings that cannot work are told before the start', {}, async (t) => {
    const server = t.own(await Server.start(t.folder()));
    const { code, err } = await server.cli('mail', 'test', 'ada@example.org\r\nBcc: eve@example.org');
    assert.equal(code, 1);
    assert.match(err, /mail_address_invalid/);
    const wrong = await server.cli('config', 'check', '--mail.url', 'smtp://127.0.0.1:25');
    assert.equal(wrong.code, 2);
    assert.match(wrong.err, /mail\.from/);
});
