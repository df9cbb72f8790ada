import type { Ref, TextareaHTMLAttributes } from 'react';
import { controlClass, Field, type FieldProps } from './Field';

type TextAreaProps = FieldProps & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'id' | 'className'> & { ref?: Ref<HTMLTextAreaElement> };

export function TextArea({ label, hint, error, aside, className, rows = 4, ...area }: TextAreaProps) {
  return (
    <Field label={label} hint={hint} error={error} aside={aside} className={className}>
      {(wiring) => <textarea {...wiring} rows={rows} {...area} className={controlClass(error, 'py-2.5 leading-relaxed resize-y')} />}
    </Field>
  );
}
