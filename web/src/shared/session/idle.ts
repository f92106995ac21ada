import { onMounted, onUnmounted, ref } from 'vue'
import { api, lastAnswer } from '@/shared/api/client'

/** A session that asks nothing for half an hour ends (the server's rule); two minutes before, somebody who is there is asked. */
export const idleMs = 30 * 60_000
export const warnMs = 2 * 60_000
/** Whoever writes for so long without the page asking the server is kept signed in. */
const keepMs = 10 * 60_000
const tickMs = 15_000
const sharedKey = 'santong.answered'

/** The last answer that any tab of this browser got. */
function newest(): number {
  let other = 0
  try {
    other = Number(localStorage.getItem(sharedKey) ?? 0)
    if (lastAnswer.at > other) localStorage.setItem(sharedKey, String(lastAnswer.at))
  } catch { /* private window */ }
  return Math.max(lastAnswer.at, other)
}

export type Step = 'nothing' | 'keep' | 'warn' | 'over'
/** What is due, by the last answer of the server and the last key or touch. */
export function due(now: number, answered: number, touched: number): Step {
  const idle = now - answered
  if (idle >= idleMs) return 'over'
  if (touched > answered && now - touched < warnMs && idle >= keepMs) return 'keep'
  return idle >= idleMs - warnMs ? 'warn' : 'nothing'
}

/** `minutes` until the session ends, while that is near; `stay` goes on. */
export function useIdle() {
  const minutes = ref(0)
  let touched = Date.now()
  let timer: ReturnType<typeof setInterval> | undefined
  const touch = () => { touched = Date.now() }
  const ask = () => api.get('/session/current', { quiet: true }).catch(() => undefined) // a lost server is told elsewhere

  async function tick() {
    const answered = newest()
    const step = due(Date.now(), answered, touched)
    minutes.value = step === 'warn' ? Math.max(1, Math.ceil((answered + idleMs - Date.now()) / 60_000)) : 0
    if (step === 'keep') await ask()
    // Past the end the page is left, so that nobody else reads it: a route that wants a session answers 401.
    if (step === 'over') await api.get('/me/sessions').catch(() => undefined)
  }
  async function stay() {
    touch()
    await ask()
    await tick()
  }
  onMounted(() => {
    for (const type of ['keydown', 'pointerdown']) window.addEventListener(type, touch, { passive: true })
    timer = setInterval(() => void tick(), tickMs)
  })
  onUnmounted(() => {
    for (const type of ['keydown', 'pointerdown']) window.removeEventListener(type, touch)
    clearInterval(timer)
  })
  return { minutes, stay }
}
