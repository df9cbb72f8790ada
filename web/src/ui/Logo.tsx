/** Our mark: a signal that leaves a point, cut as an A. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" className={className} aria-hidden="true" focusable="false">
      <path d="M16 3 29 28h-5.6L16 13.2 8.6 28H3z" className="fill-ink" />
      <circle cx="16" cy="23.6" r="3.6" className="fill-ember" />
    </svg>
  );
}
