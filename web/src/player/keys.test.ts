// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { actionFor, isTaken, kKeyHelp } from './keys';

const press = (key: string, more = {}) => ({ key, altKey: false, ctrlKey: false, metaKey: false, shiftKey: false, ...more });

describe('actionFor', () => {
  it.each([
    [' ', { do: 'play' }],
    ['k', { do: 'play' }],
    ['K', { do: 'play' }],
    ['j', { do: 'seek', seconds: -10 }],
    ['l', { do: 'seek', seconds: 10 }],
    ['ArrowLeft', { do: 'seek', seconds: -5 }],
    ['ArrowRight', { do: 'seek', seconds: 5 }],
    ['ArrowUp', { do: 'volume', by: 0.05 }],
    ['m', { do: 'mute' }],
    ['f', { do: 'fullscreen' }],
    ['t', { do: 'theatre' }],
    ['i', { do: 'pip' }],
    ['Home', { do: 'live' }],
    ['5', { do: 'percent', fraction: 0.5 }],
    ['<', { do: 'speed', by: -0.25 }],
    ['.', { do: 'step', frames: 1 }],
    ['?', { do: 'help' }],
  ])('understands %j', (key, action) => {
    expect(actionFor(press(key))).toEqual(action);
  });

  it('understands Alt+P, and leaves the other combinations to the browser', () => {
    expect(actionFor(press('p', { altKey: true }))).toEqual({ do: 'pip' });
    expect(actionFor(press('ArrowLeft', { altKey: true }))).toBeNull();
    expect(actionFor(press('f', { ctrlKey: true }))).toBeNull();
    expect(actionFor(press('l', { metaKey: true }))).toBeNull();
  });

  it('ignores keys that mean nothing', () => {
    expect(actionFor(press('q'))).toBeNull();
    expect(actionFor(press('Tab'))).toBeNull();
  });
});

describe('isTaken', () => {
  const inside = (html: string) => {
    document.body.innerHTML = html;
    return document.body.querySelector('[data-focus]');
  };

  it.each(['<input data-focus>', '<textarea data-focus></textarea>', '<div contenteditable="true"><b data-focus>a</b></div>', '<div role="menu"><i data-focus></i></div>'])(
    'leaves every key to %s',
    (html) => {
      expect(isTaken(inside(html), 'k')).toBe(true);
    },
  );

  it('leaves to a slider its own keys and no others', () => {
    const slider = inside('<input type="range" data-focus>');
    expect(isTaken(slider, 'ArrowUp')).toBe(true);
    expect(isTaken(slider, 'Home')).toBe(true);
    expect(isTaken(slider, 'f')).toBe(false);
  });

  it('leaves to a button what presses it', () => {
    const button = inside('<button><svg data-focus></svg></button>');
    expect(isTaken(button, ' ')).toBe(true);
    expect(isTaken(button, 'k')).toBe(false);
  });

  it('takes keys pressed nowhere in particular', () => {
    expect(isTaken(document.body, ' ')).toBe(false);
    expect(isTaken(null, 'k')).toBe(false);
  });
});

describe('kKeyHelp', () => {
  it('shows only keys that do something', () => {
    const names: Record<string, string> = { Space: ' ', '↑': 'ArrowUp', '↓': 'ArrowDown', '←': 'ArrowLeft', '→': 'ArrowRight' };
    for (const key of kKeyHelp.flatMap((line) => line.keys)) {
      const alt = key.startsWith('Alt ');
      const shown = alt ? key.slice(4) : key;
      expect(actionFor(press(names[shown] ?? shown, { altKey: alt })), key).not.toBeNull();
    }
  });
});
