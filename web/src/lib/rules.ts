// What people may write into fields, said before the server has to. The server checks everything again and has the last word.
import { set, type FieldErrors, type FieldValues, type Resolver } from 'react-hook-form';
import * as z from 'zod/mini';
import { kSocialSites, type SocialSite } from './social_sites';
import type { MessageId } from './words';

// Checks are not compiled from text at run time: the page's policy forbids that.
z.config({ jitless: true });

export const kShortestPassword = 8;
export const kLongestName = 60;
export const kLongestDisplayName = 40;
export const kLongestBio = 500;

const required = 'form.required' satisfies MessageId;
const wrongEmail = 'form.email_wrong' satisfies MessageId;
const shortPassword = 'form.password_short' satisfies MessageId;
const wrongUsername = 'form.username_wrong' satisfies MessageId;
const tooLong = 'form.too_long' satisfies MessageId;
const wrongAddress = 'form.address_wrong' satisfies MessageId;
const manyTags = 'form.tags_many' satisfies MessageId;
const wrongSlug = 'form.slug_wrong' satisfies MessageId;

/** "slow tv, night" is three tags, each once. */
export function tagsIn(text: string): string[] {
  return [...new Set(text.split(/[\s,]+/).map((tag) => tag.replace(/^#+/, '')).filter((tag) => tag !== ''))];
}

export const rules = {
  some: z.string().check(z.trim(), z.minLength(1, required)),
  email: z.string().check(z.trim(), z.minLength(1, required), z.email(wrongEmail)),
  password: z.string().check(z.minLength(1, required)),
  newPassword: z.string().check(z.minLength(kShortestPassword, shortPassword), z.maxLength(256, tooLong)),
  // Discord's rules: 2 to 32 of a-z, 0-9, "_" and ".", no two dots in a row.
  username: z.string().check(z.trim(), z.toLowerCase(), z.regex(/^(?!.*\.\.)[a-z0-9_.]{2,32}$/, wrongUsername)),
  slug: z.string().check(z.trim(), z.toLowerCase(), z.regex(/^[a-z0-9][a-z0-9_-]{2,24}$/, wrongSlug)),
  name: z.string().check(z.trim(), z.minLength(1, required), z.maxLength(kLongestName, tooLong)),
  longText: (most: number) => z.string().check(z.trim(), z.maxLength(most, tooLong)),
  // One word each, divided by blanks or commas.
  tags: z.string().check(
    z.trim(),
    z.refine((text) => tagsIn(text).length <= 10, manyTags),
    z.refine((text) => tagsIn(text).every((tag) => tag.length <= 25), tooLong),
  ),
  webAddress: z.string().check(
    z.trim(),
    z.refine((text) => text === '' || /^https:\/\/[^\s/]+\.[^\s]+$/i.test(text), wrongAddress),
    z.maxLength(200, tooLong),
  ),
};

export const socialRules = z.object(Object.fromEntries(kSocialSites.map((site) => [site, rules.webAddress])) as Record<SocialSite, typeof rules.webAddress>);

/** Lets a form be checked by a schema; messages are ids of our words. */
export function checkedBy<In extends FieldValues, Out extends FieldValues>(schema: z.ZodMiniType<Out, In>): Resolver<In, unknown, Out> {
  return (values) => {
    const checked = schema.safeParse(values);
    if (checked.success) return { values: checked.data, errors: {} };
    const errors: FieldErrors<In> = {};
    for (const issue of checked.error.issues) set(errors, issue.path.join('.'), { type: 'rule', message: issue.message });
    return { values: {}, errors };
  };
}
