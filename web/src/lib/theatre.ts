import { useSyncExternalStore } from 'react';

// The player's page asks for the room of the whole window; the frame around the page gives it.
const listeners = new Set<() => void>();
let theatre = false;

export function setTheatre(wanted: boolean): void {
  theatre = wanted;
  for (const each of listeners) each();
}

export function useTheatre(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    () => theatre,
  );
}
