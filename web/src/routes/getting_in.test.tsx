// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { speak } from '@/lib/words';
import { Refusal, renderApp } from '@/testing/render_app';
import { sampleMe, sampleSite } from '@/testing/samples';

const around = { '/api/site': sampleSite, '/api/streams': { items: [], next: null } };
const unnamed = sampleMe({ username: null, displayName: '', onboarded: false });

async function fill(label: string, text: string) {
  const field = await screen.findByLabelText(label);
  await userEvent.clear(field);
  await userEvent.type(field, text);
}
const press = async (name: string) => userEvent.click(await screen.findByRole('button', { name }));

describe('signing up', () => {
  it('makes an account and asks for a name next', async () => {
    const { asked } = renderApp('/auth/register', { ...around, 'POST /api/auth/register': { user: unnamed } });
    expect(await screen.findByRole('heading', { name: 'Join Lighthouse' })).toBeDefined();
    await fill('E-mail', 'ada@example.org');
    await fill('Password', 'a long sentence');
    await press('Create account');
    expect(await screen.findByRole('heading', { name: 'Who are you here?' })).toBeDefined();
    expect(asked.find(({ path }) => path === '/api/auth/register')?.body).toEqual({ email: 'ada@example.org', password: 'a long sentence' });
  });

  it('says what is wrong before it asks the server, and takes the focus there', async () => {
    const { asked } = renderApp('/auth/register', around);
    await fill('E-mail', 'nonsense');
    await fill('Password', 'short');
    await press('Create account');
    expect(await screen.findByText('This does not look like an e-mail address.')).toBeDefined();
    expect(screen.getByText('This password is too short.')).toBeDefined();
    expect(document.activeElement).toBe(screen.getByLabelText('E-mail'));
    expect(screen.getByLabelText('E-mail').getAttribute('aria-invalid')).toBe('true');
    expect(asked.some(({ method }) => method === 'POST')).toBe(false);
  });

  it('says so where an address is taken, and keeps what was written', async () => {
    renderApp('/auth/register', { ...around, 'POST /api/auth/register': new Refusal(409, 'email_taken') });
    await fill('E-mail', 'ada@example.org');
    await fill('Password', 'a long sentence');
    await press('Create account');
    expect(await screen.findByText('There is an account with this address already.')).toBeDefined();
    expect(screen.getByLabelText<HTMLInputElement>('Password').value).toBe('a long sentence');
  });

  it('shows a password only when asked', async () => {
    renderApp('/auth/register', around);
    const field = await screen.findByLabelText<HTMLInputElement>('Password');
    expect(field.type).toBe('password');
    await press('Show password');
    expect(field.type).toBe('text');
  });
});

describe('logging in', () => {
  it('leads back to where somebody wanted to go', async () => {
    const { router } = renderApp('/auth/login?next=%2Fstreams%2Fnight-ferry', { ...around, 'POST /api/auth/login': { user: sampleMe() } });
    await fill('E-mail or username', 'ada');
    await fill('Password', 'a long sentence');
    await press('Log in');
    await waitFor(() => expect(router.state.location.pathname).toBe('/streams/night-ferry'));
    expect(await screen.findByRole('button', { name: 'Account: Ada' })).toBeDefined();
  });

  it('asks for a code where the account wants one', async () => {
    const { asked } = renderApp('/auth/login', {
      ...around,
      'POST /api/auth/login': ({ body }) => ((body as { code?: string }).code ? { user: sampleMe() } : new Refusal(401, 'second_factor_required')),
    });
    await fill('E-mail or username', 'ada');
    await fill('Password', 'a long sentence');
    await press('Log in');
    await fill('Code', '123 456');
    await press('Log in');
    expect(await screen.findByRole('button', { name: 'Account: Ada' })).toBeDefined();
    expect(asked.filter(({ path }) => path === '/api/auth/login').at(-1)?.body).toEqual({ login: 'ada', password: 'a long sentence', code: '123456' });
  });

  it('does not say which of the two was wrong', async () => {
    renderApp('/auth/login', { ...around, 'POST /api/auth/login': new Refusal(401, 'login_wrong') });
    await fill('E-mail or username', 'ada');
    await fill('Password', 'wrong');
    await press('Log in');
    expect(await screen.findByText('This name and password do not belong together.')).toBeDefined();
  });

  it('explains when the server is not there', async () => {
    renderApp('/auth/login', { ...around, 'POST /api/auth/login': 500 });
    await fill('E-mail or username', 'ada');
    await fill('Password', 'x');
    await press('Log in');
    expect(await screen.findByText('That did not work (broken).')).toBeDefined();
  });

  it('ends again from the menu', async () => {
    let signedIn = true;
    renderApp('/', {
      ...around,
      '/api/auth/user': () => (signedIn ? sampleMe() : 401),
      'POST /api/auth/logout': () => {
        signedIn = false;
        return undefined;
      },
    });
    await press('Account: Ada');
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Log out' }));
    expect(await screen.findByRole('link', { name: 'Log in' })).toBeDefined();
  });
});

