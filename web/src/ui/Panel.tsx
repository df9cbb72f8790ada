import { useId, type ReactNode } from 'react';
import { classes } from '@/lib/class_names';

interface PanelProps {
  title: string;
  body?: ReactNode;
  /** At the right of the title. */
  aside?: ReactNode;
  children?: ReactNode;
  className?: string;
}

/** One subject of a page that has several. */
export function Panel({ title, body, aside, children, className }: PanelProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={classes('rounded-2xl border border-line bg-surface p-5 sm:p-6', className)}>
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h2 id={id} className="text-base font-semibold tracking-tight">
            {title}
          </h2>
          {body && <p className="mt-1 max-w-prose text-sm leading-relaxed text-soft">{body}</p>}
        </div>
        {aside}
      </div>
      {children && <div className="mt-5">{children}</div>}
    </section>
  );
}
