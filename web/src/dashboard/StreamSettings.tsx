import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useForm } from 'react-hook-form';
import * as z from 'zod/mini';
import { categoriesQuery, changeChannel, changeStream, prepareStream, type StartsWith } from '@/api/channels';
import { useExplain } from '@/api/explain';
import type { Channel } from '@/api/types';
import { useFieldText } from '@/lib/field_text';
import { useText } from '@/lib/intl';
import { checkedBy, rules } from '@/lib/rules';
import { useCategoryName } from '@/lib/use_category_name';
import type { MessageId } from '@/lib/words';
import { FormProblem } from '@/ui/FormProblem';
import { Select } from '@/ui/Select';
import { SubmitButton } from '@/ui/SubmitButton';
import { Switch } from '@/ui/Switch';
import { TextArea } from '@/ui/TextArea';
import { TextInput } from '@/ui/TextInput';
import { showToast } from '@/ui/toasts';
import { phaseOf } from './stream_phase';

const kLongestTitle = 140;
const tooLong = 'form.too_long' satisfies MessageId;
const schema = z.object({ title: rules.some.check(z.maxLength(kLongestTitle, tooLong)), category: rules.longText(50), description: rules.longText(2000) });
type Values = z.input<typeof schema>;

const valuesOf = ({ stream, category }: Channel): Values => ({
  title: stream?.title ?? '',
  category: [stream?.category, category].find((each) => each) ?? '',
  description: stream?.description ?? '',
});

/** What the broadcast is called: the one on air, or the next. */
export function StreamSettings({ channel, onChanged }: { channel: Channel; onChanged: () => void }) {
  const text = useText();
  const fieldText = useFieldText();
  const explain = useExplain();
  const categoryName = useCategoryName();
  const categories = useQuery(categoriesQuery);
  const [problem, setProblem] = useState<string | null>(null);
  const form = useForm<Values, unknown, z.output<typeof schema>>({ resolver: checkedBy(schema), defaultValues: valuesOf(channel) });
  const { errors, isSubmitting, isDirty } = form.formState;
  const phase = phaseOf(channel.stream);
  const changes = channel.stream && phase !== 'ending' && phase !== 'archived' ? channel.stream : null;

  // Another broadcast has other words. What somebody is writing at the moment stays.
  const streamId = changes?.id;
  useEffect(() => {
    if (!form.formState.isDirty) form.reset(valuesOf(channel));
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [streamId, channel.slug]);

  async function submit(values: Values) {
    setProblem(null);
    try {
      await (changes ? changeStream(changes.id, values) : prepareStream(channel.slug, values));
      form.reset(values);
      showToast(text(changes ? 'stream.saved' : 'stream.prepared'));
      onChanged();
    } catch (error) {
      setProblem(explain(error));
    }
  }

  async function startWith(startsWith: StartsWith) {
    try {
      await changeChannel(channel.slug, { startsWith });
      onChanged();
    } catch (error) {
      setProblem(explain(error));
    }
  }

  const known = categories.data?.items ?? [];
  const options = known.map(({ slug, name }) => ({ value: slug, label: categoryName(slug, name) }));
  const own = form.getValues('category');
  if (own !== '' && !known.some(({ slug }) => slug === own)) options.unshift({ value: own, label: categoryName(own) });

  return (
    <form noValidate onSubmit={(event) => void form.handleSubmit(submit)(event)} className="flex flex-col gap-4">
      <TextInput
        label={text('stream.title')}
        placeholder={text('channel.untitled', { name: channel.name })}
        maxLength={kLongestTitle}
        error={fieldText(errors.title)}
        {...form.register('title')}
      />
      <Select label={text('stream.category')} options={options} error={fieldText(errors.category)} {...form.register('category')} />
      <TextArea label={text('stream.description')} rows={3} error={fieldText(errors.description)} {...form.register('description')} />
      <FormProblem>{problem}</FormProblem>
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton busy={isSubmitting} look={isDirty ? 'solid' : 'outline'}>
          {text(changes ? 'action.save' : 'stream.prepare')}
        </SubmitButton>
      </div>
      <div className="border-t border-line pt-4">
        <Switch
          label={text('stream.preview_first')}
          hint={text('stream.preview_first_hint')}
          checked={channel.startsWith === 'preview'}
          onChange={(event) => void startWith(event.target.checked ? 'preview' : 'auto')}
        />
      </div>
    </form>
  );
}
