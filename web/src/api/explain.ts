import { useText } from '@/lib/intl';
import type { MessageId } from '@/lib/words';
import { ApiError } from './client';

// The server's reasons are promises; these are the ones that a person can do something about.
const kReasons: Record<string, MessageId> = {
  unreachable: 'problem.unreachable',
  rate_limited: 'problem.rate_limited',
  too_many_tries: 'problem.rate_limited',
  logins_busy: 'problem.logins_busy',
  not_signed_in: 'problem.not_signed_in',
  not_allowed: 'problem.not_allowed',
  not_yours: 'problem.not_allowed',
  origin_refused: 'problem.origin_refused',
  registration_closed: 'problem.registration_closed',
  login_wrong: 'problem.wrong_login',
  password_wrong: 'problem.password_wrong',
  password_weak: 'problem.password_weak',
  second_factor_wrong: 'problem.code_wrong',
  second_factor_required: 'problem.code_required',
  account_disabled: 'problem.account_disabled',
  last_admin: 'problem.last_admin',
  email_taken: 'problem.email_taken',
  email_invalid: 'form.email_wrong',
  email_not_verified: 'problem.email_not_verified',
  link_expired: 'problem.link_dead',
  username_taken: 'problem.name_taken',
  username_reserved: 'problem.name_reserved',
  username_invalid: 'form.username_wrong',
  slug_taken: 'problem.name_taken',
  slug_reserved: 'problem.name_reserved',
  slug_invalid: 'form.slug_wrong',
  name_invalid: 'problem.name_invalid',
  display_name_invalid: 'problem.display_name_invalid',
  tags_invalid: 'problem.tags_invalid',
  category_unknown: 'problem.category_unknown',
  social_link_invalid: 'problem.social_link',
  too_many_channels: 'problem.too_many',
  too_many_keys: 'problem.too_many',
  too_many_tokens: 'problem.too_many',
  stream_key_none: 'problem.stream_key_none',
  no_ingest: 'problem.no_ingest',
  transition_illegal: 'problem.transition',
  too_many_prepared: 'problem.too_many',
  picture_type_unknown: 'problem.picture_invalid',
  picture_broken: 'problem.picture_invalid',
  worker_busy: 'problem.worker',
  worker_timed_out: 'problem.worker',
  worker_crashed: 'problem.picture_invalid',
  passkeys_unavailable: 'passkeys.impossible',
  passkey_unknown: 'problem.passkey_unknown',
  passkey_taken: 'problem.passkey_taken',
  too_many_passkeys: 'problem.too_many',
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
