export const kSocialSites = ['website', 'youtube', 'twitch', 'twitter', 'instagram', 'tiktok', 'discord', 'facebook', 'github', 'bluesky', 'mastodon'] as const;
export type SocialSite = (typeof kSocialSites)[number];

/** What they call themselves, in every language. A website has no such name. */
export const kSocialNames: Record<SocialSite, string | null> = {
  website: null,
  youtube: 'YouTube',
  twitch: 'Twitch',
  twitter: 'X',
  instagram: 'Instagram',
  tiktok: 'TikTok',
  discord: 'Discord',
  facebook: 'Facebook',
  github: 'GitHub',
  bluesky: 'Bluesky',
  mastodon: 'Mastodon',
};

export type SocialValues = Record<SocialSite, string>;

/** For a form's fields: no link is an empty text. */
export function valuesOfLinks(links: Partial<Record<SocialSite, string | null>>): SocialValues {
  return Object.fromEntries(kSocialSites.map((site) => [site, links[site] ?? ''])) as SocialValues;
}

/** For the server: an empty text is no link. */
export function linksOfValues(values: SocialValues): Partial<Record<SocialSite, string>> {
  return Object.fromEntries(Object.entries(values).filter(([, address]) => address !== ''));
}
