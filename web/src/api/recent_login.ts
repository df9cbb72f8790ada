// Some things the server does only for somebody who logged in a moment ago. Whoever does such a thing wraps it; the page asks for the
// password when the server says so, and does it again.
import { ApiError } from './client';

interface Question {
  answer: (confirmed: boolean) => void;
}

let open: Question | null = null;
const listeners = new Set<() => void>();

function publish(question: Question | null): void {
  open = question;
  for (const each of listeners) each();
}

function ask(): Promise<boolean> {
  // Two questions at once have one answer.
  open?.answer(false);
  return new Promise((resolve) => {
    publish({
      answer: (confirmed) => {
        publish(null);
        resolve(confirmed);
      },
    });
  });
}

/** The reader closed the question: nothing was done, and nothing went wrong. */
export class NotConfirmed extends Error {}

export async function withRecentLogin<Done>(act: () => Promise<Done>): Promise<Done> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'login_not_recent') throw error;
  }
  if (!(await ask())) throw new NotConfirmed();
  return act();
}

export const questions = {
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
  current: () => open,
};
