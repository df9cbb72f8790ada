import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { checkUsername, type NameCheck } from '@/api/people';
import { rules } from '@/lib/rules';

const kPauseMs = 350;

export interface NameState {
  /** `idle`: nothing worth asking about is written. */
  state: 'idle' | 'asking' | 'free' | 'refused' | 'unknown';
  reason: string | null;
  suggestions: string[];
}

function settled(value: string): string | null {
  const checked = rules.username.safeParse(value);
  return checked.success ? checked.data : null;
}

function readOut(check: NameCheck | undefined, failed: boolean): NameState {
  if (failed) return { state: 'unknown', reason: null, suggestions: [] };
  if (!check) return { state: 'asking', reason: null, suggestions: [] };
  return { state: check.available ? 'free' : 'refused', reason: check.reason ?? null, suggestions: check.suggestions };
}

/** Whether a username can be had, asked when the writer pauses. `own` is the name that one has already. */
export function useNameCheck(value: string, own: string | null): NameState {
  const [asked, setAsked] = useState<string | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(settled(value)), kPauseMs);
    return () => clearTimeout(timer);
  }, [value]);
  const wanted = asked !== null && asked !== own;
  const check = useQuery({
    queryKey: ['username', asked],
    queryFn: ({ signal }) => checkUsername(asked ?? '', signal),
    enabled: wanted,
    staleTime: 10_000,
    retry: false,
  });
  const now = settled(value);
  if (now === null || now === own) return { state: 'idle', reason: null, suggestions: [] };
  if (now !== asked) return { state: 'asking', reason: null, suggestions: [] };
  return readOut(check.data, check.isError);
}
