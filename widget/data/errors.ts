import type { Problem } from '../../server/contract/wire.ts';

/**
 * Why a request has no answer: a `code` of the wire, `offline` when nothing came back at all, or `canceled` when the page
 * cancelled its `cc-fetch` event. Elements translate the code; no text of the server is ever shown.
 */
export class ApiError extends Error {
  constructor(
    readonly code: string,
    /** HTTP status; 0 when there was no answer. */
    readonly status = 0,
    /** Which fields the server objects to. */
    readonly errors: NonNullable<Problem['errors']> = [],
    /** Seconds until trying again makes sense. */
    readonly retryAfter?: number,
    /** What the code is about, where there is a way to go on with it. */
    readonly items: readonly unknown[] = [],
  ) {
    super(code);
    this.name = 'ApiError';
  }

  /** Reads a refusal. A proxy's HTML page is as good as a broken server. */
  static async from(response: Response): Promise<ApiError> {
    const problem = (await response.json().catch(() => ({}))) as Partial<Problem>;
    const retryAfter = Number(response.headers.get('Retry-After'));
    const code = problem.code ?? (response.status === 429 ? 'too_many_requests' : 'internal');
    return new ApiError(code, response.status, problem.errors, retryAfter || undefined, problem.items);
  }
}
