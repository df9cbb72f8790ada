import type { ButtonHTMLAttributes } from 'react';
import { Button } from './Button';
import { Spinner } from './Spinner';

/** Sends its form. While that is under way it stays where it is and says so; a second press does nothing. */
export function SubmitButton({ busy, children, ...rest }: ButtonHTMLAttributes<HTMLButtonElement> & { busy: boolean; look?: 'solid' | 'outline' | 'danger' }) {
  return (
    <Button
      type="submit"
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      onClick={(event) => busy && event.preventDefault()}
      {...rest}
    >
      {busy && <Spinner className="size-4" />}
      {children}
    </Button>
  );
}
