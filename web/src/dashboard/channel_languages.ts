import { useIntl } from 'react-intl';
import { useText } from '@/lib/intl';

const kCodes = ['en', 'de', 'es', 'fr', 'it', 'pt', 'nl', 'pl', 'sv', 'da', 'nb', 'fi', 'cs', 'hu', 'ro', 'el', 'tr', 'uk', 'ru', 'ar', 'he', 'fa', 'hi', 'bn', 'th', 'vi', 'id', 'zh', 'ja', 'ko'];

/** What a channel may be spoken in, named in the page's language. */
export function useChannelLanguages(): { value: string; label: string }[] {
  const text = useText();
  const intl = useIntl();
  const named = kCodes.map((value) => ({ value, label: intl.formatDisplayName(value, { type: 'language' }) ?? value }));
  return [{ value: '', label: text('channel_form.no_language') }, ...named.sort((a, b) => a.label.localeCompare(b.label, intl.locale))];
}
