import { useState } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import * as z from 'zod/mini';
import { onboard } from '@/api/auth';
import { ApiError } from '@/api/client';
import { useExplain } from '@/api/explain';
import type { Me } from '@/api/people';
import { useFieldText } from '@/lib/field_text';
import { useText } from '@/lib/intl';
import { checkedBy, kLongestBio, kLongestDisplayName, rules } from '@/lib/rules';
import { currentTheme } from '@/lib/theme';
import { useSpoken } from '@/lib/words';
import { FormProblem } from '@/ui/FormProblem';
import { SubmitButton } from '@/ui/SubmitButton';
import { TextArea } from '@/ui/TextArea';
import { TextInput } from '@/ui/TextInput';
import { useNameCheck } from './use_name_check';
import { UsernameInput } from './UsernameInput';

const schema = z.object({ username: rules.username, displayName: rules.longText(kLongestDisplayName), bio: rules.longText(kLongestBio) });
type Values = z.input<typeof schema>;

/** Who one is to others. Only the username has to be said. */
export function OnboardingForm({ me, onDone }: { me: Me; onDone: (me: Me) => void }) {
  const text = useText();
  const fieldText = useFieldText();
  const explain = useExplain();
  const { language } = useSpoken();
  const [problem, setProblem] = useState<string | null>(null);
  const [offered, setOffered] = useState<string[]>([]);
  const form = useForm<Values, unknown, z.output<typeof schema>>({
    resolver: checkedBy(schema),
    defaultValues: { username: me.username ?? '', displayName: me.displayName, bio: me.bio },
  });
  const { errors, isSubmitting } = form.formState;
  const username = useWatch({ control: form.control, name: 'username' });
  const check = useNameCheck(username, me.username);
  const shownCheck = offered.length > 0 && check.state === 'refused' ? { ...check, suggestions: offered } : check;

  function take(name: string) {
    setOffered([]);
    form.setValue('username', name, { shouldValidate: true, shouldDirty: true });
    form.setFocus('username');
  }

  async function submit(values: z.output<typeof schema>) {
    setProblem(null);
    try {
      const { bio, displayName } = values;
      onDone(await onboard({ username: values.username, displayName: displayName === '' ? values.username : displayName, ...(bio && { bio }), language, theme: currentTheme() }));
    } catch (error) {
      if (!(error instanceof ApiError) || !error.code.startsWith('username_')) {
        setProblem(explain(error));
        return;
      }
      setOffered(error.extras.suggestions ?? []);
      form.setError('username', { message: explain(error) }, { shouldFocus: true });
    }
  }

  return (
    <form noValidate onSubmit={(event) => void form.handleSubmit(submit)(event)} className="flex flex-col gap-5">
      <UsernameInput check={shownCheck} error={fieldText(errors.username)} onSuggestion={take} {...form.register('username')} />
      <TextInput
        label={text('form.display_name')}
        hint={text('form.display_name_hint')}
        autoComplete="nickname"
        error={fieldText(errors.displayName)}
        {...form.register('displayName')}
      />
      <TextArea label={text('form.bio')} rows={3} maxLength={kLongestBio} error={fieldText(errors.bio)} {...form.register('bio')} />
      <FormProblem>{problem}</FormProblem>
      <SubmitButton busy={isSubmitting}>{text('onboard.submit')}</SubmitButton>
    </form>
  );
}
