import { useId, useMemo } from 'react';
import { artFor } from './art';

/** Drawn from a channel's name where it has no picture: a signal leaving a point, between a warm and a cold lamp. */
export function SlugArt({ slug, className }: { slug: string; className?: string }) {
  const id = useId();
  const art = useMemo(() => artFor(slug), [slug]);
  return (
    <svg viewBox="0 0 160 90" preserveAspectRatio="xMidYMid slice" className={className} aria-hidden="true" focusable="false">
      <defs>
        <linearGradient id={`${id}line`} gradientUnits="userSpaceOnUse" x1="0" y1="0" x2="160" y2="90" gradientTransform={`rotate(${art.angle} 80 45)`}>
          <stop offset="0" stopColor={art.warm} />
          <stop offset="0.5" stopColor={art.middle} />
          <stop offset="1" stopColor={art.cold} />
        </linearGradient>
        <radialGradient id={`${id}warm`} cx={art.centre.x / 160} cy={art.centre.y / 90} r="0.7">
          <stop offset="0" stopColor={art.warm} stopOpacity="0.5" />
          <stop offset="1" stopColor={art.warm} stopOpacity="0" />
        </radialGradient>
        <radialGradient id={`${id}cold`} cx={1 - art.centre.x / 160} cy="1" r="0.8">
          <stop offset="0" stopColor={art.cold} stopOpacity="0.28" />
          <stop offset="1" stopColor={art.cold} stopOpacity="0" />
        </radialGradient>
      </defs>
      <rect width="160" height="90" fill={art.ground} />
      <rect width="160" height="90" fill={`url(#${id}cold)`} />
      <rect width="160" height="90" fill={`url(#${id}warm)`} />
      <g fill="none" stroke={`url(#${id}line)`} strokeLinecap="round">
        {art.rings.map((ring, at) => (
          <circle
            key={at}
            cx={art.centre.x}
            cy={art.centre.y}
            r={ring.radius}
            strokeWidth={ring.width}
            strokeOpacity={ring.opacity}
            strokeDasharray={`${ring.dash} ${ring.dash * 0.6}`}
          />
        ))}
      </g>
      <circle cx={art.centre.x} cy={art.centre.y} r="3.4" fill="#ffffff" fillOpacity="0.92" />
    </svg>
  );
}
