import { apiUrl, csrfToken } from '@/shared/api/client'

export interface Speed { down_kbit: number; up_kbit: number; latency_ms: number; bytes: number }
/** So much of the line at once that it takes about two seconds, and never more than eight megabytes. */
export const nextBytes = (kbit: number, most = 8 << 20) => Math.min(most, Math.max(128 << 10, Math.round(kbit * 125 * 2)))
export const rateOf = (bytes: number, ms: number) => Math.round((bytes * 8) / Math.max(ms, 1))
export const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/** Noise, so that nothing on the way can make it smaller; the browser fills 64 KB at a time. */
function noise(bytes: number) {
  const all = new Uint8Array(bytes)
  for (let at = 0; at < bytes; at += 65_536) crypto.getRandomValues(all.subarray(at, Math.min(bytes, at + 65_536)))
  return all
}
async function timed(run: () => Promise<Response>): Promise<number> {
  const begin = performance.now()
  const answer = await run()
  if (!answer.ok) throw new Error(String(answer.status))
  await answer.arrayBuffer()
  return performance.now() - begin
}

/** What this browser gets of the line to the hub. `step` hears how far it is, 0 to 1. */
export async function measure(step: (done: number) => void, signal: AbortSignal): Promise<Speed> {
  const get = (bytes: number) => timed(() => fetch(apiUrl(`/link-probe/${bytes}`, { at: performance.now() }), { signal, cache: 'no-store', credentials: 'same-origin' }))
  const post = (bytes: number) => timed(() => fetch(apiUrl('/link-probe'), { method: 'POST', body: noise(bytes), signal, credentials: 'same-origin', headers: { 'Content-Type': 'application/octet-stream', 'X-CSRF-Token': csrfToken() } }))
  const waits: number[] = []
  for (let i = 0; i < 6; i++) {
    const took = await get(1)
    if (i > 0) waits.push(took)
    step((i + 1) / 20)
  }
  const wait = median(waits)
  let used = 0
  async function run(send: (bytes: number) => Promise<number>, from: number, to: number) {
    let rate = 0
    for (let bytes = 128 << 10, tries = 0; tries < 3; tries++) {
      const took = Math.max(1, (await send(bytes)) - wait)
      used += bytes
      rate = rateOf(bytes, took)
      step(from + ((to - from) * (tries + 1)) / 3)
      const next = nextBytes(rate)
      if (took > 1000 || next <= bytes) break
      bytes = next
    }
    return rate
  }
  const down = await run(get, 0.3, 0.65)
  const up = await run(post, 0.65, 1)
  step(1)
  return { down_kbit: down, up_kbit: up, latency_ms: Math.max(1, Math.round(wait)), bytes: used }
}
