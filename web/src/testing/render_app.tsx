import { QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, RouterProvider } from '@tanstack/react-router';
import { render } from '@testing-library/react';
import { vi } from 'vitest';
import { createQueryClient } from '@/api/initial_data';
import { TextProvider } from '@/lib/intl';
import { createAppRouter } from '@/routes/router';

/** A refusal: its status, its code, and what else its document says. */
export class Refusal {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly more: object = {},
  ) {}
}

/** What was asked of the server, for a test to look at. */
export interface Asked {
  method: string;
  path: string;
  body: unknown;
}

type Plain = object | number | Refusal | undefined;
/**
 * What the server answers, by path or by "POST /path"; a number is a status with no body, a function is asked each time, and a path that is
 * not there answers 404.
 */
export type Answers = Record<string, Plain | Question>;
type Question = (asked: Asked) => Plain;

const isQuestion = (answer: Plain | Question): answer is Question => typeof answer === 'function';

function responseOf(answer: Plain): Response {
  if (answer === undefined) return new Response(null, { status: 204 });
  if (answer instanceof Refusal) return new Response(JSON.stringify({ code: answer.code, ...answer.more }), { status: answer.status });
  if (typeof answer === 'number') return new Response(JSON.stringify({ code: answer === 404 ? 'channel_not_found' : 'broken' }), { status: answer });
  return Response.json(answer);
}

function stubServer(answers: Answers): Asked[] {
  const asked: Asked[] = [];
  vi.spyOn(globalThis, 'fetch').mockImplementation((input, init) => {
    const { pathname } = new URL(input as string, 'http://test');
    const method = init?.method ?? 'GET';
    const request: Asked = { method, path: pathname, body: typeof init?.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined };
    asked.push(request);
    const key = method === 'GET' ? pathname : `${method} ${pathname}`;
    const answer = key in answers ? answers[key] : 404;
    return Promise.resolve(responseOf(isQuestion(answer) ? answer(request) : answer));
  });
  return asked;
}

/** The whole app at an address, in front of a server that answers so. Nobody is signed in unless `/api/auth/user` answers. */
export function renderApp(path: string, answers: Answers) {
  const asked = stubServer({ '/api/auth/user': 401, ...answers });
  const client = createQueryClient();
  client.setDefaultOptions({ queries: { retry: false } });
  const router = createAppRouter(createMemoryHistory({ initialEntries: [path] }));
  const view = render(
    <QueryClientProvider client={client}>
      <TextProvider>
        <RouterProvider router={router} />
      </TextProvider>
    </QueryClientProvider>,
  );
  return { ...view, asked, router, client };
}
