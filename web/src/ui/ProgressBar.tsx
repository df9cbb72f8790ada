/** How much of something is done, from 0 to 1. */
export function ProgressBar({ share, label }: { share: number; label: string }) {
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    <div role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={percent} className="h-1.5 overflow-hidden rounded-full bg-raised">
      <div className="h-full rounded-full bg-ember transition-[width] duration-200" style={{ width: `${percent}%` }} />
    </div>
  );
}
