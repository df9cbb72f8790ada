// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { renderApp } from '@/testing/render_app';
import { sampleChannel, sampleMe, sampleSite, sampleStream } from '@/testing/samples';

const site = { '/api/site': sampleSite };
const nobody = { ...site, '/api/streams': { items: [], next: null } };

describe('home', () => {
  it('explains itself while nobody is on air', async () => {
    renderApp('/', nobody);
    expect(await screen.findByRole('heading', { level: 1, name: 'Go live. Be seen a second later.' })).toBeDefined();
    expect(await screen.findByText('rtmp://example.org:1935/live')).toBeDefined();
    expect(document.title).toBe('Live now · Lighthouse');
  });

  it('gives the only channel the stage', async () => {
    renderApp('/', { ...site, '/api/streams': { items: [sampleStream()], next: null } });
    const link = await screen.findByRole('link', { name: 'Watch Night Ferry: Crossing the Skagerrak' });
    expect(link.getAttribute('href')).toBe('/streams/night-ferry');
    expect(screen.getByText('1 channel on air')).toBeDefined();
  });

  it('shows several channels as cards, a nameless broadcast by its channel', async () => {
    const items = ['One', 'Two', 'Three'].map((name) => sampleStream({ id: name, title: '', channel: { id: name, slug: name.toLowerCase(), name, avatar: null } }));
    renderApp('/', { ...site, '/api/streams': { items, next: null } });
    const main = await screen.findByRole('main');
    expect(await within(main).findAllByRole('article')).toHaveLength(3);
    expect(within(main).getByRole('link', { name: 'Watch Two: Live from Two' })).toBeDefined();
  });

  it('offers another attempt when the list does not load', async () => {
    renderApp('/', { ...site, '/api/streams': 500 });
    const alert = await screen.findByRole('alert');
    expect(within(alert).getByRole('button', { name: 'Try again' })).toBeDefined();
  });

  it('shows who runs the site in its footer', async () => {
    renderApp('/', nobody);
    const support = await screen.findByRole('link', { name: 'Support' });
    expect(support.getAttribute('href')).toBe('mailto:help@example.org');
    expect(screen.getByRole('link', { name: 'Terms' }).getAttribute('href')).toBe('https://example.org/terms');
  });

  it('changes its theme and keeps it', async () => {
    renderApp('/', nobody);
    await userEvent.click(await screen.findByRole('button', { name: 'Switch to the light theme' }));
    expect(document.documentElement.dataset.theme).toBe('light');
    expect(localStorage.getItem('aethex.theme')).toBe('light');
    await userEvent.click(screen.getByRole('button', { name: 'Switch to the dark theme' }));
    expect(document.documentElement.dataset.theme).toBe('dark');
  });
});

describe('the sidebar', () => {
  it('puts what one follows first', async () => {
    const items = ['One', 'Two'].map((name) => sampleStream({ id: name, channel: { id: name, slug: name.toLowerCase(), name, avatar: null } }));
    renderApp('/', {
      ...site,
      '/api/streams': { items, next: null },
      '/api/auth/user': sampleMe(),
      '/api/channels': { items: [sampleChannel({ slug: 'two', name: 'Two' })], next: null },
    });
    const sidebar = await screen.findByRole('complementary', { name: 'Channels on air' });
    expect(await within(sidebar).findByRole('heading', { name: 'You follow' })).toBeDefined();
    expect(within(sidebar).getAllByRole('link').map((link) => link.getAttribute('href'))).toEqual(['/streams/two', '/streams/one']);
  });
});

describe('a channel', () => {
  it('that is offline says so, in words and in the player', async () => {
    renderApp('/streams/night-ferry', { ...nobody, '/api/channels/night-ferry': sampleChannel() });
    expect(await screen.findByText('Night Ferry is offline')).toBeDefined();
    expect(screen.getByRole('region', { name: 'Video player: Live from Night Ferry' }).dataset.state).toBe('offline');
    expect(document.title).toBe('Night Ferry · Lighthouse');
  });

  it('that is live shows its title, and starts to play', async () => {
    const { asked } = renderApp('/streams/night-ferry', { ...nobody, '/api/channels/night-ferry': sampleChannel({ stream: sampleStream() }) });
    expect(await screen.findByRole('heading', { level: 1, name: 'Crossing the Skagerrak' })).toBeDefined();
    await waitFor(() => expect(screen.getByRole('region', { name: 'Video player: Crossing the Skagerrak' }).dataset.state).toBe('starting'));
    // By an address of one's own, which the server counts.
    expect(asked.some(({ path }) => path === '/api/streams/stream-1/hls')).toBe(true);
    expect(document.title).toBe('Crossing the Skagerrak · Night Ferry is live · Lighthouse');
  });

  it('that does not exist is a page of its own', async () => {
    renderApp('/streams/nobody', nobody);
    expect(await screen.findByRole('heading', { name: 'No such channel' })).toBeDefined();
    expect(document.title).toBe('Not found · Lighthouse');
  });

  it('that cannot be loaded offers another attempt', async () => {
    renderApp('/streams/night-ferry', { ...nobody, '/api/channels/night-ferry': 503 });
    expect(await screen.findByRole('heading', { name: 'That did not work' })).toBeDefined();
    expect(screen.getByText('Reason: broken')).toBeDefined();
  });

  it('listens to the keyboard, but not while somebody types', async () => {
    renderApp('/streams/night-ferry', { ...nobody, '/api/channels/night-ferry': sampleChannel({ stream: sampleStream() }) });
    const player = await screen.findByRole('region', { name: /Video player/ });
    const field = document.body.appendChild(document.createElement('input'));
    await userEvent.type(field, 'tt');
    expect(player.dataset.theatre).toBe('false');
    field.remove();
    await userEvent.keyboard('t');
    expect(player.dataset.theatre).toBe('true');
    await userEvent.keyboard('?');
    expect(await screen.findByRole('dialog', { name: 'Keyboard shortcuts' })).toBeDefined();
  });
});

it('answers an address that leads nowhere', async () => {
  renderApp('/no/such/page', nobody);
  expect(await screen.findByRole('heading', { name: 'Nothing is on at this address' })).toBeDefined();
});

it('copies the ingest address', async () => {
  const write = vi.fn(() => Promise.resolve());
  vi.stubGlobal('isSecureContext', true);
  renderApp('/', nobody);
  const button = await screen.findByRole('button', { name: 'Copy Server' });
  Object.defineProperty(navigator, 'clipboard', { value: { writeText: write }, configurable: true });
  await userEvent.click(button);
  expect(write).toHaveBeenCalledWith('rtmp://example.org:1935/live');
  expect(await screen.findByRole('button', { name: 'Copied' })).toBeDefined();
  vi.unstubAllGlobals();
});
