import { computed, onBeforeUnmount, ref, shallowRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { api } from '@/shared/api/client'
import { asProblem, type Problem } from '@/shared/api/problem'
import { useIdempotencyKey } from '@/shared/composables/useForm'
import { createLine, type LineState } from './line'
import type { ClassQuestion, ClassSession, ClassView, CurrentClass, PlanQuestion } from './types'

/** The running class: what stands on the screen, told to the server at once, and gone on with after a crash. */
export function useClass() {
  const route = useRoute()
  const router = useRouter()
  const phase = ref<'loading' | 'choose' | 'running' | 'failed'>('loading')
  const problem = shallowRef<Problem | null>(null)
  const refusal = shallowRef<Problem | null>(null)
  const current = ref<CurrentClass | null>(null)
  const view = ref<ClassView | null>(null)
  const line = ref<LineState>('ok')
  const justEnded = ref<string | null>(null)
  const busy = ref(false)
  const { key, renew } = useIdempotencyKey()
  let pulse: ReturnType<typeof setInterval> | undefined
  let retry: ReturnType<typeof setTimeout> | undefined

  const wire = createLine({
    onState: (state) => { line.value = state },
    onRefused: (code) => { if (code === 'teaching.session_ended' || code === 'teaching.session_not_found') void load() },
  })

  const resource = computed(() => view.value?.resources.find((one) => one.id === view.value?.place.resource_id) ?? null)
  const question = computed(() => view.value?.questions.find((one) => one.id === view.value?.place.question_id) ?? null)

  function take(next: ClassView) {
    view.value = next
    phase.value = 'running'
    justEnded.value = null
    clearInterval(pulse)
    pulse = setInterval(beat, next.place.heartbeat_seconds * 1000)
    if (route.query.lesson) void router.replace({ query: {} })
  }
  function beat() {
    const id = view.value?.session.id
    if (id && phase.value === 'running') wire.post({ key: 'beat', send: () => api.post(`/class-sessions/${id}/heartbeat`, {}) })
  }

  /** Finds what runs. A server that cannot be reached is asked again: a classroom computer has nobody who presses F5. */
  async function load() {
    clearTimeout(retry)
    clearInterval(pulse)
    try {
      current.value = await api.get<CurrentClass>('/class-sessions/current')
      line.value = 'ok'
      if (current.value.running) return take(current.value.running)
      view.value = null
      phase.value = 'choose'
      const wanted = route.query.lesson
      if (typeof wanted === 'string' && wanted) await open({ lesson_id: wanted })
    } catch (error) {
      problem.value = asProblem(error)
      phase.value = 'failed'
      if (problem.value.status === 0 || problem.value.status >= 500) retry = setTimeout(() => void load(), 5000)
    }
  }

  async function open(request: { lesson_id?: string; class_id?: string; plan_id?: string }) {
    if (busy.value) return
    busy.value = true
    refusal.value = null
    try {
      take(await api.post<ClassView>('/class-sessions', request))
    } catch (error) {
      refusal.value = asProblem(error)
      if (route.query.lesson) void router.replace({ query: {} })
    } finally {
      busy.value = false
    }
  }

  /** Puts something on the screen first and tells the server next; the class does not wait for the line. */
  function show(resourceId: string | null, page = 1) {
    const now = view.value
    if (!now) return
    now.place = { ...now.place, resource_id: resourceId, page, question_id: null }
    if (resourceId && !now.opened.includes(resourceId)) now.opened.push(resourceId)
    const id = now.session.id
    const body = resourceId ? { resource_id: resourceId, page } : {}
    wire.post({ key: `show ${resourceId}`, send: () => api.post(`/class-sessions/${id}/show`, body) })
  }
  const turn = (page: number) => { if (view.value?.place.resource_id) show(view.value.place.resource_id, Math.max(1, page)) }

  async function ask(wanted: PlanQuestion) {
    const now = view.value
    if (!now || busy.value) return
    busy.value = true
    try {
      const made = await api.post<ClassQuestion>(`/class-sessions/${now.session.id}/questions`, wanted, { idempotencyKey: key.value })
      renew()
      now.questions.push(made)
      now.place = { ...now.place, question_id: made.id }
      line.value = 'ok'
    } catch (error) {
      refusal.value = asProblem(error)
      if (refusal.value.status === 0) line.value = 'cut'
    } finally {
      busy.value = false
    }
  }
  /** Hands as they are counted: shown at once, sent in order; a sum above those present waits until it fits. */
  function count(id: string, change: { counts?: number[]; present?: number; done?: boolean }) {
    const now = view.value
    const one = now?.questions.find((candidate) => candidate.id === id)
    if (!now || !one) return
    Object.assign(one, change)
    if (change.done) now.place = { ...now.place, question_id: null }
    if (one.counts.reduce((sum, part) => sum + part, 0) > one.present) return
    const body = { counts: [...one.counts], present: one.present, done: one.done }
    wire.post({ key: `count ${id}`, send: () => api.patch(`/class-sessions/${now.session.id}/questions/${id}`, body) })
  }
  function reopen(id: string) {
    const now = view.value
    if (!now) return
    now.place = { ...now.place, question_id: id }
    wire.post({ key: `question ${id}`, send: () => api.post(`/class-sessions/${now.session.id}/show`, { question_id: id }) })
  }

  /** Ends without a question. Cut off, the server closes it at its bell anyway. */
  async function end() {
    const now = view.value
    if (!now) return
    clearInterval(pulse)
    phase.value = 'choose'
    justEnded.value = now.lesson.id
    wire.post({ key: 'end', send: () => api.post<ClassSession>(`/class-sessions/${now.session.id}/end`, {}).then(load) })
  }

  void load()
  onBeforeUnmount(() => { clearInterval(pulse); clearTimeout(retry); wire.stop() })
  return { phase, problem, refusal, current, view, line, busy, justEnded, resource, question, load, open, show, turn, ask, count, reopen, end }
}
