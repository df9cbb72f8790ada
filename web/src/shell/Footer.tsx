import { Languages } from 'lucide-react';
import { useText } from '@/lib/intl';
import { isLanguage, kLanguageNames, kLanguages, type Language, useSpoken } from '@/lib/words';

interface FooterProps {
  siteName: string;
  supportAddress: string | null;
  termsUrl: string | null;
  onLanguage: (language: Language) => void;
}

const kLink = 'inline-flex min-h-8 items-center rounded hover:text-ink hover:underline underline-offset-4';

/** "help@example.org" becomes a mail link; an address of the web stays one. */
export function supportHref(address: string): string {
  return /^https?:\/\//.test(address) ? address : `mailto:${address}`;
}

export function Footer({ siteName, supportAddress, termsUrl, onLanguage }: FooterProps) {
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
        <LanguageChoice onLanguage={onLanguage} />
      </div>
    </footer>
  );
}

function LanguageChoice({ onLanguage }: { onLanguage: (language: Language) => void }) {
  const text = useText();
  const { language } = useSpoken();
  return (
    <span className="relative inline-flex items-center">
      <Languages aria-hidden="true" className="pointer-events-none absolute left-2 size-4" />
      <select
        aria-label={text('footer.language')}
        value={language}
        onChange={(event) => isLanguage(event.target.value) && onLanguage(event.target.value)}
        className="min-h-8 appearance-none rounded-md bg-transparent pr-2 pl-8 hover:bg-hover hover:text-ink [&>option]:bg-surface [&>option]:text-ink"
      >
        {kLanguages.map((each) => (
          <option key={each} value={each} lang={each}>
            {kLanguageNames[each]}
          </option>
        ))}
      </select>
    </span>
  );
}