describe('onboarding', () => {
  const waiting = { ...around, '/api/auth/user': unnamed };

  it('sends strangers to the login', async () => {
    const { router } = renderApp('/auth/onboard', around);
    expect(await screen.findByRole('heading', { name: 'Welcome back' })).toBeDefined();
    expect(router.state.location.search).toEqual({ next: '/auth/onboard' });
  });

  it('says while one writes whether a name is free', async () => {
    renderApp('/auth/onboard', { ...waiting, '/api/auth/username/ada': { available: true, suggestions: [] } });
    await fill('Username', 'ada');
    expect(await screen.findByText('This name is free.')).toBeDefined();
  });

  it('offers other names in place of a taken one', async () => {
    const { asked } = renderApp('/auth/onboard', {
      ...waiting,
      '/api/auth/username/ada': { available: false, reason: 'username_taken', suggestions: ['ada.live', 'ada2026'] },
      '/api/auth/username/ada.live': { available: true, suggestions: [] },
      'POST /api/auth/onboard': sampleMe(),
    });
    await fill('Username', 'ada');
    expect(await screen.findByText('Somebody has this name already.')).toBeDefined();
    await press('ada.live');
    expect(await screen.findByText('This name is free.')).toBeDefined();
    await press('That is me');
    await waitFor(() => expect(asked.find(({ path }) => path === '/api/auth/onboard')?.body).toMatchObject({ username: 'ada.live', displayName: 'ada.live', language: 'en' }));
  });

  it('takes the server at its word when a name was taken meanwhile', async () => {
    renderApp('/auth/onboard', {
      ...waiting,
      '/api/auth/username/ada': { available: true, suggestions: [] },
      'POST /api/auth/onboard': new Refusal(409, 'username_taken', { suggestions: ['ada_live'] }),
    });
    await fill('Username', 'ada');
    await screen.findByText('This name is free.');
    await press('That is me');
    expect(await screen.findByText('Somebody has this name already.')).toBeDefined();
  });
});

describe('the links in mails', () => {
  it('confirm an address', async () => {
    const { asked } = renderApp('/auth/verify?token=abc', { ...around, 'POST /api/auth/verify': undefined });
    expect(await screen.findByText('Thank you: your address is confirmed.')).toBeDefined();
    expect(asked.find(({ method }) => method === 'POST')?.body).toEqual({ token: 'abc' });
  });

  it('say when they are dead', async () => {
    renderApp('/auth/verify?token=abc', { ...around, 'POST /api/auth/verify': new Refusal(410, 'link_expired') });
    expect(await screen.findByText('This link has expired or was used already. Ask for a new one.')).toBeDefined();
  });

  it('are sent without saying whether anybody is there', async () => {
    renderApp('/auth/reset', { ...around, 'POST /api/auth/reset/ask': undefined });
    await fill('E-mail', 'ada@example.org');
    await press('Send the mail');
    expect(await screen.findByRole('heading', { name: 'Look into your mail' })).toBeDefined();
  });

  it('change a password', async () => {
    const { router } = renderApp('/auth/reset?token=abc', { ...around, 'POST /api/auth/reset': undefined });
    await fill('New password', 'another sentence');
    await press('Save password');
    expect(await screen.findByText('Your password is changed. Log in with it.')).toBeDefined();
    await waitFor(() => expect(router.state.location.pathname).toBe('/auth/login'));
  });
});

describe('the language', () => {
  afterEach(() => speak('en'));

  it('is chosen in the footer and kept', async () => {
    renderApp('/', around);
    const footer = await screen.findByRole('contentinfo');
    await userEvent.selectOptions(within(footer).getByRole('combobox', { name: 'Language' }), 'Deutsch');
    expect(await screen.findByRole('link', { name: 'Registrieren' })).toBeDefined();
    expect(document.documentElement.lang).toBe('de');
    expect(localStorage.getItem('aethex.language')).toBe('de');
  });

  it('is the account’s where somebody is signed in', async () => {
    renderApp('/auth/login', { ...around, '/api/auth/user': sampleMe({ language: 'es' }) });
    expect(await screen.findByRole('heading', { name: 'Hola de nuevo' })).toBeDefined();
  });

  it('reaches the account', async () => {
    const { asked } = renderApp('/', { ...around, '/api/auth/user': sampleMe(), 'PUT /api/auth/profile': sampleMe({ language: 'es' }) });
    await screen.findByRole('button', { name: 'Account: Ada' });
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Language' }), 'Español');
    await waitFor(() => expect(asked.find(({ method }) => method === 'PUT')?.body).toEqual({ language: 'es' }));
  });
});
