import { useState } from 'react';
import { useForm } from 'react-hook-form';
import * as z from 'zod/mini';
import { codeOf } from '@/api/client';
import { useExplain } from '@/api/explain';
import { NotConfirmed, withRecentLogin } from '@/api/recent_login';
import { changePassword } from '@/api/security';
import { useFieldText } from '@/lib/field_text';
import { useText } from '@/lib/intl';
import { checkedBy, kShortestPassword, rules } from '@/lib/rules';
import { FormProblem } from '@/ui/FormProblem';
import { Panel } from '@/ui/Panel';
import { PasswordInput } from '@/ui/PasswordInput';
import { SubmitButton } from '@/ui/SubmitButton';
import { showToast } from '@/ui/toasts';

const schema = z.object({ password: rules.newPassword });
type Values = z.output<typeof schema>;

export function PasswordPanel() {
  const text = useText();
  const fieldText = useFieldText();
  const explain = useExplain();
  const [problem, setProblem] = useState<string | null>(null);
  const form = useForm<Values, unknown, Values>({ resolver: checkedBy(schema), defaultValues: { password: '' } });
  const { errors, isSubmitting } = form.formState;

  async function submit({ password }: Values) {
    setProblem(null);
    try {
      await withRecentLogin(() => changePassword(password));
      form.reset();
      showToast(text('security.password_saved'));
    } catch (error) {
      if (codeOf(error) === 'password_weak') form.setError('password', { message: 'problem.password_weak' }, { shouldFocus: true });
      else if (!(error instanceof NotConfirmed)) setProblem(explain(error));
    }
  }

  return (
    <Panel title={text('security.password')} body={text('security.password_body')}>
      <form noValidate onSubmit={(event) => void form.handleSubmit(submit)(event)} className="flex max-w-md flex-col gap-4">
        <PasswordInput
          label={text('reset.new_password')}
          hint={text('form.password_hint', { count: kShortestPassword })}
          autoComplete="new-password"
          error={fieldText(errors.password)}
          {...form.register('password')}
        />
        <FormProblem>{problem}</FormProblem>
        <SubmitButton busy={isSubmitting} look="outline" className="self-start">
          {text('reset.save')}
        </SubmitButton>
      </form>
    </Panel>
  );
}
