const kArcs = [34, 58, 82, 106, 130, 154];

/** The landing page's picture: our mark, sending. Pure decoration. */
export function SignalScene({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 400 340" className={className} aria-hidden="true" focusable="false">
      <defs>
        <linearGradient id="scene-line" x1="0" y1="1" x2="1" y2="0">
          <stop offset="0" stopColor="var(--ae-ember)" />
          <stop offset="0.5" stopColor="#d987d8" />
          <stop offset="1" stopColor="var(--ae-ice)" />
        </linearGradient>
      </defs>
      <g fill="none" stroke="url(#scene-line)" strokeLinecap="round">
        {kArcs.map((radius, at) => (
          <path
            key={radius}
            d={`M${200 - radius * 0.94} ${226 - radius * 0.5} A${radius * 1.07} ${radius * 1.07} 0 0 1 ${200 + radius * 0.94} ${226 - radius * 0.5}`}
            strokeWidth={7 - at}
            strokeOpacity={1 - at * 0.14}
          />
        ))}
      </g>
      <path d="M200 176 262 306h-28l-34-74-34 74h-28z" fill="var(--ae-ink)" />
      <circle cx="200" cy="284" r="15" fill="var(--ae-ember)" />
    </svg>
  );
}
