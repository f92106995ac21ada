import { serverText } from '@/shared/i18n/server'

/** One wrong field in a `problem+json` answer. */
export interface FieldProblem { pointer: string; code: string; params?: Record<string, unknown> }

/** What the server says when it refuses, or what we say when it cannot be reached (status 0). */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly params: Record<string, unknown> = {},
    readonly detail = '',
    readonly traceId = '',
    readonly fields: FieldProblem[] = [],
    readonly retryAfter = 0,
  ) {
    super(code)
    this.name = 'Problem'
  }
}

interface ProblemBody {
  title?: string; status?: number; code?: string; detail?: string
  params?: Record<string, unknown>; trace_id?: string; errors?: FieldProblem[]
}

/** Seconds from a Retry-After header, which may hold seconds or a date. */
export function retryAfterSeconds(header: string | null, now = Date.now()): number {
  if (!header) return 0
  if (/^\d+$/.test(header.trim())) return Number(header)
  const at = Date.parse(header)
  return Number.isNaN(at) ? 0 : Math.max(0, Math.ceil((at - now) / 1000))
}

/** A refusal from its status and the text of its body. */
export function problemFromText(status: number, text: string, headers?: Headers): Problem {
  let body: ProblemBody = {}
  try {
    body = JSON.parse(text) as ProblemBody
  } catch {
    // a proxy may answer with a page; the status alone has to do
  }
  return new Problem(
    status, body.code ?? `http.${status}`, body.params ?? {}, body.detail ?? '',
    body.trace_id ?? headers?.get('x-trace-id') ?? '', body.errors ?? [],
    retryAfterSeconds(headers?.get('retry-after') ?? null),
  )
}

export async function problemFromResponse(response: Response): Promise<Problem> {
  return problemFromText(response.status, await response.text().catch(() => ''), response.headers)
}

export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (error instanceof DOMException && error.name === 'AbortError') return new Problem(0, 'network.aborted')
  if (error instanceof TypeError) return new Problem(0, 'network.unreachable')
  return new Problem(0, 'app.unexpected', {}, error instanceof Error ? error.message : String(error))
}

const byStatus: Record<number, string> = {
  0: 'network.unreachable', 400: 'http.400', 401: 'http.401', 403: 'http.403', 404: 'http.404', 409: 'http.409',
  412: 'http.412', 413: 'http.413', 422: 'http.422', 429: 'http.429', 503: 'http.503', 507: 'http.507',
}

/** The problem as a sentence for people: the server's own text for the code, else one for the kind of refusal. */
export function problemText(error: unknown): string {
  const problem = asProblem(error)
  return (
    serverText(problem.code, problem.params) ??
    serverText(byStatus[problem.status] ?? (problem.status >= 500 ? 'http.500' : 'http.400'), problem.params) ??
    problem.code
  )
}

export function fieldText(field: FieldProblem): string {
  return serverText(field.code, field.params ?? {}) ?? serverText('http.422', {}) ?? field.code
}

/** Whether nobody could expect it: then its number helps whoever reads the server's log. A refusal explains itself. */
export function unexpected(problem: Problem): boolean {
  return problem.code === 'app.unexpected' || (problem.status >= 500 && problem.status !== 503 && problem.status !== 507)
}

/** Field errors by name: "/name" and "/items/0/name" become "name" and "items.0.name". */
export function fieldErrors(error: unknown): Record<string, string> {
  const found: Record<string, string> = {}
  for (const field of asProblem(error).fields) {
    const name = field.pointer.replace(/^#?\//, '').replace(/\//g, '.')
    found[name] ??= fieldText(field)
  }
  return found
}
