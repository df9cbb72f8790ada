import type { MessageId } from '@/lib/intl';

export type PlayerAction =
  | { do: 'play' | 'mute' | 'fullscreen' | 'theatre' | 'pip' | 'live' | 'help' | 'stats' }
  | { do: 'seek'; seconds: number }
  | { do: 'volume'; by: number }
  | { do: 'percent'; fraction: number }
  | { do: 'speed'; by: number }
  | { do: 'step'; frames: number };

type Press = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>;

const kActions: Record<string, PlayerAction> = {
  ' ': { do: 'play' },
  k: { do: 'play' },
  j: { do: 'seek', seconds: -10 },
  l: { do: 'seek', seconds: 10 },
  arrowleft: { do: 'seek', seconds: -5 },
  arrowright: { do: 'seek', seconds: 5 },
  arrowup: { do: 'volume', by: 0.05 },
  arrowdown: { do: 'volume', by: -0.05 },
  m: { do: 'mute' },
  f: { do: 'fullscreen' },
  t: { do: 'theatre' },
  i: { do: 'pip' },
  s: { do: 'stats' },
  home: { do: 'live' },
  '?': { do: 'help' },
  '<': { do: 'speed', by: -0.25 },
  '>': { do: 'speed', by: 0.25 },
  ',': { do: 'step', frames: -1 },
  '.': { do: 'step', frames: 1 },
};

/** What a key press asks of the player; null when it is not for the player. */
export function actionFor(press: Press): PlayerAction | null {
  const key = press.key.toLowerCase();
  if (press.ctrlKey || press.metaKey) return null;
  if (press.altKey) return key === 'p' ? { do: 'pip' } : null;
  if (/^[0-9]$/.test(key)) return { do: 'percent', fraction: Number(key) / 10 };
  return kActions[key] ?? null;
}

// Roles whose own keys would be taken away from a person who is using them.
const kOwnKeys = 'input:not([type="range"]), textarea, select, [contenteditable=""], [contenteditable="true"], [role="menu"], [role="listbox"], [role="dialog"], [role="textbox"]';

const kRangeKeys = /^(Arrow|Page|Home|End)/;

/** A key belongs to whatever has the focus before it belongs to the player. */
export function isTaken(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest(kOwnKeys)) return true;
  if (target.closest('input[type="range"]')) return kRangeKeys.test(key);
  const presses = key === ' ' || key === 'Enter';
  return presses && target.closest('button, a[href], summary, [role="button"], [role="menuitem"]') !== null;
}

/** The help panel's lines, in reading order. */
export const kKeyHelp: { keys: string[]; text: MessageId }[] = [
  { keys: ['Space', 'K'], text: 'player.keys.play' },
  { keys: ['M'], text: 'player.keys.mute' },
  { keys: ['↑', '↓'], text: 'player.keys.volume' },
  { keys: ['Home'], text: 'player.keys.live' },
  { keys: ['←', '→'], text: 'player.keys.seek5' },
  { keys: ['J', 'L'], text: 'player.keys.seek10' },
  { keys: ['0', '9'], text: 'player.keys.percent' },
  { keys: ['<', '>'], text: 'player.keys.speed' },
  { keys: [',', '.'], text: 'player.keys.step' },
  { keys: ['F'], text: 'player.keys.fullscreen' },
  { keys: ['T'], text: 'player.keys.theatre' },
  { keys: ['I', 'Alt P'], text: 'player.keys.pip' },
  { keys: ['S'], text: 'player.keys.stats' },
  { keys: ['?'], text: 'player.keys.help' },
];
