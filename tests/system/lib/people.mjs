// People at the pages: what a person does in a browser, in the words of a test.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { until } from './until.mjs';

export const kPassword = 'correct horse battery staple';

/** Fills the field with that label. */
export async function fill(page, label, text) {
    await page.page.getByLabel(label, { exact: true }).fill(text);
}

export async function press(page, name) {
    await page.page.getByRole('button', { name, exact: true }).click();
}

export async function see(page, text, timeoutMs = 15_000) {
    await page.page.getByText(text).first().waitFor({ state: 'visible', timeout: timeoutMs });
}

export async function seeHeading(page, name, timeoutMs = 15_000) {
    await page.page.getByRole('heading', { name }).first().waitFor({ state: 'visible', timeout: timeoutMs });
}

/** From the home page to a name: what a stranger does first. Ends at the dashboard. */
export async function signUp(page, server, { email, username }) {
    await page.open(server.http);
    await page.page.getByRole('link', { name: 'Sign up' }).click();
    await fill(page, 'E-mail', email);
    await fill(page, 'Password', kPassword);
    await press(page, 'Create account');
    await seeHeading(page, 'Who are you here?');
    await fill(page, 'Username', username);
    // Said to screen readers; others see a tick.
    await page.page.getByText('This name is free.').waitFor({ state: 'attached' });
    await press(page, 'That is me');
    await page.page.waitForURL(`${server.http}/dashboard`);
}

/** A channel by its name; ends at its desk. */
export async function createChannel(page, server, name) {
    await page.open(`${server.http}/dashboard/channel?fresh=true`);
    await fill(page, 'Name', name);
    const slug = await page.page.getByLabel('Address', { exact: true }).inputValue();
    await press(page, 'Create channel');
    await page.page.waitForURL(`${server.http}/dashboard?channel=${slug}`);
    await page.page.getByTestId('stream-key').waitFor();
    return slug;
}

export async function logIn(page, server, login, password = kPassword) {
    await page.open(`${server.http}/auth/login`);
    await fill(page, 'E-mail or username', login);
    await fill(page, 'Password', password);
    await press(page, 'Log in');
}

/** What the desk says: `live`, `archived`... */
export function waitForPhase(page, wanted, timeoutMs = 30_000) {
    return until(`the desk says ${wanted}`, async () => {
        const phase = await page.page.getByTestId('stream-status').getAttribute('data-phase');
        if (phase === wanted) return true;
        throw new Error(phase);
    }, { timeoutMs, everyMs: 100 });
}

/** The key as it is shown to its owner. */
export async function revealKey(page) {
    await press(page, 'Show the stream key');
    return until('the key is shown', async () => {
        const text = await page.page.getByTestId('stream-key').innerText();
        return !text.includes('•') && text.trim();
    });
}

/** The text of the newest mail to that address, of those that the server could only write to its folder. */
export function mailTo(server, address) {
    return until(`a mail to ${address}`, () => {
        const folder = path.join(server.data, 'outbox');
        const mails = readdirSync(folder).filter((name) => name.endsWith('.eml')).sort().map((name) => plainText(readFileSync(path.join(folder, name), 'utf8')));
        return mails.filter((mail) => mail.toLowerCase().includes(`to: ${address}`)).at(-1) ?? mails.filter((mail) => mail.includes(address)).at(-1);
    });
}

// Quoted-printable undone; links are all that tests look for.
function plainText(mail) {
    return mail.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
}

export function linkIn(mail, page) {
    const match = new RegExp(`https?://[^\\s"<>]*${page}\\?token=[\\w.~-]+`).exec(mail);
    if (!match) throw new Error(`no link to ${page} in:\n${mail}`);
    return match[0];
}
