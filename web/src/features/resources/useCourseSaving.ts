import { onBeforeUnmount, ref } from 'vue'
import type { Progress } from '@/course/protocol'
import { apiUrl, csrfToken, api } from '@/shared/api/client'
import type { CourseResult } from './course'

/** A connection that is slow is not asked more often than this. */
const pauseMs = 2000
const retryMs = 10_000

/** Sends what a course reports: one after the other, the newest only, the last one also while the page goes away. */
export function useCourseSaving(resource: () => string, version: () => number, saved: (result: CourseResult, report: { sco: string } & Progress) => void) {
  const state = ref<'idle' | 'saving' | 'saved' | 'failed'>('idle')
  const waiting = new Map<string, Progress>()
  let busy = false
  let timer = 0
  const body = (sco: string, one: Progress) => ({ version: version(), sco, completion: one.completion, success: one.success, score: one.score, seconds: one.seconds, cmi: one.cmi })
  async function send() {
    window.clearTimeout(timer)
    const next = waiting.entries().next().value
    if (busy || !next) return
    const [sco, one] = next
    busy = true
    state.value = 'saving'
    waiting.delete(sco)
    try {
      saved(await api.put<CourseResult>(`/resources/${resource()}/course`, body(sco, one)), { sco, ...one })
      state.value = waiting.size ? 'saving' : 'saved'
      if (waiting.size) timer = window.setTimeout(send, [...waiting.values()].some((left) => left.final) ? 0 : pauseMs)
    } catch {
      if (!waiting.has(sco)) waiting.set(sco, one)
      state.value = 'failed'
      timer = window.setTimeout(send, retryMs)
    } finally {
      busy = false
    }
  }
  function report(sco: string, one: Progress) {
    waiting.set(sco, one)
    if (one.final) void send()
    else if (state.value !== 'failed' && !busy) {
      window.clearTimeout(timer)
      timer = window.setTimeout(send, state.value === 'idle' ? 0 : pauseMs)
    }
  }
  /** The page is about to go: what is left goes along without waiting for an answer. */
  function leave() {
    for (const [sco, one] of waiting) {
      void fetch(apiUrl(`/resources/${resource()}/course`), { method: 'PUT', keepalive: true, credentials: 'same-origin', headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrfToken() }, body: JSON.stringify(body(sco, one)) }).catch(() => {})
    }
    waiting.clear()
  }
  /** Until nothing waits to be sent; not for ever. */
  async function settled() {
    for (let tries = 0; (busy || waiting.size) && tries < 20; tries++) await new Promise((resolve) => window.setTimeout(resolve, 100))
  }
  window.addEventListener('pagehide', leave)
  onBeforeUnmount(() => {
    window.removeEventListener('pagehide', leave)
    window.clearTimeout(timer)
    leave()
  })
  return { state, report, settled, retry: send }
}
