import { useId, type ReactNode } from 'react';
import { classes } from '@/lib/class_names';

/** What a control must carry so that its label, hint and error are read with it. */
export interface FieldWiring {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
}

export interface FieldProps {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  /** Beside the label: a count, a link. */
  aside?: ReactNode;
  className?: string | undefined;
}

export const kControl =
  'w-full min-h-11 rounded-lg border bg-canvas px-3 text-[15px] text-ink transition-colors placeholder:text-faint hover:border-line-strong focus:border-ice focus:outline-2 focus:outline-offset-0 focus:outline-ice/40 disabled:opacity-60';

export function controlClass(error: string | undefined, more?: string): string {
  return classes(kControl, error ? 'border-warn' : 'border-line', more);
}

/** A labelled control with room for a hint and for what is wrong. */
export function Field({ label, hint, error, aside, className, children }: FieldProps & { children: (wiring: FieldWiring) => ReactNode }) {
  const id = useId();
  const notes = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className={classes('flex flex-col gap-1.5', className)}>
      <div className="flex items-baseline justify-between gap-3">
        <label htmlFor={id} className="text-sm font-medium">
          {label}
        </label>
        {aside && <span className="text-xs text-soft">{aside}</span>}
      </div>
      {children({ id, 'aria-describedby': notes || undefined, 'aria-invalid': error ? true : undefined })}
      {hint && (
        <div id={`${id}-hint`} className="text-sm text-soft">
          {hint}
        </div>
      )}
      {error && (
        <p id={`${id}-error`} role="alert" className="text-sm font-medium text-warn">
          {error}
        </p>
      )}
    </div>
  );
}
