import { Globe } from 'lucide-react';
import { useText } from '@/lib/intl';
import { kSocialNames, kSocialSites, type SocialSite } from '@/lib/social_sites';

/** Links to somebody's other places. They were written by strangers: nobody is told where a reader came from. */
export function SocialLinks({ links }: { links: Partial<Record<SocialSite, string | null>> }) {
  const text = useText();
  const shown = kSocialSites.flatMap((site) => {
    const address = links[site];
    return address?.startsWith('https://') ? [{ site, address }] : [];
  });
  if (shown.length === 0) return null;
  return (
    <ul aria-label={text('social.title')} className="flex flex-wrap gap-2">
      {shown.map(({ site, address }) => (
        <li key={site}>
          <a
            href={address}
            target="_blank"
            rel="noopener noreferrer nofollow ugc"
            className="inline-flex min-h-8 items-center gap-1.5 rounded-full border border-line-strong px-3 text-sm text-soft hover:bg-hover hover:text-ink"
          >
            {site === 'website' && <Globe className="size-3.5" />}
            {kSocialNames[site] ?? new URL(address).hostname}
          </a>
        </li>
      ))}
    </ul>
  );
}
