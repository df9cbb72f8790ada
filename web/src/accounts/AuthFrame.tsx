import type { ReactNode } from 'react';
import { SlugArt } from '@/ui/SlugArt';

interface AuthFrameProps {
  title: string;
  body?: ReactNode;
  /** Under the card: the way to the other pages of this kind. */
  foot?: ReactNode;
  children: ReactNode;
}

/** What every page of getting in looks like: one card, one thing to do. */
export function AuthFrame({ title, body, foot, children }: AuthFrameProps) {
  return (
    <div className="lamps flex min-h-[calc(100dvh-7.5rem)] items-start justify-center px-5 py-8 sm:items-center sm:py-14">
      <div className="w-full max-w-md animate-rise">
        <div className="overflow-hidden rounded-2xl border border-line bg-surface shadow-lift">
          <SlugArt slug={title} className="h-16 w-full" />
          <div className="p-6 sm:p-8">
            <h1 className="text-2xl font-semibold tracking-tight text-balance">{title}</h1>
            {body && <div className="mt-2 text-[15px] leading-relaxed text-soft">{body}</div>}
            <div className="mt-6">{children}</div>
          </div>
        </div>
        {foot && <div className="mt-5 text-center text-sm text-soft">{foot}</div>}
      </div>
    </div>
  );
}

export const kTextLink = 'font-medium text-ember-text underline underline-offset-4 hover:text-ink';
