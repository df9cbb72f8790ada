import type { UseFormRegisterReturn } from 'react-hook-form';
import { kSocialNames, type SocialSite } from '@/lib/social_sites';
import { useText } from '@/lib/intl';
import { TextInput } from './TextInput';

const kBeginning = 'https://';

interface SocialLinksFormProps {
  sites: readonly SocialSite[];
  register: (site: SocialSite) => UseFormRegisterReturn;
  errorOf: (site: SocialSite) => string | undefined;
}

/** Where else somebody can be found: one address a place, all of them optional. Part of a form. */
export function SocialLinksForm({ sites, register, errorOf }: SocialLinksFormProps) {
  const text = useText();
  return (
    <fieldset className="grid gap-4 sm:grid-cols-2">
      <legend className="sr-only">{text('social.title')}</legend>
      {sites.map((site) => (
        <TextInput
          key={site}
          label={kSocialNames[site] ?? text('social.website')}
          type="url"
          inputMode="url"
          autoComplete="off"
          placeholder={kBeginning}
          error={errorOf(site)}
          {...register(site)}
        />
      ))}
    </fieldset>
  );
}
