import { useState } from 'react';
import { useForm } from 'react-hook-form';
import * as z from 'zod/mini';
import { codeOf } from '@/api/client';
import { useExplain } from '@/api/explain';
import { register as registerAccount } from '@/api/auth';
import type { Me } from '@/api/people';
import { useFieldText } from '@/lib/field_text';
import { useText } from '@/lib/intl';
import { checkedBy, kShortestPassword, rules } from '@/lib/rules';
import { FormProblem } from '@/ui/FormProblem';
import { PasswordInput } from '@/ui/PasswordInput';
import { SubmitButton } from '@/ui/SubmitButton';
import { TextInput } from '@/ui/TextInput';

const schema = z.object({ email: rules.email, password: rules.newPassword });
type Values = z.input<typeof schema>;

/** Two fields and an account. The rest is asked later, or never. */
export function SignUpForm({ onDone, onMailSent }: { onDone: (me: Me) => void; onMailSent: (email: string) => void }) {
  const text = useText();
  const fieldText = useFieldText();
  const explain = useExplain();
  const [problem, setProblem] = useState<string | null>(null);
  const form = useForm<Values, unknown, z.output<typeof schema>>({ resolver: checkedBy(schema), defaultValues: { email: '', password: '' } });
  const { errors, isSubmitting } = form.formState;

  async function submit({ email, password }: Values) {
    setProblem(null);
    try {
      const { user } = await registerAccount(email, password);
      // Nobody: the address has to be proven first.
      if (user) onDone(user);
      else onMailSent(email);
    } catch (error) {
      if (codeOf(error) === 'email_taken') form.setError('email', { message: 'problem.email_taken' }, { shouldFocus: true });
      else if (codeOf(error).startsWith('password_')) form.setError('password', { message: 'problem.password_weak' }, { shouldFocus: true });
      else setProblem(explain(error));
    }
  }

  return (
    <form noValidate onSubmit={(event) => void form.handleSubmit(submit)(event)} className="flex flex-col gap-4">
      <TextInput label={text('form.email')} type="email" autoComplete="email" inputMode="email" error={fieldText(errors.email)} {...form.register('email')} />
      <PasswordInput
        label={text('form.password')}
        hint={text('form.password_hint', { count: kShortestPassword })}
        autoComplete="new-password"
        error={fieldText(errors.password)}
        {...form.register('password')}
      />
      <FormProblem>{problem}</FormProblem>
      <SubmitButton busy={isSubmitting} className="mt-1">
        {text('register.submit')}
      </SubmitButton>
    </form>
  );
}
