import { useState } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import * as z from 'zod/mini';
import { ApiError } from '@/api/client';
import { useExplain } from '@/api/explain';
import { type Me, saveProfile } from '@/api/people';
import { useFieldText } from '@/lib/field_text';
import { useText } from '@/lib/intl';
import { checkedBy, kLongestBio, kLongestDisplayName, rules, socialRules } from '@/lib/rules';
import { kSocialSites, linksOfValues, valuesOfLinks } from '@/lib/social_sites';
import { kLanguageNames, kLanguages } from '@/lib/words';
import { FormProblem } from '@/ui/FormProblem';
import { Panel } from '@/ui/Panel';
import { Select } from '@/ui/Select';
import { SocialLinksForm } from '@/ui/SocialLinksForm';
import { SubmitButton } from '@/ui/SubmitButton';
import { TextArea } from '@/ui/TextArea';
import { TextInput } from '@/ui/TextInput';
import { AvatarUpload } from './AvatarUpload';
import { ProfileCard } from './ProfileCard';
import { useNameCheck } from './use_name_check';
import { UsernameInput } from './UsernameInput';

const schema = z.object({
  username: rules.username,
  displayName: rules.longText(kLongestDisplayName),
  bio: rules.longText(kLongestBio),
  language: z.string(),
  theme: z.string(),
  socialLinks: socialRules,
});
type Values = z.input<typeof schema>;

/** What others see of somebody, and how somebody likes the site. The card beside shows it while it is written. */
export function ProfileEditor({ me, onSaved }: { me: Me; onSaved: (me: Me) => void }) {
  const text = useText();
  const fieldText = useFieldText();
  const explain = useExplain();
  const [problem, setProblem] = useState<string | null>(null);
  const form = useForm<Values, unknown, z.output<typeof schema>>({ resolver: checkedBy(schema), defaultValues: valuesOf(me) });
  const { errors, isSubmitting } = form.formState;
  const written = useWatch({ control: form.control });
  const username = written.username ?? '';
  const check = useNameCheck(username, me.username);

  async function submit(values: z.output<typeof schema>) {
    setProblem(null);
    const { username: name, ...rest } = values;
    try {
      const saved = await saveProfile({ ...rest, ...(name !== me.username && { username: name }), socialLinks: linksOfValues(values.socialLinks) });
      form.reset(valuesOf(saved));
      onSaved(saved);
    } catch (error) {
      if (error instanceof ApiError && error.code.startsWith('username_')) form.setError('username', { message: explain(error) }, { shouldFocus: true });
      else setProblem(explain(error));
    }
  }

  return (
    <div className="grid items-start gap-5 xl:grid-cols-[1fr_24rem]">
      <div className="flex flex-col gap-5">
        <Panel title={text('profile.picture')}>
          <AvatarUpload me={me} />
        </Panel>
        <Panel title={text('profile.about')}>
          <form noValidate onSubmit={(event) => void form.handleSubmit(submit)(event)} className="flex flex-col gap-5">
            <div className="grid gap-5 sm:grid-cols-2">
              <TextInput label={text('form.display_name')} error={fieldText(errors.displayName)} autoComplete="nickname" {...form.register('displayName')} />
              <UsernameInput
                check={check}
                error={fieldText(errors.username)}
                onSuggestion={(name) => form.setValue('username', name, { shouldDirty: true, shouldValidate: true })}
                {...form.register('username')}
              />
            </div>
            <TextArea
              label={text('form.bio')}
              aside={text('form.length', { count: written.bio?.length ?? 0, most: kLongestBio })}
              maxLength={kLongestBio}
              error={fieldText(errors.bio)}
              {...form.register('bio')}
            />
            <div className="grid gap-5 sm:grid-cols-2">
              <Select
                label={text('footer.language')}
                options={kLanguages.map((each) => ({ value: each, label: kLanguageNames[each] }))}
                error={fieldText(errors.language)}
                {...form.register('language')}
              />
              <Select
                label={text('profile.theme')}
                options={[
                  { value: 'dark', label: text('profile.theme_dark') },
                  { value: 'light', label: text('profile.theme_light') },
                ]}
                error={fieldText(errors.theme)}
                {...form.register('theme')}
              />
            </div>
            <div>
              <h3 className="mb-3 border-t border-line pt-5 text-sm font-semibold">{text('social.title')}</h3>
              <SocialLinksForm
                sites={kSocialSites}
                register={(site) => form.register(`socialLinks.${site}`)}
                errorOf={(site) => fieldText(errors.socialLinks?.[site])}
              />
            </div>
            <FormProblem>{problem}</FormProblem>
            <SubmitButton busy={isSubmitting} className="self-start">
              {text('action.save')}
            </SubmitButton>
          </form>
        </Panel>
      </div>
      <div className="xl:sticky xl:top-20">
        <h2 className="mb-3 text-xs font-semibold tracking-wide text-faint uppercase">{text('profile.preview')}</h2>
        <ProfileCard
          slug={me.username ?? me.id}
          name={[written.displayName, username].find((each) => each) ?? ''}
          username={username}
          avatar={me.avatar}
          bio={written.bio ?? ''}
          links={written.socialLinks ?? {}}
        />
      </div>
    </div>
  );
}

function valuesOf(me: Me): Values {
  return {
    username: me.username ?? '',
    displayName: me.displayName,
    bio: me.bio,
    language: me.language,
    theme: me.theme === 'light' ? 'light' : 'dark',
    socialLinks: valuesOfLinks(me.socialLinks),
  };
}
