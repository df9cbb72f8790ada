import { ApiError, type ProblemExtras } from './client';

/** Sends a file as a form. `fetch` cannot say how far it is; the older way can. */
export function upload<Body>(address: string, fields: Record<string, string | Blob>, onProgress: (share: number) => void, signal?: AbortSignal): Promise<Body> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  const request = new XMLHttpRequest();
  return new Promise<Body>((resolve, reject) => {
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onload = () => {
      const body = parse(request.responseText);
      if (request.status >= 200 && request.status < 300) resolve(body as Body);
      else reject(refusal(request.status, body));
    };
    request.onerror = () => reject(new ApiError(0, 'unreachable', 'unreachable'));
    request.onabort = () => reject(new ApiError(0, 'stopped', 'stopped'));
    signal?.addEventListener('abort', () => request.abort());
    request.open('POST', address);
    request.setRequestHeader('accept', 'application/json');
    request.send(form);
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return {};
  }
}

function refusal(status: number, body: unknown): ApiError {
  const problem = (typeof body === 'object' && body !== null ? body : {}) as ProblemExtras & { code?: unknown; detail?: unknown };
  const code = typeof problem.code === 'string' ? problem.code : 'unexpected_answer';
  return new ApiError(status, code, typeof problem.detail === 'string' ? problem.detail : `HTTP ${status}`);
}
