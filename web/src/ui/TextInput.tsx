import type { InputHTMLAttributes, ReactNode, Ref } from 'react';
import { classes } from '@/lib/class_names';
import { controlClass, Field, type FieldProps } from './Field';

type TextInputProps = FieldProps &
  Omit<InputHTMLAttributes<HTMLInputElement>, 'id' | 'className'> & {
    ref?: Ref<HTMLInputElement>;
    /** Stands before the text, inside the frame: "@", an address. */
    prefix?: string;
    /** Stands at the end, inside the frame: a state, a button. */
    end?: ReactNode;
    mono?: boolean;
  };

export function TextInput({ label, hint, error, aside, className, prefix, end, mono, ...input }: TextInputProps) {
  return (
    <Field label={label} hint={hint} error={error} aside={aside} className={className}>
      {(wiring) =>
        prefix || end ? (
          <span className={controlClass(error, 'flex items-center gap-1 pr-1 focus-within:border-ice focus-within:outline-2 focus-within:outline-ice/40')}>
            {prefix && (
              <span aria-hidden="true" className="shrink-0 text-faint select-none">
                {prefix}
              </span>
            )}
            <input {...wiring} {...input} className={classes('min-h-10 min-w-0 flex-1 bg-transparent outline-none', mono && 'font-mono text-sm')} />
            {end}
          </span>
        ) : (
          <input {...wiring} {...input} className={controlClass(error, mono ? 'font-mono text-sm' : undefined)} />
        )
      }
    </Field>
  );
}
