import { lazy, Suspense, useSyncExternalStore } from 'react';
import { questions } from '@/api/recent_login';
import { learnPeople } from '@/lib/words';

const ConfirmDialog = lazy(async () => {
  const [module] = await Promise.all([import('./ConfirmDialog'), learnPeople()]);
  return { default: module.ConfirmDialog };
});

/** Asks for the password when something wants a recent login (see api/recent_login.ts). */
export function ConfirmLogin() {
  const question = useSyncExternalStore(questions.subscribe, questions.current);
  if (!question) return null;
  return (
    <Suspense>
      <ConfirmDialog onAnswer={question.answer} />
    </Suspense>
  );
}
