// Getting in and out, and proving who one is.
import { send } from './client';
import type { Me } from './people';
import type { Schemas } from './types';

/** `user` is null after a registration whose address has to be proven first. */
type Entered = Schemas['Entered'];

export const register = (email: string, password: string) => send<Entered>('POST', '/api/auth/register', { email, password });
export const login = (who: { login: string; password: string; code?: string }) => send<{ user: Me }>('POST', '/api/auth/login', who);
export const logout = () => send<undefined>('POST', '/api/auth/logout');
export const onboard = (profile: { username: string; displayName: string; bio?: string; language?: string; theme?: string }) =>
  send<Me>('POST', '/api/auth/onboard', profile);
export const verifyEmail = (token: string) => send<undefined>('POST', '/api/auth/verify', { token });
/** Without an address: one's own. */
export const sendVerification = (email?: string) => send<undefined>('POST', '/api/auth/verify/send', email === undefined ? {} : { email });
export const askReset = (email: string) => send<undefined>('POST', '/api/auth/reset/ask', { email });
export const resetPassword = (token: string, password: string) => send<undefined>('POST', '/api/auth/reset', { token, password });
export const confirmPassword = (password: string) => send<undefined>('POST', '/api/auth/confirm', { password });
