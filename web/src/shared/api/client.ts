import { asProblem, Problem, problemFromResponse } from './problem'

export type Query = Record<string, string | number | boolean | null | undefined | readonly (string | number)[]>
export interface Page<T> { items: T[]; next: string | null; total?: number; facets?: Record<string, { value: string; count: number }[]> }
export interface CallOptions { query?: Query; signal?: AbortSignal; idempotencyKey?: string; headers?: Record<string, string>; quiet?: boolean }

let csrf = ''
let onSignedOut: () => void = () => {}
let renewCsrf: () => Promise<void> = async () => {}
/** When the server last answered a request of this tab. */
export const lastAnswer = { at: Date.now() }

/** Called by the session store only. */
export function connectSession(hooks: { signedOut: () => void; renew: () => Promise<void> }) {
  onSignedOut = hooks.signedOut
  renewCsrf = hooks.renew
}
export function setCsrf(token: string) { csrf = token }
export function csrfToken() { return csrf }

/** "/schools" → "/api/v1/schools?…". Empty, null and undefined query values are left out. */
export function apiUrl(path: string, query: Query = {}): string {
  const base = path.startsWith('/api/') ? path : `/api/v1${path.startsWith('/') ? '' : '/'}${path}`
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    if (value === null || value === undefined || value === '') continue
    if (Array.isArray(value)) for (const one of value) search.append(key, String(one))
    else search.append(key, String(value))
  }
  const text = search.toString()
  return text ? `${base}${base.includes('?') ? '&' : '?'}${text}` : base
}

/** `fetch` with our session and our errors: throws a Problem for every answer that is not 2xx. */
export async function send(method: string, path: string, body?: unknown, options: CallOptions = {}, again = false): Promise<Response> {
  const unsafe = method !== 'GET' && method !== 'HEAD'
  const headers: Record<string, string> = { Accept: 'application/json, application/problem+json', ...options.headers }
  if (unsafe && csrf) headers['X-CSRF-Token'] = csrf
  if (options.idempotencyKey) headers['Idempotency-Key'] = options.idempotencyKey
  let payload: BodyInit | undefined
  if (body instanceof FormData || body instanceof Blob) payload = body
  else if (body !== undefined) {
    payload = JSON.stringify(body)
    headers['Content-Type'] = 'application/json'
  }
  let response: Response
  try {
    response = await fetch(apiUrl(path, options.query), { method, headers, body: payload, signal: options.signal, credentials: 'same-origin' })
  } catch (error) {
    throw asProblem(error)
  }
  if (response.ok) {
    lastAnswer.at = Date.now()
    return response
  }
  const problem = await problemFromResponse(response)
  if (problem.status === 403 && problem.code.includes('csrf') && !again) {
    await renewCsrf()
    return send(method, path, body, options, true)
  }
  if (problem.status === 401 && !options.quiet) onSignedOut()
  throw problem
}

async function json<T>(method: string, path: string, body?: unknown, options?: CallOptions): Promise<T> {
  const response = await send(method, path, body, options)
  if (response.status === 204) return undefined as T
  const text = await response.text()
  try {
    return (text ? JSON.parse(text) : undefined) as T
  } catch {
    throw new Problem(response.status, 'network.not_json')
  }
}

/** The server. `T` is the answer's type; feature code takes it from `schema.d.ts` where that exists. */
export const api = {
  get: <T>(path: string, options?: CallOptions) => json<T>('GET', path, undefined, options),
  post: <T>(path: string, body?: unknown, options?: CallOptions) => json<T>('POST', path, body, options),
  put: <T>(path: string, body?: unknown, options?: CallOptions) => json<T>('PUT', path, body, options),
  patch: <T>(path: string, body?: unknown, options?: CallOptions) => json<T>('PATCH', path, body, options),
  delete: <T = void>(path: string, options?: CallOptions) => json<T>('DELETE', path, undefined, options),
}
