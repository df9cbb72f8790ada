import { useText } from '@/lib/intl';
import type { MessageId } from '@/lib/words';
import { ApiError } from './client';

// The server's reasons are promises; these are the ones that a person can do something about.
const kReasons: Record<string, MessageId> = {
  unreachable: 'problem.unreachable',
  rate_limited: 'problem.rate_limited',
  too_many_requests: 'problem.rate_limited',
  too_many_tries: 'problem.rate_limited',
  not_signed_in: 'problem.not_signed_in',
  not_allowed: 'problem.not_allowed',
  not_yours: 'problem.not_allowed',
  origin_refused: 'problem.origin_refused',
  wrong_login: 'problem.wrong_login',
  login_wrong: 'problem.wrong_login',
  password_wrong: 'problem.password_wrong',
  wrong_password: 'problem.password_wrong',
  code_wrong: 'problem.code_wrong',
  second_factor_wrong: 'problem.code_wrong',
  second_factor_required: 'problem.code_required',
  email_taken: 'problem.email_taken',
  email_invalid: 'form.email_wrong',
  password_weak: 'problem.password_weak',
  username_taken: 'problem.name_taken',
  username_reserved: 'problem.name_reserved',
  username_invalid: 'form.username_wrong',
  slug_taken: 'problem.name_taken',
  slug_reserved: 'problem.name_reserved',
  slug_invalid: 'form.slug_wrong',
  token_invalid: 'problem.link_dead',
  link_expired: 'problem.link_dead',
  account_disabled: 'problem.account_disabled',
  no_ingest: 'problem.no_ingest',
  picture_invalid: 'problem.picture_invalid',
  picture_too_large: 'problem.picture_too_large',
  body_too_large: 'problem.picture_too_large',
};

/** A refusal as a sentence for whoever was refused. */
export function useExplain(): (error: unknown) => string {
  const text = useText();
  return (error) => {
    if (!(error instanceof ApiError)) return text('problem.unknown', { code: 'page' });
    const reason = kReasons[error.code];
    if (reason) return text(reason);
    return text('problem.unknown', { code: error.code });
  };
}
