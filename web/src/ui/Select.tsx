import { ChevronDown } from 'lucide-react';
import type { Ref, SelectHTMLAttributes } from 'react';
import { controlClass, Field, type FieldProps } from './Field';

export interface Option {
  value: string;
  label: string;
}

type SelectProps = FieldProps & Omit<SelectHTMLAttributes<HTMLSelectElement>, 'id' | 'className'> & { ref?: Ref<HTMLSelectElement>; options: readonly Option[] };

/** The system's own list: on a phone nothing else is as good to touch. */
export function Select({ label, hint, error, aside, className, options, ...select }: SelectProps) {
  return (
    <Field label={label} hint={hint} error={error} aside={aside} className={className}>
      {(wiring) => (
        <span className="relative block">
          <select {...wiring} {...select} className={controlClass(error, 'appearance-none pr-10 [&>option]:bg-surface [&>option]:text-ink')}>
            {options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </select>
          <ChevronDown aria-hidden="true" className="pointer-events-none absolute top-1/2 right-3 size-4 -translate-y-1/2 text-faint" />
        </span>
      )}
    </Field>
  );
}
