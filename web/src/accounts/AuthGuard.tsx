import { useQuery } from '@tanstack/react-query';
import { Navigate, useRouter } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { codeOf } from '@/api/client';
import { type Me, meQuery } from '@/api/people';
import { useText } from '@/lib/intl';
import { Button } from '@/ui/Button';
import { Notice } from '@/ui/Notice';
import { Skeleton } from '@/ui/Skeleton';

interface AuthGuardProps {
  /** Somebody without a username yet may come in; onboarding itself needs that. */
  unnamed?: boolean;
  children: (me: Me) => ReactNode;
}

/** Draws what is for signed-in people; sends others to the login and brings them back. */
export function AuthGuard({ unnamed = false, children }: AuthGuardProps) {
  const text = useText();
  const me = useQuery(meQuery);
  const router = useRouter();
  // Where this page is, not where a redirect has begun to lead.
  const [here] = useState(() => router.state.location.href);
  if (me.isLoadingError) {
    return (
      <Notice kicker={text('error.code', { code: codeOf(me.error) })} title={text('error.title')} body={text('error.body')}>
        <Button onClick={() => void me.refetch()}>{text('action.retry')}</Button>
      </Notice>
    );
  }
  if (me.data === undefined) {
    return (
      <div role="status" aria-label={text('loading')} className="mx-auto max-w-5xl px-5 py-10 sm:px-8">
        <Skeleton className="h-9 w-1/3" />
        <Skeleton className="mt-8 h-64" />
      </div>
    );
  }
  if (me.data === null) return <Navigate to="/auth/login" search={{ next: here }} replace />;
  if (!me.data.onboarded && !unnamed) return <Navigate to="/auth/onboard" search={{ next: here }} replace />;
  return children(me.data);
}
