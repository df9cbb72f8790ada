import { useText } from '@/lib/intl';

interface FooterProps {
  siteName: string;
  supportAddress: string | null;
  termsUrl: string | null;
}

const kLink = 'inline-flex min-h-8 items-center rounded hover:text-ink hover:underline underline-offset-4';

/** "help@example.org" becomes a mail link; an address of the web stays one. */
export function supportHref(address: string): string {
  return /^https?:\/\//.test(address) ? address : `mailto:${address}`;
}

export function Footer({ siteName, supportAddress, termsUrl }: FooterProps) {
  const text = useText();
  return (
    <footer aria-label={text('footer.label')} className="border-t border-line">
      <div className="mx-auto flex max-w-7xl flex-wrap items-center gap-x-6 gap-y-1 px-5 py-5 text-sm text-soft sm:px-8">
        <span className="font-semibold text-ink">{siteName}</span>
        <span className="text-faint">{text('app.tagline')}</span>
        <span className="flex-1" />
        {supportAddress && (
          <a href={supportHref(supportAddress)} className={kLink}>
            {text('footer.support')}
          </a>
        )}
        {termsUrl && (
          <a href={termsUrl} className={kLink}>
            {text('footer.terms')}
          </a>
        )}
        <a href="/api/docs" className={kLink}>
          {text('footer.api')}
        </a>
      </div>
    </footer>
  );
}
