import type { ButtonHTMLAttributes } from 'react';
import { classes } from '@/lib/class_names';

export type Look = 'solid' | 'quiet' | 'outline' | 'danger';

const kLooks: Record<Look, string> = {
  solid: 'bg-ember text-ember-ink hover:brightness-110 font-semibold',
  quiet: 'text-soft hover:bg-hover hover:text-ink',
  danger: 'border border-danger/60 text-danger hover:bg-danger/10 font-semibold',
  outline: 'border border-line-strong text-ink hover:bg-hover',
};

export function buttonClass(look: Look = 'solid'): string {
  return classes(
    'inline-flex min-h-10 items-center justify-center gap-2 rounded-lg px-4 text-sm transition-[filter,background-color,color] active:translate-y-px disabled:pointer-events-none disabled:opacity-50 aria-disabled:opacity-70',
    kLooks[look],
  );
}

export function Button({ look = 'solid', className, type = 'button', ...rest }: ButtonHTMLAttributes<HTMLButtonElement> & { look?: Look }) {
  return <button type={type} className={classes(buttonClass(look), className)} {...rest} />;
}
