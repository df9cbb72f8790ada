// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { type Answers, Refusal, renderApp } from '@/testing/render_app';
import { sampleChannel, sampleMe, sampleSite, sampleStream } from '@/testing/samples';

const own = { id: 'channel-1', slug: 'night-ferry', name: 'Night Ferry', avatar: null };
const me = sampleMe({ role: 'creator', channels: [own] });
const key = { id: 'key-1', key: 'ae_secret_key', name: 'main', ingestUrl: 'rtmp://example.org/live', createdAt: '2026-11-20T08:00:00Z', lastUsedAt: null, lastUsedAddress: null };
const around: Answers = {
  '/api/site': sampleSite,
  '/api/streams': { items: [], next: null },
  '/api/auth/user': me,
  '/api/channels': { items: [], next: null },
  '/api/categories': { items: [{ slug: 'music', name: 'Music' }, { slug: 'just-chatting', name: 'Just chatting' }] },
};
const channelAt = (some: Parameters<typeof sampleChannel>[0] = {}): Answers => ({
  ...around,
  '/api/channels/night-ferry': sampleChannel({ isOwner: true, category: 'music', ...some }),
});
const press = async (name: string | RegExp) => userEvent.click(await screen.findByRole('button', { name }));

function takeClipboard() {
  const write = vi.fn(() => Promise.resolve());
  vi.stubGlobal('isSecureContext', true);
  Object.defineProperty(navigator, 'clipboard', { value: { writeText: write }, configurable: true });
  return write;
}

