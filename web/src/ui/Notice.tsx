import type { ReactNode } from 'react';

interface NoticeProps {
  kicker?: string;
  title: string;
  body: string;
  children?: ReactNode;
}

/** A page that has one thing to say: nothing here, or something went wrong. */
export function Notice({ kicker, title, body, children }: NoticeProps) {
  return (
    <div className="mx-auto flex max-w-lg animate-rise flex-col items-start gap-4 px-5 py-20 sm:py-32">
      {kicker && <p className="font-mono text-sm text-ember-text">{kicker}</p>}
      <h1 className="text-3xl font-semibold tracking-tight text-balance sm:text-4xl">{title}</h1>
      <p className="text-base leading-relaxed text-pretty text-soft">{body}</p>
      {children && <div className="mt-3 flex flex-wrap gap-3">{children}</div>}
    </div>
  );
}
