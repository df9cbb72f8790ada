import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { classes } from '@/lib/class_names';

interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children' | 'aria-label'> {
  /** What the button does: its accessible name and its tooltip. */
  label: string;
  children: ReactNode;
}

export function IconButton({ label, className, type = 'button', children, ...rest }: IconButtonProps) {
  return (
    <button
      type={type}
      aria-label={label}
      title={label}
      className={classes('inline-grid size-10 shrink-0 place-items-center rounded-lg text-soft transition-colors hover:bg-hover hover:text-ink', className)}
      {...rest}
    >
      {children}
    </button>
  );
}
