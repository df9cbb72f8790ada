// What this browser remembers of its reader. Storage can be forbidden or full; then nothing is remembered, and nothing breaks.
const kPrefix = 'aethex.';

export function recall(key: string): string | null {
  try {
    return localStorage.getItem(kPrefix + key);
  } catch {
    return null;
  }
}

export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(kPrefix + key, value);
  } catch {
    // See above: a preference that cannot be kept is not worth a message.
  }
}
