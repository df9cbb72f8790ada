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

/** GETs one JSON document of our own server. Every failure is an ApiError, except the caller's own abort. */
export async function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  const answer = await fetch(path, { headers: { accept: 'application/json' }, signal: signal ?? null }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw new ApiError(0, 'unreachable', String(error));
  });
  if (!answer.ok) throw await problemOf(answer);
  return (await answer.json()) as T;
}
