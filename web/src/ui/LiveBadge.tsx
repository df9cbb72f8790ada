import { classes } from '@/lib/class_names';

export function LiveBadge({ label, className }: { label: string; className?: string }) {
  return (
    <span
      className={classes(
        'inline-flex h-6 items-center gap-1.5 rounded-md bg-ember px-2 text-xs font-bold tracking-wide text-ember-ink uppercase',
        className,
      )}
    >
      <span className="size-1.5 animate-pulse-dot rounded-full bg-current" />
      {label}
    </span>
  );
}
