import { useSyncExternalStore } from 'react';
import { recall, remember } from './memory';

export type Theme = 'dark' | 'light';

const kBarColour: Record<Theme, string> = { dark: '#0b0d13', light: '#f6f5f1' };
const listeners = new Set<() => void>();

// Dark is the house's theme, whatever the system says: a picture looks best in a dark room. Light is a choice, and is kept.
export function currentTheme(): Theme {
  return document.documentElement.dataset.theme === 'light' ? 'light' : 'dark';
}

export function setTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', kBarColour[theme]);
  if (recall('theme') !== theme) remember('theme', theme);
  for (const each of listeners) each();
}

export function useTheme(): Theme {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, currentTheme);
}
