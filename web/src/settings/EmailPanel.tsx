import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import * as z from 'zod/mini';
import { codeOf } from '@/api/client';
import { useExplain } from '@/api/explain';
import { type Me, meQuery } from '@/api/people';
import { NotConfirmed, withRecentLogin } from '@/api/recent_login';
import { changeEmail } from '@/api/security';
import { useFieldText } from '@/lib/field_text';
import { useText } from '@/lib/intl';
import { checkedBy, rules } from '@/lib/rules';
import { FormProblem } from '@/ui/FormProblem';
import { Panel } from '@/ui/Panel';
import { SubmitButton } from '@/ui/SubmitButton';
import { TextInput } from '@/ui/TextInput';
import { showToast } from '@/ui/toasts';

const schema = z.object({ email: rules.email });

export function EmailPanel({ me }: { me: Me }) {
  const text = useText();
  const fieldText = useFieldText();
  const explain = useExplain();
  const client = useQueryClient();
  const [problem, setProblem] = useState<string | null>(null);
  const form = useForm<z.input<typeof schema>, unknown, z.output<typeof schema>>({ resolver: checkedBy(schema), defaultValues: { email: '' } });
  const { errors, isSubmitting } = form.formState;

  async function submit({ email }: { email: string }) {
    setProblem(null);
    try {
      await withRecentLogin(() => changeEmail(email));
      form.reset();
      await client.invalidateQueries({ queryKey: meQuery.queryKey });
      showToast(text('security.email_saved', { email }));
    } catch (error) {
      if (codeOf(error).startsWith('email_')) form.setError('email', { message: explain(error) }, { shouldFocus: true });
      else if (!(error instanceof NotConfirmed)) setProblem(explain(error));
    }
  }

  return (
    <Panel title={text('form.email')} body={text(me.emailVerified ? 'security.email_verified' : 'security.email_unverified', { email: me.email })}>
      <form noValidate onSubmit={(event) => void form.handleSubmit(submit)(event)} className="flex max-w-md flex-col gap-4">
        <TextInput label={text('security.email_new')} type="email" autoComplete="email" error={fieldText(errors.email)} {...form.register('email')} />
        <FormProblem>{problem}</FormProblem>
        <SubmitButton busy={isSubmitting} look="outline" className="self-start">
          {text('security.email_save')}
        </SubmitButton>
      </form>
    </Panel>
  );
}
