import { MailCheck } from 'lucide-react';
import { useState } from 'react';
import { sendVerification } from '@/api/auth';
import { useExplain } from '@/api/explain';
import type { Me } from '@/api/people';
import { useText } from '@/lib/intl';
import { Button } from '@/ui/Button';
import { showToast } from '@/ui/toasts';

/** Says that the address still waits for its mail, and sends that mail again. */
export function VerifyBanner({ me }: { me: Me }) {
  const text = useText();
  const explain = useExplain();
  const [sent, setSent] = useState(false);
  if (me.emailVerified) return null;

  async function again() {
    try {
      await sendVerification();
      setSent(true);
      showToast(text('verify.sent', { email: me.email }));
    } catch (error) {
      showToast(explain(error), 'bad');
    }
  }

  return (
    <div className="mb-6 flex flex-wrap items-center gap-3 rounded-xl border border-line bg-surface px-4 py-3 text-sm">
      <MailCheck className="size-5 text-ember-text" />
      <p className="min-w-48 flex-1">{text('verify.waiting', { email: me.email })}</p>
      <Button look="outline" disabled={sent} onClick={() => void again()}>
        {text(sent ? 'verify.sent_short' : 'verify.again')}
      </Button>
    </div>
  );
}
