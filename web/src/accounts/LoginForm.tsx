import { useState } from 'react';
import { useForm } from 'react-hook-form';
import * as z from 'zod/mini';
import { login } from '@/api/auth';
import { codeOf } from '@/api/client';
import { useExplain } from '@/api/explain';
import type { Me } from '@/api/people';
import { useFieldText } from '@/lib/field_text';
import { useText } from '@/lib/intl';
import { checkedBy, rules } from '@/lib/rules';
import { Button } from '@/ui/Button';
import { FormProblem } from '@/ui/FormProblem';
import { PasswordInput } from '@/ui/PasswordInput';
import { SubmitButton } from '@/ui/SubmitButton';
import { TextInput } from '@/ui/TextInput';

const kFirst = z.object({ login: rules.some, password: rules.password });
type First = z.output<typeof kFirst>;
const kSecond = z.object({ code: rules.some });

/** A password, and where the account wants it, a code behind it. */
export function LoginForm({ onDone }: { onDone: (me: Me) => void }) {
  const [first, setFirst] = useState<First | null>(null);
  if (first) return <CodeStep first={first} onDone={onDone} onBack={() => setFirst(null)} />;
  return <PasswordStep onDone={onDone} onCodeWanted={setFirst} />;
}

function PasswordStep({ onDone, onCodeWanted }: { onDone: (me: Me) => void; onCodeWanted: (first: First) => void }) {
  const text = useText();
  const fieldText = useFieldText();
  const explain = useExplain();
  const [problem, setProblem] = useState<string | null>(null);
  const form = useForm<z.input<typeof kFirst>, unknown, First>({ resolver: checkedBy(kFirst), defaultValues: { login: '', password: '' } });
  const { errors, isSubmitting } = form.formState;

  async function submit(first: First) {
    setProblem(null);
    try {
      onDone((await login(first)).user);
    } catch (error) {
      if (codeOf(error) === 'second_factor_required') onCodeWanted(first);
      else setProblem(explain(error));
    }
  }

  return (
    <form noValidate onSubmit={(event) => void form.handleSubmit(submit)(event)} className="flex flex-col gap-4">
      <TextInput
        label={text('login.login')}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        error={fieldText(errors.login)}
        {...form.register('login')}
      />
      <PasswordInput label={text('form.password')} autoComplete="current-password" error={fieldText(errors.password)} {...form.register('password')} />
      <FormProblem>{problem}</FormProblem>
      <SubmitButton busy={isSubmitting} className="mt-1">
        {text('login.submit')}
      </SubmitButton>
    </form>
  );
}

function CodeStep({ first, onDone, onBack }: { first: First; onDone: (me: Me) => void; onBack: () => void }) {
  const text = useText();
  const fieldText = useFieldText();
  const explain = useExplain();
  const [problem, setProblem] = useState<string | null>(null);
  const form = useForm<z.input<typeof kSecond>, unknown, z.output<typeof kSecond>>({ resolver: checkedBy(kSecond), defaultValues: { code: '' } });
  const { errors, isSubmitting } = form.formState;

  async function submit({ code }: { code: string }) {
    setProblem(null);
    try {
      onDone((await login({ ...first, code: code.replaceAll(' ', '') })).user);
    } catch (error) {
      setProblem(explain(error));
      form.setFocus('code', { shouldSelect: true });
    }
  }

  return (
    <form noValidate onSubmit={(event) => void form.handleSubmit(submit)(event)} className="flex flex-col gap-4">
      <TextInput
        label={text('login.code')}
        hint={text('login.code_hint')}
        autoComplete="one-time-code"
        // The reader just asked for this step; the code is all there is to do.
        // eslint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        mono
        error={fieldText(errors.code)}
        {...form.register('code')}
      />
      <FormProblem>{problem}</FormProblem>
      <SubmitButton busy={isSubmitting} className="mt-1">
        {text('login.submit')}
      </SubmitButton>
      <Button look="quiet" onClick={onBack}>
        {text('action.back')}
      </Button>
    </form>
  );
}
