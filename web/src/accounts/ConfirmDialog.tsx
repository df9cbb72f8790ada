import { Fingerprint } from 'lucide-react';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import * as z from 'zod/mini';
import { confirmPassword } from '@/api/auth';
import { useExplain } from '@/api/explain';
import { confirmByPasskey } from '@/api/factors';
import { useFieldText } from '@/lib/field_text';
import { useText } from '@/lib/intl';
import { PasskeyRefused, passkeysPossible } from '@/lib/passkey';
import { checkedBy, rules } from '@/lib/rules';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { FormProblem } from '@/ui/FormProblem';
import { PasswordInput } from '@/ui/PasswordInput';
import { SubmitButton } from '@/ui/SubmitButton';

const schema = z.object({ password: rules.password });
type Values = z.output<typeof schema>;

export function ConfirmDialog({ onAnswer }: { onAnswer: (confirmed: boolean) => void }) {
  const text = useText();
  const fieldText = useFieldText();
  const explain = useExplain();
  const [problem, setProblem] = useState<string | null>(null);
  const form = useForm<Values, unknown, Values>({ resolver: checkedBy(schema), defaultValues: { password: '' } });
  const { errors, isSubmitting } = form.formState;

  async function submit({ password }: Values) {
    setProblem(null);
    try {
      await confirmPassword(password);
      onAnswer(true);
    } catch (error) {
      setProblem(explain(error));
    }
  }

  async function byPasskey() {
    setProblem(null);
    try {
      await confirmByPasskey();
      onAnswer(true);
    } catch (error) {
      setProblem(error instanceof PasskeyRefused ? text('passkeys.refused') : explain(error));
    }
  }

  return (
    <Dialog title={text('confirm.title')} body={text('confirm.body')} onClose={() => onAnswer(false)}>
      <form
        noValidate
        onSubmit={(event) => {
          // A dialog's events rise through React's tree: the form underneath is not meant.
          event.stopPropagation();
          void form.handleSubmit(submit)(event);
        }}
        className="flex flex-col gap-4"
      >
        <PasswordInput label={text('form.password')} autoComplete="current-password" error={fieldText(errors.password)} {...form.register('password')} />
        <FormProblem>{problem}</FormProblem>
        <SubmitButton busy={isSubmitting}>{text('confirm.submit')}</SubmitButton>
        {passkeysPossible() && (
          <Button look="outline" onClick={() => void byPasskey()}>
            <Fingerprint className="size-4.5" />
            {text('confirm.passkey')}
          </Button>
        )}
      </form>
    </Dialog>
  );
}
