import { useCallback, useEffect, useRef, useState } from 'react';

const kIdleMs = 2600;

/** True while nobody has moved or touched for a while. `wake` is what a movement calls. */
export function useIdle(enabled: boolean): { idle: boolean; wake: () => void; sleep: () => void } {
  const [idle, setIdle] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const wake = useCallback(() => {
    setIdle(false);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setIdle(true), kIdleMs);
  }, []);

  const sleep = useCallback(() => {
    clearTimeout(timer.current);
    setIdle(true);
  }, []);

  useEffect(() => {
    timer.current = setTimeout(() => setIdle(true), kIdleMs);
    return () => clearTimeout(timer.current);
  }, [enabled]);

  return { idle: enabled && idle, wake, sleep };
}
