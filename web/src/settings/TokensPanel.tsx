import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Bot, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import * as z from 'zod/mini';
import { useExplain } from '@/api/explain';
import { NotConfirmed, withRecentLogin } from '@/api/recent_login';
import { type BearerToken, createToken, type NewBearerToken, revokeToken, tokensQuery } from '@/api/security';
import { useFieldText } from '@/lib/field_text';
import { useNumbers, useText } from '@/lib/intl';
import { checkedBy, rules } from '@/lib/rules';
import { CopyField } from '@/ui/CopyField';
import { FormProblem } from '@/ui/FormProblem';
import { IconButton } from '@/ui/IconButton';
import { Panel } from '@/ui/Panel';
import { SubmitButton } from '@/ui/SubmitButton';
import { Switch } from '@/ui/Switch';
import { TextInput } from '@/ui/TextInput';
import { showToast } from '@/ui/toasts';
import { ListState } from './ListState';

const schema = z.object({ name: rules.name, write: z.boolean() });
type Values = z.input<typeof schema>;

/** Tokens for programs that act for somebody. */
export function TokensPanel() {
  const text = useText();
  const explain = useExplain();
  const client = useQueryClient();
  const tokens = useQuery(tokensQuery);
  const refresh = () => client.invalidateQueries({ queryKey: tokensQuery.queryKey });

  async function revoke(id: string) {
    try {
      await revokeToken(id);
      showToast(text('tokens.revoked'));
      await refresh();
    } catch (error) {
      showToast(explain(error), 'bad');
    }
  }

  return (
    <Panel title={text('tokens.title')} body={text('tokens.body')}>
      <ListState list={tokens} empty={text('tokens.none')}>
        {(items) => (
          <ul className="divide-y divide-line">
            {items.map((token) => (
              <TokenRow key={token.id} token={token} onRevoke={() => void revoke(token.id)} />
            ))}
          </ul>
        )}
      </ListState>
      <NewToken onMade={() => void refresh()} />
    </Panel>
  );
}

function TokenRow({ token, onRevoke }: { token: BearerToken; onRevoke: () => void }) {
  const text = useText();
  const { moment } = useNumbers();
  return (
    <li className="flex items-center gap-3 py-3 first:pt-0">
      <Bot className="size-5 shrink-0 text-faint" />
      <span className="min-w-0 flex-1">
        <span className="block truncate text-sm font-medium">
          {token.name} <span className="font-mono text-xs text-soft">{text('keys.ends', { end: token.lastFour })}</span>
        </span>
        <span className="block text-xs text-soft">
          <span className="mr-3">{text(token.scopes.includes('write') ? 'tokens.writes' : 'tokens.reads')}</span>
          {token.lastUsedAt ? text('keys.used', { when: moment(token.lastUsedAt), where: token.lastUsedAddress ?? '' }) : text('keys.unused')}
        </span>
      </span>
      <IconButton label={text('tokens.revoke', { name: token.name })} onClick={onRevoke}>
        <Trash2 className="size-4.5" />
      </IconButton>
    </li>
  );
}

function NewToken({ onMade }: { onMade: () => void }) {
  const text = useText();
  const fieldText = useFieldText();
  const explain = useExplain();
  const [made, setMade] = useState<NewBearerToken | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const form = useForm<Values, unknown, z.output<typeof schema>>({ resolver: checkedBy(schema), defaultValues: { name: '', write: false } });
  const { errors, isSubmitting } = form.formState;

  async function submit({ name, write }: Values) {
    setProblem(null);
    try {
      setMade(await withRecentLogin(() => createToken(name, write ? ['read', 'write'] : ['read'])));
      form.reset();
      onMade();
    } catch (error) {
      if (!(error instanceof NotConfirmed)) setProblem(explain(error));
    }
  }

  return (
    <form noValidate onSubmit={(event) => void form.handleSubmit(submit)(event)} className="mt-5 flex flex-col gap-4 border-t border-line pt-5">
      <TextInput label={text('tokens.name')} placeholder={text('tokens.name_sample')} maxLength={40} className="max-w-md" error={fieldText(errors.name)} {...form.register('name')} />
      <Switch label={text('tokens.write')} hint={text('tokens.write_hint')} {...form.register('write')} />
      <FormProblem>{problem}</FormProblem>
      <SubmitButton busy={isSubmitting} look="outline" className="self-start">
        {text('tokens.create')}
      </SubmitButton>
      {made && (
        <div>
          <p className="mb-2 text-sm text-soft">{text('tokens.made')}</p>
          <CopyField value={made.secret} what={made.token.name} />
        </div>
      )}
    </form>
  );
}
