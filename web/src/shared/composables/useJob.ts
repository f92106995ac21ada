import { computed, onScopeDispose, ref, watch, type Ref } from 'vue'
import { api } from '@/shared/api/client'

export interface JobState {
  state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
  done: number
  total: number
  message: string
  seconds_left?: number | null
  result?: unknown
  problem?: unknown
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
    try { take(await api.get<JobState>(`/jobs/${id.value}`, { quiet: true })) } catch { /* ask again */ }
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
    const read = (event: MessageEvent<string>) => { try { take(JSON.parse(event.data) as Partial<JobState>) } catch { /* a comment line */ } }
    source.onmessage = read
    for (const type of ['progress', 'job']) source.addEventListener(type, read)
    source.onerror = () => { clearTimeout(timer); timer = setTimeout(ask, 1000) }
  }, { immediate: true })
  onScopeDispose(stop)

  const percent = computed(() => (job.value.total > 0 ? Math.min(100, Math.round((job.value.done / job.value.total) * 100)) : null))
  return { job, percent, secondsLeft }
}
