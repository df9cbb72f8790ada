import type { ReactNode } from 'react';

/** What pages behind the login look like: a heading and room for panels. */
export function DeskFrame({ title, body, aside, children }: { title: string; body?: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <div className="lamps">
      <div className="mx-auto max-w-7xl px-5 py-7 sm:px-8 sm:py-9">
        <div className="mb-6 flex flex-wrap items-end justify-between gap-4">
          <div>
            <h1 className="text-2xl font-semibold tracking-tight sm:text-3xl">{title}</h1>
            {body && <p className="mt-1.5 max-w-prose text-soft">{body}</p>}
          </div>
          {aside}
        </div>
        {children}
      </div>
    </div>
  );
}
