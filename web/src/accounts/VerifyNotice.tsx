import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { verifyEmail } from '@/api/auth';
import { useExplain } from '@/api/explain';
import { meQuery } from '@/api/people';
import { useText } from '@/lib/intl';
import { buttonClass } from '@/ui/Button';
import { FormProblem } from '@/ui/FormProblem';
import { Spinner } from '@/ui/Spinner';

/** The end of the link in the mail: proves the address and says so. */
export function VerifyNotice({ token }: { token: string }) {
  const text = useText();
  const explain = useExplain();
  const client = useQueryClient();
  const { mutate, isSuccess, isError, error } = useMutation({
    mutationFn: verifyEmail,
    onSuccess: () => client.invalidateQueries({ queryKey: meQuery.queryKey }),
  });
  useEffect(() => mutate(token), [mutate, token]);

  if (isSuccess) {
    return (
      <div className="flex flex-col gap-5">
        <p role="status" className="text-soft">
          {text('verify.done')}
        </p>
        <Link to="/" className={buttonClass()}>
          {text('verify.go_on')}
        </Link>
      </div>
    );
  }
  if (isError) return <FormProblem>{explain(error)}</FormProblem>;
  return (
    <p role="status" className="flex items-center gap-3 text-soft">
      <Spinner className="size-5" />
      {text('verify.working')}
    </p>
  );
}
