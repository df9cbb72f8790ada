import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import * as z from 'zod/mini';
import { useExplain } from '@/api/explain';
import { beginTotp, confirmTotp, endTotp, factorsQuery, renewRecoveryCodes, type TotpBegun } from '@/api/factors';
import { meQuery } from '@/api/people';
import { NotConfirmed, withRecentLogin } from '@/api/recent_login';
import { useFieldText } from '@/lib/field_text';
import { useText } from '@/lib/intl';
import { checkedBy, rules } from '@/lib/rules';
import { Button } from '@/ui/Button';
import { CopyField } from '@/ui/CopyField';
import { FormProblem } from '@/ui/FormProblem';
import { Panel } from '@/ui/Panel';
import { QrCode } from '@/ui/QrCode';
import { SubmitButton } from '@/ui/SubmitButton';
import { TextInput } from '@/ui/TextInput';
import { showToast } from '@/ui/toasts';

const schema = z.object({ code: rules.some });

/** Codes of an app as a second proof, and the codes on paper for when it is lost. */
export function TotpPanel() {
  const text = useText();
  const explain = useExplain();
  const client = useQueryClient();
  const factors = useQuery(factorsQuery);
  const [begun, setBegun] = useState<TotpBegun | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const on = factors.data?.totp ?? false;

  async function guarded(act: () => Promise<void>) {
    setProblem(null);
    try {
      await withRecentLogin(act);
      await client.invalidateQueries({ queryKey: factorsQuery.queryKey });
      await client.invalidateQueries({ queryKey: meQuery.queryKey });
    } catch (error) {
      if (!(error instanceof NotConfirmed)) setProblem(explain(error));
    }
  }

  const begin = () => guarded(async () => setBegun(await beginTotp()));
  const renew = () => guarded(async () => setCodes((await renewRecoveryCodes()).recoveryCodes));
  const end = () =>
    guarded(async () => {
      await endTotp();
      setCodes(null);
      showToast(text('totp.ended'));
    });
  function confirmed(made: string[]) {
    setBegun(null);
    setCodes(made);
    showToast(text('totp.on'));
    void client.invalidateQueries({ queryKey: factorsQuery.queryKey });
    void client.invalidateQueries({ queryKey: meQuery.queryKey });
  }

  return (
    <Panel title={text('totp.title')} body={text('totp.body')}>
      <div className="flex flex-col items-start gap-4">
        {on && <p className="text-sm font-medium text-ok">{text('totp.left', { count: factors.data?.recoveryCodesLeft ?? 0 })}</p>}
        {begun && <Setup begun={begun} onDone={confirmed} />}
        {codes && (
          <div className="w-full rounded-xl border border-line p-4">
            <p className="mb-3 text-sm">{text('totp.codes')}</p>
            <CopyField value={codes.join(' ')} what={text('totp.codes_what')} />
          </div>
        )}
        <FormProblem>{problem}</FormProblem>
        {factors.isError && <FormProblem>{explain(factors.error)}</FormProblem>}
        {factors.data && !on && !begun && (
          <Button look="outline" onClick={() => void begin()}>
            {text('totp.begin')}
          </Button>
        )}
        {on && (
          <div className="flex flex-wrap gap-3">
            <Button look="outline" onClick={() => void renew()}>
              {text('totp.renew')}
            </Button>
            <Button look="danger" onClick={() => void end()}>
              {text('totp.end')}
            </Button>
          </div>
        )}
      </div>
    </Panel>
  );
}

function Setup({ begun, onDone }: { begun: TotpBegun; onDone: (codes: string[]) => void }) {
  const text = useText();
  const fieldText = useFieldText();
  const explain = useExplain();
  const form = useForm<z.input<typeof schema>, unknown, z.output<typeof schema>>({ resolver: checkedBy(schema), defaultValues: { code: '' } });
  const { errors, isSubmitting } = form.formState;

  async function submit({ code }: { code: string }) {
    try {
      onDone((await confirmTotp(code.replaceAll(' ', ''))).recoveryCodes);
    } catch (error) {
      form.setError('code', { message: explain(error) }, { shouldFocus: true });
    }
  }

  return (
    <div className="grid w-full gap-5 sm:grid-cols-[12rem_1fr]">
      <QrCode text={begun.uri} label={text('totp.qr')} className="w-48 rounded-xl" />
      <div className="flex min-w-0 flex-col gap-4">
        <div>
          <p className="mb-2 text-sm text-soft">{text('totp.scan')}</p>
          <CopyField value={begun.secret} what={text('totp.secret')} />
        </div>
        <form noValidate onSubmit={(event) => void form.handleSubmit(submit)(event)} className="flex flex-col gap-3">
          <TextInput label={text('totp.code')} inputMode="numeric" autoComplete="one-time-code" mono error={fieldText(errors.code)} {...form.register('code')} />
          <SubmitButton busy={isSubmitting} className="self-start">
            {text('totp.confirm')}
          </SubmitButton>
        </form>
      </div>
    </div>
  );
}
