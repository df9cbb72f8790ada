import { classes } from '@/lib/class_names';

export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden="true" className={classes('animate-pulse rounded-lg bg-raised', className)} />;
}
