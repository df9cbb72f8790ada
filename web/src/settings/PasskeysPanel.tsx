import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Fingerprint, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import * as z from 'zod/mini';
import { useExplain } from '@/api/explain';
import { addPasskey, factorsQuery, removePasskey } from '@/api/factors';
import { NotConfirmed, withRecentLogin } from '@/api/recent_login';
import { useFieldText } from '@/lib/field_text';
import { useNumbers, useText } from '@/lib/intl';
import { PasskeyRefused, passkeysPossible } from '@/lib/passkey';
import { checkedBy, rules } from '@/lib/rules';
import { FormProblem } from '@/ui/FormProblem';
import { IconButton } from '@/ui/IconButton';
import { Panel } from '@/ui/Panel';
import { SubmitButton } from '@/ui/SubmitButton';
import { TextInput } from '@/ui/TextInput';
import { showToast } from '@/ui/toasts';

const schema = z.object({ name: rules.name });

/** Passkeys: a finger or a key in place of password and code. */
export function PasskeysPanel() {
  const text = useText();
  const fieldText = useFieldText();
  const { moment } = useNumbers();
  const explain = useExplain();
  const client = useQueryClient();
  const factors = useQuery(factorsQuery);
  const [problem, setProblem] = useState<string | null>(null);
  const form = useForm<z.input<typeof schema>, unknown, z.output<typeof schema>>({ resolver: checkedBy(schema), defaultValues: { name: '' } });
  const { errors, isSubmitting } = form.formState;

  async function guarded(act: () => Promise<unknown>, done: string) {
    setProblem(null);
    try {
      await withRecentLogin(act);
      showToast(done);
      form.reset();
      await client.invalidateQueries({ queryKey: factorsQuery.queryKey });
    } catch (error) {
      if (error instanceof PasskeyRefused) setProblem(text('passkeys.refused'));
      else if (!(error instanceof NotConfirmed)) setProblem(explain(error));
    }
  }

  const passkeys = factors.data?.passkeys ?? [];
  return (
    <Panel title={text('passkeys.title')} body={text('passkeys.body')}>
      <ul className="divide-y divide-line">
        {passkeys.map((passkey) => (
          <li key={passkey.id} className="flex items-center gap-3 py-3 first:pt-0">
            <Fingerprint className="size-5 shrink-0 text-faint" />
            <span className="min-w-0 flex-1">
              <span className="block truncate text-sm font-medium">{passkey.name}</span>
              <span className="block text-xs text-soft">
                {passkey.lastUsedAt ? text('passkeys.used', { when: moment(passkey.lastUsedAt) }) : text('keys.unused')}
              </span>
            </span>
            <IconButton
              label={text('passkeys.remove', { name: passkey.name })}
              onClick={() => void guarded(() => removePasskey(passkey.id), text('passkeys.removed'))}
            >
              <Trash2 className="size-4.5" />
            </IconButton>
          </li>
        ))}
      </ul>
      {passkeysPossible() ? (
        <form
          noValidate
          onSubmit={(event) => void form.handleSubmit(({ name }) => guarded(() => addPasskey(name), text('passkeys.added')))(event)}
          className="flex flex-wrap items-end gap-3 pt-2"
        >
          <TextInput
            label={text('passkeys.name')}
            placeholder={text('passkeys.name_sample')}
            className="min-w-48 flex-1 sm:max-w-md"
            error={fieldText(errors.name)}
            {...form.register('name')}
          />
          <SubmitButton busy={isSubmitting} look="outline" className="min-h-11">
            {text('passkeys.add')}
          </SubmitButton>
        </form>
      ) : (
        <p className="text-sm text-soft">{text('passkeys.impossible')}</p>
      )}
      <div className="mt-3">
        <FormProblem>{problem}</FormProblem>
      </div>
    </Panel>
  );
}
