import type { Answer, GetPath, PathOf, QueryOf } from './types';

/** An RFC 9457 answer, or the lack of any answer (`status` 0, `code` "unreachable"). */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
  ) {
    super(detail);
    this.name = 'ApiError';
  }
}

interface Problem {
  code?: unknown;
  detail?: unknown;
  title?: unknown;
}

async function problemOf(answer: Response): Promise<ApiError> {
  const problem: Problem = await answer.json().then(
    (body: unknown) => (typeof body === 'object' && body !== null ? (body as Problem) : {}),
    () => ({}),
  );
  const code = typeof problem.code === 'string' ? problem.code : 'unexpected_answer';
  const detail = [problem.detail, problem.title].find((text) => typeof text === 'string' && text !== '');
  return new ApiError(answer.status, code, typeof detail === 'string' ? detail : `HTTP ${answer.status}`);
}

interface Options<Path extends GetPath> {
  path?: PathOf<Path>;
  query?: QueryOf<Path>;
  signal?: AbortSignal;
}

/** `/api/channels/{slug}` with its words filled in and its questions behind. */
export function addressOf(template: string, path: object = {}, query: object = {}): string {
  const address = Object.entries(path).reduce((text, [name, value]) => text.replace(`{${name}}`, encodeURIComponent(String(value))), template);
  const questions = Object.entries(query)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => [name, String(value)]);
  return questions.length === 0 ? address : `${address}?${new URLSearchParams(questions).toString()}`;
}

/** GETs one JSON document of our own server. Every failure is an ApiError, except the caller's own abort. */
export async function getJson<Path extends GetPath>(template: Path, { path, query, signal }: Options<Path> = {}): Promise<Answer<Path>> {
  const answer = await fetch(addressOf(template, path, query), { headers: { accept: 'application/json' }, signal: signal ?? null }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw new ApiError(0, 'unreachable', String(error));
  });
  if (!answer.ok) throw await problemOf(answer);
  return (await answer.json()) as Answer<Path>;
}
