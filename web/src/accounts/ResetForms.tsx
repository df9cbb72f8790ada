import { useState } from 'react';
import { useForm } from 'react-hook-form';
import * as z from 'zod/mini';
import { askReset, resetPassword } from '@/api/auth';
import { useExplain } from '@/api/explain';
import { useFieldText } from '@/lib/field_text';
import { useText } from '@/lib/intl';
import { checkedBy, kShortestPassword, rules } from '@/lib/rules';
import { FormProblem } from '@/ui/FormProblem';
import { PasswordInput } from '@/ui/PasswordInput';
import { SubmitButton } from '@/ui/SubmitButton';
import { TextInput } from '@/ui/TextInput';

const kAsk = z.object({ email: rules.email });
const kChoose = z.object({ password: rules.newPassword });

/** Asks for the mail. It says the same whether or not anybody has that address. */
export function AskResetForm({ onDone }: { onDone: (email: string) => void }) {
  const text = useText();
  const fieldText = useFieldText();
  const explain = useExplain();
  const [problem, setProblem] = useState<string | null>(null);
  const form = useForm<z.input<typeof kAsk>, unknown, z.output<typeof kAsk>>({ resolver: checkedBy(kAsk), defaultValues: { email: '' } });
  const { errors, isSubmitting } = form.formState;

  async function submit({ email }: { email: string }) {
    setProblem(null);
    try {
      await askReset(email);
      onDone(email);
    } catch (error) {
      setProblem(explain(error));
    }
  }

  return (
    <form noValidate onSubmit={(event) => void form.handleSubmit(submit)(event)} className="flex flex-col gap-4">
      <TextInput label={text('form.email')} type="email" autoComplete="email" error={fieldText(errors.email)} {...form.register('email')} />
      <FormProblem>{problem}</FormProblem>
      <SubmitButton busy={isSubmitting}>{text('reset.ask')}</SubmitButton>
    </form>
  );
}

export function ChoosePasswordForm({ token, onDone }: { token: string; onDone: () => void }) {
  const text = useText();
  const fieldText = useFieldText();
  const explain = useExplain();
  const [problem, setProblem] = useState<string | null>(null);
  const form = useForm<z.input<typeof kChoose>, unknown, z.output<typeof kChoose>>({ resolver: checkedBy(kChoose), defaultValues: { password: '' } });
  const { errors, isSubmitting } = form.formState;

  async function submit({ password }: { password: string }) {
    setProblem(null);
    try {
      await resetPassword(token, password);
      onDone();
    } catch (error) {
      setProblem(explain(error));
    }
  }

  return (
    <form noValidate onSubmit={(event) => void form.handleSubmit(submit)(event)} className="flex flex-col gap-4">
      <PasswordInput
        label={text('reset.new_password')}
        hint={text('form.password_hint', { count: kShortestPassword })}
        autoComplete="new-password"
        error={fieldText(errors.password)}
        {...form.register('password')}
      />
      <FormProblem>{problem}</FormProblem>
      <SubmitButton busy={isSubmitting}>{text('reset.save')}</SubmitButton>
    </form>
  );
}
