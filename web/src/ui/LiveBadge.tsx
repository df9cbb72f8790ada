import { classes } from '@/lib/class_names';

interface LiveBadgeProps {
  label: string;
  /** On air, but nothing arrives at this moment. */
  waiting?: boolean;
  className?: string;
}

export function LiveBadge({ label, waiting = false, className }: LiveBadgeProps) {
  return (
    <span
      className={classes(
        'inline-flex h-6 items-center gap-1.5 rounded-md px-2 text-xs font-bold tracking-wide uppercase',
        waiting ? 'bg-[#1c1f2b] text-[#ffcb66]' : 'bg-ember text-ember-ink',
        className,
      )}
    >
      <span className="size-1.5 animate-pulse-dot rounded-full bg-current" />
      {label}
    </span>
  );
}
