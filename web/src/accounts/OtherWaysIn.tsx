import { useQuery } from '@tanstack/react-query';
import { Fingerprint } from 'lucide-react';
import { useState } from 'react';
import { useExplain } from '@/api/explain';
import { loginByPasskey, providersQuery } from '@/api/factors';
import type { Me } from '@/api/people';
import { useText } from '@/lib/intl';
import { PasskeyRefused, passkeysPossible } from '@/lib/passkey';
import { Button, buttonClass } from '@/ui/Button';
import { FormProblem } from '@/ui/FormProblem';

interface OtherWaysInProps {
  /** A path of this site to come back to. */
  next: string;
  onDone: (me: Me) => void;
}

/** A passkey, or somebody else's word: the providers that the operator set up. */
export function OtherWaysIn({ next, onDone }: OtherWaysInProps) {
  const text = useText();
  const explain = useExplain();
  const providers = useQuery(providersQuery);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const oidc = providers.data?.oidc ?? [];
  if (oidc.length === 0 && !passkeysPossible()) return null;

  async function enter() {
    setBusy(true);
    setProblem(null);
    try {
      onDone((await loginByPasskey()).user);
    } catch (error) {
      setProblem(error instanceof PasskeyRefused ? text('passkeys.refused') : explain(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <div className="mt-6 flex flex-col gap-3">
      <p className="flex items-center gap-3 text-xs text-faint before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">{text('login.or')}</p>
      {passkeysPossible() && (
        <Button look="outline" disabled={busy} onClick={() => void enter()}>
          <Fingerprint className="size-4.5" />
          {text('login.passkey')}
        </Button>
      )}
      {oidc.map((provider) => (
        // Not a page of the app: the server sends the browser on to the provider.
        <a key={provider.name} href={`${provider.startUrl}?next=${encodeURIComponent(next)}`} className={buttonClass('outline')}>
          {text('login.with', { provider: provider.title })}
        </a>
      ))}
      <FormProblem>{problem}</FormProblem>
    </div>
  );
}
