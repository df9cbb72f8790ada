import { classes } from '@/lib/class_names';

export function Spinner({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 48 48" className={classes('animate-sweep', className)} aria-hidden="true" focusable="false">
      <circle cx="24" cy="24" r="20" fill="none" stroke="currentColor" strokeOpacity="0.2" strokeWidth="4" />
      <path d="M24 4a20 20 0 0 1 20 20" fill="none" stroke="currentColor" strokeWidth="4" strokeLinecap="round" />
    </svg>
  );
}
