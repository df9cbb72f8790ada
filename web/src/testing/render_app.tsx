import { QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, RouterProvider } from '@tanstack/react-router';
import { render } from '@testing-library/react';
import { vi } from 'vitest';
import { createQueryClient } from '@/api/initial_data';
import { TextProvider } from '@/lib/intl';
import { createAppRouter } from '@/routes/router';

/** What the server answers, by path; a number is a status with no body, and a path that is not there answers 404. */
export type Answers = Record<string, object | number>;

function stubServer(answers: Answers): void {
  vi.spyOn(globalThis, 'fetch').mockImplementation((input) => {
    const { pathname } = new URL(input as string, 'http://test');
    const answer = answers[pathname] ?? 404;
    if (typeof answer === 'number') return Promise.resolve(new Response(JSON.stringify({ code: answer === 404 ? 'channel_not_found' : 'broken' }), { status: answer }));
    return Promise.resolve(Response.json(answer));
  });
}

/** The whole app at an address, in front of a server that answers so. */
export function renderApp(path: string, answers: Answers) {
  stubServer(answers);
  const client = createQueryClient();
  client.setDefaultOptions({ queries: { retry: false } });
  return render(
    <QueryClientProvider client={client}>
      <TextProvider>
        <RouterProvider router={createAppRouter(createMemoryHistory({ initialEntries: [path] }))} />
      </TextProvider>
    </QueryClientProvider>,
  );
}
