import { useText } from './intl';
import type { MessageId } from './words';

const kNames: Record<string, MessageId> = {
  'just-chatting': 'category.just_chatting',
  games: 'category.games',
  'retro-games': 'category.retro_games',
  tabletop: 'category.tabletop',
  esports: 'category.esports',
  music: 'category.music',
  dj: 'category.dj',
  art: 'category.art',
  makers: 'category.makers',
  programming: 'category.programming',
  science: 'category.science',
  learning: 'category.learning',
  talk: 'category.talk',
  news: 'category.news',
  sports: 'category.sports',
  food: 'category.food',
  outdoors: 'category.outdoors',
  animals: 'category.animals',
  wellness: 'category.wellness',
  events: 'category.events',
  other: 'category.other',
};

/** A category's name in the page's language; one that an operator added is called what the server calls it. */
export function useCategoryName(): (slug: string, name?: string) => string {
  const text = useText();
  return (slug, name = slug) => {
    const id = kNames[slug];
    return id ? text(id) : name;
  };
}
