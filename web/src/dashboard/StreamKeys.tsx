import { useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import * as z from 'zod/mini';
import { addStreamKey, deleteStreamKey, type StreamKey, streamKeysQuery } from '@/api/channels';
import { useExplain } from '@/api/explain';
import { NotConfirmed, withRecentLogin } from '@/api/recent_login';
import { useFieldText } from '@/lib/field_text';
import { useNumbers, useText } from '@/lib/intl';
import { checkedBy, rules } from '@/lib/rules';
import { Button } from '@/ui/Button';
import { CopyField } from '@/ui/CopyField';
import { FormProblem } from '@/ui/FormProblem';
import { IconButton } from '@/ui/IconButton';
import { Skeleton } from '@/ui/Skeleton';
import { SubmitButton } from '@/ui/SubmitButton';
import { TextInput } from '@/ui/TextInput';
import { showToast } from '@/ui/toasts';

const schema = z.object({ name: rules.name });

/** All keys of a channel: one for each encoder or guest, so that one can be taken away alone. */
export function StreamKeys({ slug }: { slug: string }) {
  const text = useText();
  const { moment } = useNumbers();
  const explain = useExplain();
  const client = useQueryClient();
  const keys = useQuery(streamKeysQuery(slug));
  const refresh = () => client.invalidateQueries({ queryKey: streamKeysQuery(slug).queryKey });

  async function remove(id: string) {
    try {
      await withRecentLogin(() => deleteStreamKey(slug, id));
      showToast(text('keys.deleted'));
      await refresh();
    } catch (error) {
      if (!(error instanceof NotConfirmed)) showToast(explain(error), 'bad');
    }
  }

  return (
    <div className="flex flex-col gap-5">
      {keys.isPending && <Skeleton className="h-16" />}
      {keys.isLoadingError && (
        <div className="flex flex-wrap items-center gap-3">
          <FormProblem>{explain(keys.error)}</FormProblem>
          <Button look="outline" onClick={() => void keys.refetch()}>
            {text('action.retry')}
          </Button>
        </div>
      )}
      {keys.data?.items.length === 0 && <p className="text-sm text-soft">{text('keys.none')}</p>}
      <ul className="divide-y divide-line">
        {keys.data?.items.map((key) => (
          <li key={key.id} className="flex items-center gap-3 py-3 first:pt-0">
            <KeyRound className="size-5 shrink-0 text-faint" />
            <span className="min-w-0 flex-1">
              <span className="block truncate text-sm font-medium">
                {key.name} <span className="font-mono text-xs text-soft">{text('keys.ends', { end: key.lastFour })}</span>
              </span>
              <span className="block text-xs text-soft">
                {key.lastUsedAt ? text('keys.used', { when: moment(key.lastUsedAt), where: key.lastUsedAddress ?? '' }) : text('keys.unused')}
              </span>
            </span>
            <IconButton label={text('keys.delete', { name: key.name })} onClick={() => void remove(key.id)}>
              <Trash2 className="size-4.5" />
            </IconButton>
          </li>
        ))}
      </ul>
      <AddKey slug={slug} onAdded={() => void refresh()} />
    </div>
  );
}

function AddKey({ slug, onAdded }: { slug: string; onAdded: () => void }) {
  const text = useText();
  const fieldText = useFieldText();
  const explain = useExplain();
  const [made, setMade] = useState<StreamKey | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const form = useForm<z.input<typeof schema>, unknown, z.output<typeof schema>>({ resolver: checkedBy(schema), defaultValues: { name: '' } });
  const { errors, isSubmitting } = form.formState;

  async function submit({ name }: { name: string }) {
    setProblem(null);
    try {
      setMade(await withRecentLogin(() => addStreamKey(slug, name)));
      form.reset();
      onAdded();
    } catch (error) {
      if (!(error instanceof NotConfirmed)) setProblem(explain(error));
    }
  }

  return (
    <form noValidate onSubmit={(event) => void form.handleSubmit(submit)(event)} className="flex flex-col gap-3 border-t border-line pt-5">
      <div className="flex flex-wrap items-end gap-3">
        <TextInput
          label={text('keys.new_name')}
          placeholder={text('keys.new_sample')}
          className="min-w-48 flex-1"
          error={fieldText(errors.name)}
          {...form.register('name')}
        />
        <SubmitButton busy={isSubmitting} look="outline" className="min-h-11">
          {text('keys.add')}
        </SubmitButton>
      </div>
      <FormProblem>{problem}</FormProblem>
      {made && (
        <div>
          <p className="mb-2 text-sm text-soft">{text('keys.made', { name: made.name })}</p>
          <CopyField value={made.key} what={text('key.title')} />
        </div>
      )}
    </form>
  );
}
