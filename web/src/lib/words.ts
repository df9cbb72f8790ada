// The words of the language that the page speaks. English comes with the page; others, and the words of pages behind a login, travel when
// they are wanted.
import type { MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { useSyncExternalStore } from 'react';
import en from '../../messages/en.json';
import type enPeople from '../../messages/en.people.json';
import { recall, remember } from './memory';

export const kLanguages = ['en', 'de', 'es'] as const;
export type Language = (typeof kLanguages)[number];
/** Each language's name in itself, for whoever cannot read the page's. */
export const kLanguageNames: Record<Language, string> = { en: 'English', de: 'Deutsch', es: 'Español' };

export type MessageId = keyof typeof en | keyof typeof enPeople;
export type Words = Record<string, string | MessageFormatElement[]>;
interface Spoken {
  language: Language;
  words: Words;
}

type Load = () => Promise<{ default: Words }>;
const kPage: Record<Language, Load> = {
  en: () => Promise.resolve({ default: en }),
  de: () => import('../../messages/de.json'),
  es: () => import('../../messages/es.json'),
};
const kPeople: Record<Language, Load> = {
  en: () => import('../../messages/en.people.json'),
  de: () => import('../../messages/de.people.json'),
  es: () => import('../../messages/es.people.json'),
};

let spoken: Spoken = { language: 'en', words: en };
let peopleWanted = false;
const listeners = new Set<() => void>();

async function change(language: Language): Promise<void> {
  const parts = await Promise.all([kPage[language](), ...(peopleWanted ? [kPeople[language]()] : [])]);
  spoken = { language, words: Object.assign({}, ...parts.map((part) => part.default)) as Words };
  document.documentElement.lang = language;
  for (const each of listeners) each();
}

export function isLanguage(text: string | null | undefined): text is Language {
  return kLanguages.some((each) => each === text);
}

/** What this reader wants: what was chosen here before, else the first of the browser's languages that we speak. */
export function wantedLanguage(): Language {
  const chosen = recall('language');
  if (isLanguage(chosen)) return chosen;
  return navigator.languages.map((each) => each.slice(0, 2).toLowerCase()).find(isLanguage) ?? 'en';
}

/** Speaks that language from now on, here and at the next visit. */
export async function speak(language: Language): Promise<void> {
  if (recall('language') !== language) remember('language', language);
  if (spoken.language !== language) await change(language);
}

/** At the start: a language that was not chosen is not kept. */
export async function speakFirst(language: Language): Promise<void> {
  if (spoken.language !== language) await change(language);
}

/** Brings the words of pages about people and channels; those pages wait for them. */
export async function learnPeople(): Promise<void> {
  if (peopleWanted) return;
  peopleWanted = true;
  await change(spoken.language).catch((error: unknown) => {
    peopleWanted = false;
    throw error;
  });
}

export function useSpoken(): Spoken {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    () => spoken,
  );
}
