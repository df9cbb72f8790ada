import { afterEach, beforeAll, beforeEach, vi } from 'vitest';

beforeEach(() => {
  if (typeof document === 'undefined') return;
  // jsdom has media elements, dialogs and scrolling in name only.
  vi.spyOn(HTMLMediaElement.prototype, 'play').mockResolvedValue();
  vi.spyOn(HTMLMediaElement.prototype, 'pause').mockReturnValue();
  vi.spyOn(HTMLMediaElement.prototype, 'load').mockReturnValue();
  vi.spyOn(window, 'scrollTo').mockReturnValue();
});

beforeAll(async () => {
  if (typeof document === 'undefined') return;
  const { configure } = await import('@testing-library/react');
  // Long enough for a busy machine; a test that passes never waits for it.
  configure({ asyncUtilTimeout: 15_000 });
});

afterEach(async () => {
  if (typeof document === 'undefined') return;
  const { cleanup } = await import('@testing-library/react');
  cleanup();
  localStorage.clear();
});
