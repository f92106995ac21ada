import { computed, onScopeDispose, ref, watch, type Ref } from 'vue'
import { api } from '@/shared/api/client'
import { serverText } from '@/shared/i18n/server'

export interface JobState {
  state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
  done: number
  total: number
  message: string
  seconds_left?: number | null
  result?: unknown
  problem?: unknown
}

/** What the server says of a job, in its own words. */
export interface ServerJob { state?: JobState['state'] | 'queued'; done?: number; total?: number; step_key?: string; step_params?: Record<string, unknown>; seconds_left?: number | null; result?: unknown }

/** The same in the words of the screens. */
export function jobState(said: ServerJob & { message?: string }): Partial<JobState> {
  const { state, step_key: step, step_params: params, ...rest } = said
  return { ...rest, ...(state ? { state: state === 'queued' ? 'waiting' : state } : {}), ...(step ? { message: serverText(step, params ?? {}) ?? '' } : {}) }
}

/** Seconds yet to go from the pace so far; null while there is too little to say. */
export function estimateLeft(startedAt: number, now: number, doneAtStart: number, done: number, total: number): number | null {
  const passed = (now - startedAt) / 1000
  const made = done - doneAtStart
  if (passed < 2 || made <= 0 || total <= 0) return null
  return ((total - done) / made) * passed
}

/** Follows a job over server-sent events and, when those are cut, by asking. */
export function useJob(id: Ref<string>) {
  const job = ref<JobState>({ state: 'waiting', done: 0, total: 0, message: '' })
  const secondsLeft = ref<number | null>(null)
  let source: EventSource | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let began: { at: number; done: number } | null = null
  const over = () => ['done', 'failed', 'cancelled'].includes(job.value.state)

  function take(next: Partial<JobState>) {
    job.value = { ...job.value, ...next }
    if (job.value.state === 'running') began ??= { at: Date.now(), done: job.value.done }
    secondsLeft.value = job.value.seconds_left ?? (began ? estimateLeft(began.at, Date.now(), began.done, job.value.done, job.value.total) : null)
    if (over()) stop()
  }
  async function ask() {
    try { take(jobState(await api.get<ServerJob>(`/jobs/${id.value}`, { quiet: true }))) } catch { /* ask again */ }
    if (!over() && source?.readyState !== EventSource.OPEN) timer = setTimeout(ask, 3000)
  }
  function stop() {
    source?.close()
    source = null
    clearTimeout(timer)
  }
  watch(id, (value) => {
    stop()
    began = null
    job.value = { state: 'waiting', done: 0, total: 0, message: '' }
    if (!value) return
    source = new EventSource(`/api/v1/jobs/${value}/events`)
    const read = (event: MessageEvent<string>) => { try { take(jobState(JSON.parse(event.data) as ServerJob)) } catch { /* a comment line */ } }
    source.onmessage = read
    source.addEventListener(`job:${value}`, read)
    source.onerror = () => { clearTimeout(timer); timer = setTimeout(ask, 1000) }
  }, { immediate: true })
  onScopeDispose(stop)

  const percent = computed(() => (job.value.total > 0 ? Math.min(100, Math.round((job.value.done / job.value.total) * 100)) : null))
  return { job, percent, secondsLeft }
}
