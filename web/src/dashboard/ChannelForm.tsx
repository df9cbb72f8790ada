import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import * as z from 'zod/mini';
import { categoriesQuery, type ChannelDraft } from '@/api/channels';
import { ApiError } from '@/api/client';
import { useExplain } from '@/api/explain';
import type { Channel } from '@/api/types';
import { useFieldText } from '@/lib/field_text';
import { useText } from '@/lib/intl';
import { checkedBy, rules, socialRules, tagsIn } from '@/lib/rules';
import { kSocialSites, linksOfValues, valuesOfLinks } from '@/lib/social_sites';
import { useCategoryName } from '@/lib/use_category_name';
import { FormProblem } from '@/ui/FormProblem';
import { Select } from '@/ui/Select';
import { SocialLinksForm } from '@/ui/SocialLinksForm';
import { SubmitButton } from '@/ui/SubmitButton';
import { Switch } from '@/ui/Switch';
import { TextArea } from '@/ui/TextArea';
import { TextInput } from '@/ui/TextInput';
import { useChannelLanguages } from './channel_languages';
import { slugFrom } from './slug_from';

const kLongestDescription = 2000;
const schema = z.object({
  name: rules.name,
  slug: rules.slug,
  description: rules.longText(kLongestDescription),
  category: z.string(),
  tags: rules.tags,
  language: z.string(),
  isPublic: z.boolean(),
  socialLinks: socialRules,
});
type Values = z.input<typeof schema>;

interface ChannelFormProps {
  /** Absent: a new one. */
  channel?: Channel;
  language: string;
  submitText: string;
  onSubmit: (draft: ChannelDraft) => Promise<void>;
}

/** Everything that a channel says of itself. */
export function ChannelForm({ channel, language, submitText, onSubmit }: ChannelFormProps) {
  const text = useText();
  const fieldText = useFieldText();
  const explain = useExplain();
  const categoryName = useCategoryName();
  const languages = useChannelLanguages();
  const categories = useQuery(categoriesQuery);
  const [problem, setProblem] = useState<string | null>(null);
  const [offered, setOffered] = useState<string[]>([]);
  const form = useForm<Values, unknown, z.output<typeof schema>>({ resolver: checkedBy(schema), defaultValues: valuesOf(channel, language) });
  const { errors, isSubmitting, dirtyFields } = form.formState;
  const slug = useWatch({ control: form.control, name: 'slug' });
  const tags = tagsIn(useWatch({ control: form.control, name: 'tags' }));

  // A new channel's address follows its name until somebody writes another.
  function onName(name: string) {
    if (!channel && !dirtyFields.slug) form.setValue('slug', slugFrom(name));
  }

  async function submit(values: z.output<typeof schema>) {
    setProblem(null);
    setOffered([]);
    try {
      await onSubmit({ ...values, tags: tagsIn(values.tags), socialLinks: linksOfValues(values.socialLinks) });
      form.reset(values);
    } catch (error) {
      const code = error instanceof ApiError ? error.code : '';
      const field = code.startsWith('slug_') ? 'slug' : code === 'name_invalid' ? 'name' : code === 'tags_invalid' ? 'tags' : null;
      if (!field) {
        setProblem(explain(error));
        return;
      }
      setOffered(error instanceof ApiError ? (error.extras.suggestions ?? []) : []);
      form.setError(field, { message: explain(error) }, { shouldFocus: true });
    }
  }

  const known = categories.data?.items ?? [];
  const options = known.map((each) => ({ value: each.slug, label: categoryName(each.slug, each.name) }));
  const own = channel?.category ?? 'just-chatting';
  if (!known.some((each) => each.slug === own)) options.unshift({ value: own, label: categoryName(own) });

  return (
    <form noValidate onSubmit={(event) => void form.handleSubmit(submit)(event)} className="flex flex-col gap-5">
      <div className="grid gap-5 sm:grid-cols-2">
        <TextInput
          label={text('channel_form.name')}
          error={fieldText(errors.name)}
          {...form.register('name', { onChange: (event: { target: { value: string } }) => onName(event.target.value) })}
        />
        <div>
          <TextInput
            label={text('channel_form.slug')}
            hint={text('channel_form.slug_hint', { slug: slug === '' ? text('channel_form.slug_sample') : slug })}
            autoCapitalize="none"
            spellCheck={false}
            error={fieldText(errors.slug)}
            {...form.register('slug')}
          />
          {offered.length > 0 && (
            <div className="mt-2 flex flex-wrap items-center gap-2 text-sm">
              <span className="text-soft">{text('form.suggestions')}</span>
              {offered.map((each) => (
                <button
                  key={each}
                  type="button"
                  onClick={() => form.setValue('slug', each, { shouldDirty: true, shouldValidate: true })}
                  className="min-h-8 rounded-full border border-line-strong px-3 font-medium hover:bg-hover"
                >
                  {each}
                </button>
              ))}
            </div>
          )}
        </div>
      </div>
      <TextArea
        label={text('channel_form.description')}
        rows={4}
        maxLength={kLongestDescription}
        error={fieldText(errors.description)}
        {...form.register('description')}
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <Select label={text('stream.category')} options={options} error={fieldText(errors.category)} {...form.register('category')} />
        <Select label={text('channel_form.language')} options={languages} error={fieldText(errors.language)} {...form.register('language')} />
      </div>
      <div>
        <TextInput label={text('channel.tags')} hint={text('channel_form.tags_hint')} error={fieldText(errors.tags)} {...form.register('tags')} />
        {tags.length > 0 && (
          <ul aria-hidden="true" className="mt-2 flex flex-wrap gap-1.5">
            {tags.map((tag) => (
              <li key={tag} className="rounded-md bg-raised px-2 py-1 text-xs text-soft">
                {tag}
              </li>
            ))}
          </ul>
        )}
      </div>
      <Switch label={text('channel_form.public')} hint={text('channel_form.public_hint')} {...form.register('isPublic')} />
      <details className="group rounded-xl border border-line p-4" open={channel !== undefined && Object.values(channel.socialLinks).some(Boolean)}>
        <summary className="cursor-pointer text-sm font-medium">{text('social.title')}</summary>
        <div className="mt-4">
          <SocialLinksForm
            sites={kSocialSites}
            register={(site) => form.register(`socialLinks.${site}`)}
            errorOf={(site) => fieldText(errors.socialLinks?.[site])}
          />
        </div>
      </details>
      <FormProblem>{problem}</FormProblem>
      <SubmitButton busy={isSubmitting} className="self-start">
        {submitText}
      </SubmitButton>
    </form>
  );
}

function valuesOf(channel: Channel | undefined, language: string): Values {
  return {
    name: channel?.name ?? '',
    slug: channel?.slug ?? '',
    description: channel?.description ?? '',
    category: channel?.category ?? 'just-chatting',
    tags: channel?.tags.join(' ') ?? '',
    language: channel?.language ?? language,
    isPublic: channel?.isPublic ?? true,
    socialLinks: valuesOfLinks(channel?.socialLinks ?? {}),
  };
}
