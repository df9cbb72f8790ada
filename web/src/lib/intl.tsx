import type { ReactNode } from 'react';
import { IntlProvider, useIntl } from 'react-intl';
import { type MessageId, useSpoken } from './words';

export type { MessageId } from './words';
export type MessageValues = Record<string, string | number>;
export type Translate = (id: MessageId, values?: MessageValues) => string;

/** Every word a person reads or hears comes through here; the catalogues are in `messages/`. */
export function TextProvider({ children }: { children: ReactNode }) {
  const { language, words } = useSpoken();
  return (
    <IntlProvider locale={language} messages={words as Record<string, string>}>
      {children}
    </IntlProvider>
  );
}

export function useText(): Translate {
  const intl = useIntl();
  return (id, values) => intl.formatMessage({ id }, values);
}

export function useNumbers() {
  const intl = useIntl();
  return {
    compact: (value: number) => intl.formatNumber(value, { notation: 'compact', maximumFractionDigits: 1 }),
    whole: (value: number) => intl.formatNumber(value, { maximumFractionDigits: 0 }),
    fixed: (value: number, digits: number) => intl.formatNumber(value, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
    day: (iso: string) => intl.formatDate(iso, { year: 'numeric', month: 'long', day: 'numeric' }),
    time: (iso: string) => intl.formatTime(iso, { hour: '2-digit', minute: '2-digit' }),
    moment: (iso: string) => intl.formatDate(iso, { year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' }),
  };
}