describe('the dashboard', () => {
  it('is for signed-in people', async () => {
    const { router } = renderApp('/dashboard', { ...around, '/api/auth/user': 401 });
    expect(await screen.findByRole('heading', { name: 'Welcome back' })).toBeDefined();
    expect(router.state.location.search).toEqual({ next: '/dashboard' });
  });

  it('sends somebody without a name to choose one', async () => {
    renderApp('/dashboard', { ...around, '/api/auth/user': sampleMe({ onboarded: false, username: null }) });
    expect(await screen.findByRole('heading', { name: 'Who are you here?' })).toBeDefined();
  });

  it('offers a first channel', async () => {
    renderApp('/dashboard', { ...around, '/api/auth/user': sampleMe() });
    expect(await screen.findByRole('heading', { name: 'Your channel starts here' })).toBeDefined();
    await userEvent.click(screen.getByRole('link', { name: 'Create your channel' }));
    expect(await screen.findByRole('heading', { level: 1, name: 'New channel' })).toBeDefined();
  });

  it('shows no key until it is asked for, and forgets it again', async () => {
    const { asked } = renderApp('/dashboard', { ...channelAt(), '/api/channels/night-ferry/stream-key': key });
    const place = await screen.findByTestId('stream-key');
    expect(place.textContent).toBe('•'.repeat(24));
    expect(asked.some(({ path }) => path.endsWith('/stream-key'))).toBe(false);
    await press('Show the stream key');
    await waitFor(() => expect(place.textContent).toBe('ae_secret_key'));
    await press('Hide the stream key');
    expect(place.textContent).toBe('•'.repeat(24));
  });

  it('hides a shown key by itself after half a minute', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const user = userEvent.setup({ advanceTimers: (ms) => vi.advanceTimersByTime(ms) });
    renderApp('/dashboard', { ...channelAt(), '/api/channels/night-ferry/stream-key': key });
    await user.click(await screen.findByRole('button', { name: 'Show the stream key' }));
    await screen.findByText('ae_secret_key');
    vi.advanceTimersByTime(30_001);
    await waitFor(() => expect(screen.queryByText('ae_secret_key')).toBeNull());
    vi.useRealTimers();
  });

  it('copies the key without showing it', async () => {
    const write = takeClipboard();
    renderApp('/dashboard', { ...channelAt(), '/api/channels/night-ferry/stream-key': key });
    const button = await screen.findByRole('button', { name: 'Copy Stream key' });
    takeClipboard();
    Object.defineProperty(navigator, 'clipboard', { value: { writeText: write }, configurable: true });
    await userEvent.click(button);
    await waitFor(() => expect(write).toHaveBeenCalledWith('ae_secret_key'));
    expect(screen.queryByText('ae_secret_key')).toBeNull();
    vi.unstubAllGlobals();
  });

  it('asks for the password when the login was long ago, and goes on', async () => {
    let recent = false;
    const { asked } = renderApp('/dashboard', {
      ...channelAt(),
      '/api/channels/night-ferry/stream-key': () => (recent ? key : new Refusal(403, 'login_not_recent')),
      'POST /api/auth/confirm': () => {
        recent = true;
        return undefined;
      },
    });
    await press('Show the stream key');
    const dialog = await screen.findByRole('dialog', { name: 'Is it still you?' });
    await userEvent.type(within(dialog).getByLabelText('Password'), 'a long sentence');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Go on' }));
    expect(await screen.findByText('ae_secret_key')).toBeDefined();
    expect(asked.find(({ path }) => path === '/api/auth/confirm')?.body).toEqual({ password: 'a long sentence' });
  });

  it('does nothing when somebody closes that question', async () => {
    renderApp('/dashboard', { ...channelAt(), '/api/channels/night-ferry/stream-key': new Refusal(403, 'login_not_recent') });
    await press('Show the stream key');
    const dialog = await screen.findByRole('dialog', { name: 'Is it still you?' });
    await userEvent.click(within(dialog).getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('makes a new key after a warning', async () => {
    const { asked } = renderApp('/dashboard', {
      ...channelAt(),
      '/api/channels/night-ferry/stream-key': key,
      'POST /api/channels/night-ferry/stream-keys/key-1/rotate': { ...key, id: 'key-2', key: 'ae_other_key' },
    });
    await press('New key');
    expect(asked.some(({ method }) => method === 'POST')).toBe(false);
    await press('Make a new key');
    expect(await screen.findByText('ae_other_key')).toBeDefined();
  });

  it('says why it cannot go live without an encoder', async () => {
    renderApp('/dashboard', { ...channelAt(), 'POST /api/streams/channel-1/start': new Refusal(409, 'no_ingest') });
    expect((await screen.findByTestId('stream-status')).dataset.phase).toBe('silent');
    await press('Go live');
    expect(await screen.findByText('No encoder is connected yet. Start streaming in OBS first.')).toBeDefined();
  });

  it('shows a broadcast and ends it after a question', async () => {
    let status = 'LIVE';
    const stream = () => sampleStream({ status: status as 'LIVE', viewerCount: 7 });
    const { asked } = renderApp('/dashboard', {
      ...around,
      '/api/channels/night-ferry': () => sampleChannel({ isOwner: true, stream: status === 'LIVE' ? stream() : null }),
      '/api/streams/stream-1': () => stream(),
      'POST /api/streams/stream-1/end': () => {
        status = 'ARCHIVED';
        return stream();
      },
    });
    expect((await screen.findByTestId('viewers')).textContent).toBe('7');
    await press('End stream');
    const dialog = await screen.findByRole('dialog', { name: 'End this stream?' });
    await userEvent.click(within(dialog).getByRole('button', { name: 'End it' }));
    await waitFor(() => expect(screen.getByTestId('stream-status').dataset.phase).toBe('archived'));
    expect(asked.some(({ method, path }) => method === 'POST' && path === '/api/streams/stream-1/end')).toBe(true);
  });

  it('prepares the next broadcast while nothing is on', async () => {
    const { asked } = renderApp('/dashboard', { ...channelAt(), 'POST /api/streams': sampleStream({ status: 'OFFLINE', startTime: null }) });
    await userEvent.type(await screen.findByLabelText('Title'), 'Crossing at night');
    await press('Prepare the next broadcast');
    expect(await screen.findByText('The next broadcast is prepared.')).toBeDefined();
    expect(asked.find(({ method }) => method === 'POST')?.body).toEqual({ channel: 'night-ferry', title: 'Crossing at night', category: 'music', description: '' });
  });

  it('changes what is on air', async () => {
    const { asked } = renderApp('/dashboard', { ...channelAt({ stream: sampleStream() }), 'PUT /api/streams/stream-1': sampleStream() });
    const title = await screen.findByLabelText('Title');
    await userEvent.clear(title);
    await userEvent.type(title, 'Fog');
    await press('Save');
    expect(await screen.findByText('Saved. Viewers see it in a few seconds.')).toBeDefined();
    expect(asked.find(({ method }) => method === 'PUT')?.body).toMatchObject({ title: 'Fog' });
  });

  it('lets somebody with several channels choose', async () => {
    const other = { id: 'channel-2', slug: 'low-orbit', name: 'Low Orbit', avatar: null };
    renderApp('/dashboard', { ...channelAt(), '/api/auth/user': { ...me, channels: [own, other] }, '/api/channels/low-orbit': sampleChannel({ slug: 'low-orbit', name: 'Low Orbit' }) });
    await userEvent.click(await screen.findByRole('link', { name: 'Low Orbit' }));
    expect(await screen.findByRole('heading', { level: 1, name: 'Low Orbit' })).toBeDefined();
  });
});

describe('a channel of one’s own', () => {
  it('is made from a name, which suggests the address', async () => {
    let made = false;
    const { asked, router } = renderApp('/dashboard/channel?fresh=true', {
      ...channelAt(),
      '/api/auth/user': () => sampleMe({ channels: made ? [own] : [] }),
      'POST /api/channels': () => {
        made = true;
        return sampleChannel();
      },
    });
    await userEvent.type(await screen.findByLabelText('Name'), 'Night Ferry');
    expect(screen.getByLabelText<HTMLInputElement>('Address').value).toBe('night-ferry');
    await userEvent.type(screen.getByLabelText('Tags'), '#slow tv, tv');
    await press('Create channel');
    await waitFor(() => expect(router.state.location.pathname).toBe('/dashboard'));
    expect(asked.find(({ method }) => method === 'POST')?.body).toMatchObject({ name: 'Night Ferry', slug: 'night-ferry', tags: ['slow', 'tv'], isPublic: true, socialLinks: {} });
  });

  it('offers other addresses in place of a taken one', async () => {
    renderApp('/dashboard/channel?fresh=true', { ...around, 'POST /api/channels': new Refusal(409, 'slug_taken', { suggestions: ['night-ferry-2'] }) });
    await userEvent.type(await screen.findByLabelText('Name'), 'Night Ferry');
    await press('Create channel');
    expect(await screen.findByText('Somebody has this name already.')).toBeDefined();
    await press('night-ferry-2');
    expect(screen.getByLabelText<HTMLInputElement>('Address').value).toBe('night-ferry-2');
  });

  it('is edited, with its keys beside it', async () => {
    const { asked } = renderApp('/dashboard/channel', {
      ...channelAt(),
      '/api/channels/night-ferry/stream-keys': { items: [{ ...key, lastFour: 'f00d' }] },
      'PUT /api/channels/night-ferry': sampleChannel({ isPublic: false }),
    });
    expect(await screen.findByText('…f00d')).toBeDefined();
    await userEvent.click(screen.getByRole('switch', { name: 'Public' }));
    await press('Save');
    expect(await screen.findByText('The channel is saved.')).toBeDefined();
    expect(asked.find(({ method }) => method === 'PUT')?.body).toMatchObject({ isPublic: false, name: 'Night Ferry' });
  });

  it('refuses a link that is none before the server has to', async () => {
    renderApp('/dashboard/channel', { ...channelAt(), '/api/channels/night-ferry/stream-keys': { items: [] } });
    await userEvent.click(await screen.findByText('Other places', { selector: 'summary' }));
    await userEvent.type(screen.getByLabelText('YouTube'), 'javascript:alert(1)');
    await press('Save');
    expect(await screen.findByText('An address begins with https://')).toBeDefined();
  });

  it('gets another key, shown once', async () => {
    renderApp('/dashboard/channel', {
      ...channelAt(),
      '/api/channels/night-ferry/stream-keys': { items: [] },
      'POST /api/channels/night-ferry/stream-keys': { ...key, name: 'guest' },
    });
    await userEvent.type(await screen.findByLabelText('Name of another key'), 'guest');
    await press('Add key');
    expect(await screen.findByText('ae_secret_key')).toBeDefined();
  });

  it('is deleted only when its address is written out', async () => {
    const { asked, router } = renderApp('/dashboard/channel', {
      ...channelAt(),
      '/api/channels/night-ferry/stream-keys': { items: [] },
      'DELETE /api/channels/night-ferry': undefined,
    });
    await press('Delete channel');
    const dialog = await screen.findByRole('dialog', { name: 'Delete Night Ferry?' });
    const button = within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Delete for good' });
    expect(button.disabled).toBe(true);
    await userEvent.type(within(dialog).getByLabelText('Write night-ferry to go on'), 'night-ferry');
    await userEvent.click(button);
    await waitFor(() => expect(router.state.location.pathname).toBe('/dashboard'));
    expect(asked.some(({ method }) => method === 'DELETE')).toBe(true);
  });
});

describe('the profile', () => {
  it('shows itself while it is written, and is saved', async () => {
    const { asked } = renderApp('/dashboard/profile', { ...around, 'PUT /api/auth/profile': sampleMe({ displayName: 'Countess' }) });
    const name = await screen.findByLabelText('Name shown to others');
    await userEvent.clear(name);
    await userEvent.type(name, 'Countess');
    expect(screen.getByRole('heading', { level: 3, name: 'Countess' })).toBeDefined();
    await press('Save');
    expect(await screen.findByText('Your profile is saved.')).toBeDefined();
    const sent = asked.find(({ method }) => method === 'PUT')?.body;
    expect(sent).toMatchObject({ displayName: 'Countess', language: 'en', theme: 'dark', socialLinks: {} });
    expect(sent).not.toHaveProperty('username');
  });
});

describe('the settings', () => {
  const session = { id: 's1', device: 'Firefox on Linux', address: '203.0.113.7', createdAt: '2026-11-01T10:00:00Z', lastSeenAt: '2026-11-20T10:00:00Z', isCurrent: false };

  it('change a password', async () => {
    const { asked } = renderApp('/settings', { ...around, 'PUT /api/auth/password': undefined });
    await userEvent.type(await screen.findByLabelText('New password'), 'another sentence');
    await press('Save password');
    expect(await screen.findByText('Your password is changed.')).toBeDefined();
    expect(asked.find(({ method }) => method === 'PUT')?.body).toEqual({ password: 'another sentence' });
  });

  it('change an e-mail address', async () => {
    renderApp('/settings', { ...around, 'PUT /api/auth/email': new Refusal(409, 'email_taken') });
    await userEvent.type(await screen.findByLabelText('New e-mail address'), 'b@example.org');
    await press('Change address');
    expect(await screen.findByText('There is an account with this address already.')).toBeDefined();
  });

  it('end one session, and all', async () => {
    let ended = false;
    renderApp('/settings?tab=sessions', {
      ...around,
      '/api/auth/sessions': () => [{ ...session, id: 's0', isCurrent: true }, ...(ended ? [] : [session])],
      'DELETE /api/auth/sessions/s1': () => {
        ended = true;
        return undefined;
      },
      'POST /api/auth/logout/everywhere': undefined,
    });
    expect(await screen.findByText('This one')).toBeDefined();
    await press('End');
    await waitFor(() => expect(screen.queryByRole('button', { name: 'End' })).toBeNull());
    await press('Log out everywhere');
    expect(await screen.findByRole('link', { name: 'Log in' })).toBeDefined();
  });

  it('make a token that is shown once', async () => {
    const token = { id: 't1', name: 'bot', lastFour: 'beef', scopes: ['read'], createdAt: '2026-11-20T08:00:00Z', expiresAt: null, lastUsedAt: null, lastUsedAddress: null };
    const { asked } = renderApp('/settings?tab=tokens', { ...around, '/api/auth/tokens': [], 'POST /api/auth/tokens': { secret: 'aet_123', token } });
    expect(await screen.findByText('You have no tokens.')).toBeDefined();
    await userEvent.type(screen.getByLabelText('Name of a new token'), 'bot');
    await press('Create token');
    expect(await screen.findByText('aet_123')).toBeDefined();
    expect(asked.find(({ method }) => method === 'POST')?.body).toEqual({ name: 'bot', scopes: ['read'] });
  });

  it('offer another attempt where a list does not load', async () => {
    renderApp('/settings?tab=tokens', { ...around, '/api/auth/tokens': 500 });
    expect(await screen.findByRole('button', { name: 'Try again' })).toBeDefined();
  });

  it('delete an account only when its name is written out', async () => {
    const { asked } = renderApp('/settings?tab=data', { ...around, 'DELETE /api/auth/user': undefined });
    await press('Delete account');
    const dialog = await screen.findByRole('dialog', { name: 'Delete your account?' });
    await userEvent.type(within(dialog).getByLabelText('Write ada to go on'), 'ada');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Delete everything for good' }));
    expect(await screen.findByRole('link', { name: 'Log in' })).toBeDefined();
    expect(asked.some(({ method }) => method === 'DELETE')).toBe(true);
  });
});

describe('second factors', () => {
  const factors = { totp: false, recoveryCodesLeft: 0, passkeys: [] };

  it('are set up with a square to scan and a first code', async () => {
    const { asked } = renderApp('/settings', {
      ...around,
      '/api/auth/factors': factors,
      'POST /api/auth/totp': { secret: 'ABCD EFGH', uri: 'otpauth://totp/x?secret=ABCDEFGH' },
      'POST /api/auth/totp/confirm': ({ body }) =>
        (body as { code: string }).code === '123456' ? { recoveryCodes: ['one-one', 'two-two'] } : new Refusal(403, 'second_factor_wrong'),
    });
    await press('Set up an app');
    expect(await screen.findByRole('img', { name: 'QR code with the secret below' })).toBeDefined();
    const code = screen.getByLabelText('Code that the app shows');
    await userEvent.type(code, '999999');
    await press('Turn on');
    expect(await screen.findByText('This code is wrong or was used already.')).toBeDefined();
    await userEvent.clear(code);
    await userEvent.type(code, '123 456');
    await press('Turn on');
    expect(await screen.findByText('one-one two-two')).toBeDefined();
    expect(asked.filter(({ path }) => path === '/api/auth/totp/confirm').at(-1)?.body).toEqual({ code: '123456' });
  });

  it('are turned off, and their paper codes renewed', async () => {
    let on = true;
    renderApp('/settings', {
      ...around,
      '/api/auth/factors': () => ({ ...factors, totp: on, recoveryCodesLeft: 9 }),
      'POST /api/auth/recovery-codes': { recoveryCodes: ['three-three'] },
      'DELETE /api/auth/totp': () => {
        on = false;
        return undefined;
      },
    });
    expect(await screen.findByText('On. 9 recovery codes left.')).toBeDefined();
    await press('New recovery codes');
    expect(await screen.findByText('three-three')).toBeDefined();
    await press('Turn off');
    expect(await screen.findByRole('button', { name: 'Set up an app' })).toBeDefined();
  });

  it('list passkeys and remove them, and say where there can be none', async () => {
    let removed = false;
    const passkey = { id: 'p1', name: 'My phone', backedUp: true, createdAt: '2026-11-20T08:00:00Z', lastUsedAt: null };
    renderApp('/settings', {
      ...around,
      '/api/auth/factors': () => ({ ...factors, passkeys: removed ? [] : [passkey] }),
      'DELETE /api/auth/passkeys/p1': () => {
        removed = true;
        return undefined;
      },
    });
    expect(await screen.findByText('Passkeys need https and a browser that knows them.')).toBeDefined();
    await press('Remove My phone');
    await waitFor(() => expect(screen.queryByText('My phone')).toBeNull());
  });

  it('let somebody in by a passkey or by a provider', async () => {
    const bytes = new Uint8Array([1]).buffer;
    vi.stubGlobal('isSecureContext', true);
    vi.stubGlobal('PublicKeyCredential', () => undefined);
    const get = () => Promise.resolve({ rawId: bytes, response: { clientDataJSON: bytes, authenticatorData: bytes, signature: bytes, userHandle: null } });
    Object.defineProperty(navigator, 'credentials', { value: { get }, configurable: true });
    renderApp('/auth/login', {
      ...around,
      '/api/auth/user': 401,
      '/api/auth/providers': { oidc: [{ name: 'acme', title: 'Acme', startUrl: '/api/auth/oidc/acme/start' }], clerk: false },
      'POST /api/auth/passkey/options': { challenge: 'AQ', rpId: 'x.org', userVerification: 'required', allowCredentials: [], timeout: 1000 },
      'POST /api/auth/passkey/login': { user: sampleMe() },
    });
    expect((await screen.findByRole('link', { name: 'Log in with Acme' })).getAttribute('href')).toBe('/api/auth/oidc/acme/start?next=%2F');
    await press('Log in with a passkey');
    expect(await screen.findByRole('button', { name: 'Account: Ada' })).toBeDefined();
    vi.unstubAllGlobals();
  });
});

describe('a channel’s page', () => {
  const visitor = { ...around, '/api/auth/user': sampleMe() };

  it('shows who it is, and follows', async () => {
    const { asked } = renderApp('/channel/night-ferry', {
      ...visitor,
      '/api/channels/night-ferry': sampleChannel({ socialLinks: { ...sampleChannel().socialLinks, youtube: 'https://youtube.com/@ferry' } }),
      'POST /api/channels/night-ferry/follow': { isFollowing: true, followerCount: 4 },
    });
    expect(await screen.findByRole('heading', { level: 1, name: 'Night Ferry' })).toBeDefined();
    expect(screen.getByRole('link', { name: 'YouTube' }).getAttribute('rel')).toContain('noopener');
    await press('Follow');
    expect(await screen.findByText('4 followers')).toBeDefined();
    expect(asked.some(({ method, path }) => method === 'POST' && path.endsWith('/follow'))).toBe(true);
  });

  it('has moved when its channel was renamed', async () => {
    const { router } = renderApp('/channel/old-name', { ...visitor, '/api/channels/old-name': sampleChannel(), '/api/channels/night-ferry': sampleChannel() });
    await waitFor(() => expect(router.state.location.pathname).toBe('/channel/night-ferry'));
  });

  it('is a person’s where that person has no channel', async () => {
    renderApp('/channel/grace', { ...visitor, '/api/users/grace': { id: 'u', username: 'grace', displayName: 'Grace', avatar: null, bio: 'Hello', socialLinks: {} } });
    expect(await screen.findByText('Grace has no channel yet.')).toBeDefined();
  });

  it('gives its addresses away', async () => {
    renderApp('/channel/night-ferry', { ...visitor, '/api/channels/night-ferry': sampleChannel() });
    await press('Share');
    const dialog = await screen.findByRole('dialog', { name: 'Share Night Ferry' });
    expect(within(dialog).getByText(/<iframe src=".*\/embed\/night-ferry"/)).toBeDefined();
  });
});

it('the embedded player stands alone', async () => {
  renderApp('/embed/night-ferry', { ...around, '/api/channels/night-ferry': sampleChannel() });
  expect(await screen.findByText('Night Ferry is offline')).toBeDefined();
  expect(screen.queryByRole('navigation')).toBeNull();
});

it('the setup link makes the first admin', async () => {
  const { asked } = renderApp('/auth/setup?token=abc', { ...around, 'POST /api/auth/claim': undefined });
  await press('Become admin');
  expect(await screen.findByText('You are admin now.')).toBeDefined();
  expect(asked.find(({ method }) => method === 'POST')?.body).toEqual({ token: 'abc' });
});
