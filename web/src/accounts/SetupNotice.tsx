import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useExplain } from '@/api/explain';
import { type Me, meQuery, nameOf } from '@/api/people';
import { claimSetup } from '@/api/security';
import { useText } from '@/lib/intl';
import { Button, buttonClass } from '@/ui/Button';
import { FormProblem } from '@/ui/FormProblem';

/** The end of the link on the server's terminal: makes this account the first admin. */
export function SetupNotice({ me, token }: { me: Me; token: string }) {
  const text = useText();
  const explain = useExplain();
  const client = useQueryClient();
  const claim = useMutation({
    mutationFn: () => claimSetup(token),
    onSuccess: () => client.invalidateQueries({ queryKey: meQuery.queryKey }),
  });
  if (claim.isSuccess) {
    return (
      <div className="flex flex-col gap-5">
        <p role="status" className="text-soft">
          {text('setup.done')}
        </p>
        <Link to="/dashboard" className={buttonClass()}>
          {text('verify.go_on')}
        </Link>
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      <p className="leading-relaxed text-soft">{text('setup.body', { name: nameOf(me) })}</p>
      {claim.isError && <FormProblem>{explain(claim.error)}</FormProblem>}
      <Button disabled={claim.isPending} onClick={() => claim.mutate()}>
        {text('setup.submit')}
      </Button>
    </div>
  );
}
