import type { Answer, GetPath, PathOf, QueryOf } from './types';

/** What a refusal may carry beside its code. */
export interface ProblemExtras {
  /** Other words that would be accepted (names, slugs). */
  suggestions?: string[];
  /** What is wrong where: a JSON pointer into the body. */
  errors?: { pointer: string; detail: string }[];
  /** Seconds to wait before another attempt; from the answer's Retry-After. */
  retryAfter?: number;
}

/** An RFC 9457 answer, or the lack of any answer (`status` 0, `code` "unreachable"). */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly extras: ProblemExtras = {},
  ) {
    super(detail);
    this.name = 'ApiError';
  }
}

export function codeOf(error: unknown): string {
  return error instanceof ApiError ? error.code : 'unknown';
}

interface Problem extends ProblemExtras {
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
  const wait = Number(answer.headers.get('retry-after'));
  const extras: ProblemExtras = {
    ...(Array.isArray(problem.suggestions) && { suggestions: problem.suggestions }),
    ...(Array.isArray(problem.errors) && { errors: problem.errors }),
    ...(wait > 0 && { retryAfter: wait }),
  };
  return new ApiError(answer.status, code, typeof detail === 'string' ? detail : `HTTP ${answer.status}`, extras);
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

async function request(address: string, init: RequestInit): Promise<Response> {
  const answer = await fetch(address, init).catch((error: unknown) => {
    if (init.signal?.aborted) throw error;
    throw new ApiError(0, 'unreachable', String(error));
  });
  if (!answer.ok) throw await problemOf(answer);
  return answer;
}

/** GETs one JSON document of our own server. Every failure is an ApiError, except the caller's own abort. */
export async function getJson<Path extends GetPath>(template: Path, { path, query, signal }: Options<Path> = {}): Promise<Answer<Path>> {
  return fetchJson<Answer<Path>>(addressOf(template, path, query), { signal: signal ?? null });
}

/** The same for an address that is already whole. */
export async function fetchJson<Body>(address: string, init: RequestInit = {}): Promise<Body> {
  const answer = await request(address, { ...init, headers: { accept: 'application/json' } });
  return (await answer.json()) as Body;
}

/** Changes something: the body goes as JSON, an answer without a body is `undefined`. */
export async function send<Body>(method: 'POST' | 'PUT' | 'DELETE', address: string, body?: object): Promise<Body> {
  const answer = await request(address, {
    method,
    headers: { accept: 'application/json', ...(body && { 'content-type': 'application/json' }) },
    body: body ? JSON.stringify(body) : null,
  });
  const text = await answer.text();
  return (text === '' ? undefined : JSON.parse(text)) as Body;
}
