// Short words about what was just done; they go away by themselves.
export interface Toast {
  id: number;
  text: string;
  tone: 'good' | 'bad';
}

const kShownMs = 5000;
const kMost = 3;
const listeners = new Set<() => void>();
let shown: readonly Toast[] = [];
let last = 0;

function publish(next: readonly Toast[]): void {
  shown = next;
  for (const each of listeners) each();
}

export function dropToast(id: number): void {
  publish(shown.filter((toast) => toast.id !== id));
}

export function showToast(text: string, tone: Toast['tone'] = 'good'): void {
  last += 1;
  const id = last;
  publish([...shown, { id, text, tone }].slice(-kMost));
  setTimeout(() => dropToast(id), kShownMs);
}

export const toasts = {
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
  current: () => shown,
};
