/** Where to go after signing in: only an address inside this site. */
export function safeNext(value: unknown): string {
  const next: unknown = Array.isArray(value) ? value[0] : value
  return typeof next === 'string' && /^\/(?![/\\])/.test(next) ? next : '/'
}
