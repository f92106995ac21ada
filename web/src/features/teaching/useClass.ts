import { computed, onBeforeUnmount, ref, shallowRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { api } from '@/shared/api/client'
import { useTopic } from '@/shared/api/live'
import { asProblem, Problem, problemText } from '@/shared/api/problem'
import { queryClient } from '@/shared/api/query'
import { newId } from '@/shared/composables/useForm'
import { i18n } from '@/shared/i18n'
import { useSession } from '@/shared/session/session'
import { classLine } from './classLine'
import { keptHands, missing, type KeptCount } from './hands'
import { passing, type LineState } from './line'
import type { ClassQuestion, ClassView, CurrentClass, GradeWork, OpenWish, Place, PlanQuestion, ScreenCall } from './types'
import { useInk } from './useInk'

/** The server's words that the lesson on a screen is over. */
const overCodes = ['teaching.session_ended', 'teaching.session_handed_over', 'teaching.not_your_class']

/** The running class: what stands on the screen, told to the server at once, and gone on with after a crash. */
export function useClass() {
  const t = i18n.global.t
  const route = useRoute()
  const router = useRouter()
  const phase = ref<'loading' | 'choose' | 'running' | 'failed'>('loading')
  const problem = shallowRef<Problem | null>(null)
  const refusal = shallowRef<Problem | null>(null)
  const current = ref<CurrentClass | null>(null)
  const view = ref<ClassView | null>(null)
  const line = ref<LineState>('ok')
  const justEnded = ref<string | null>(null)
  /** Why the screen went back to its start without anybody here ending the lesson. */
  const gone = ref('')
  const busy = ref(false)
  let pulse: ReturnType<typeof setInterval> | undefined
  let retry: ReturnType<typeof setTimeout> | undefined

  const me = useSession()
  const person = me.session?.person_id ?? ''
  const wire = classLine(person)
  const hands = keptHands(person)
  /** Counts that the server has not taken: shown until they are put right or thrown away. */
  const unsent = shallowRef<KeptCount[]>(hands.list())
  function keepHands(session: string, one: ClassQuestion, why = '') { hands.keep(session, one, why); unsent.value = hands.list() }
  function dropHands(id: string) { hands.drop(id); unsent.value = hands.list() }
  wire.listen({
    onState: (state) => { line.value = state },
    onSent: ({ key }, answer) => {
      if (key === 'beat') return heard(answer as Place)
      toldAt = Date.now()
      if (key === 'end') { outdated(); void load() }
      if (key.startsWith('count ')) dropHands(key.slice(6))
      if (missed && !wire.waiting()) void picture()
      if (!key.startsWith('ask ')) return
      const made = answer as ClassQuestion
      const one = view.value?.questions.find((candidate) => candidate.id === made.id)
      if (one) one.number = made.number
    },
    onRefused: (told, { key }) => {
      const [what, id] = key.split(' ')
      if (what === 'count') refused(id!, problemText(told))
      if (overCodes.includes(told.code)) return void leave(told)
      if (what === 'ask') withdraw(id!)
      if (what === 'ask' || what === 'count') refusal.value = told
    },
  })
  /** A count that the server does not take is not lost: its teacher sees it, puts it right or throws it away. */
  function refused(id: string, why: string) {
    const one = view.value?.questions.find((candidate) => candidate.id === id) ?? hands.list().find((kept) => kept.id === id)
    const session = view.value?.session.id ?? (one && 'session' in one ? one.session : '')
    if (one && session) keepHands(session, { number: 0, session_id: session, done: false, ...one }, why)
  }
  /** What the office has changed about the lesson since (代课, 停课): the class goes on, the teacher knows. */
  function heard(place: Place) {
    const now = view.value
    if (now) now.place = { ...now.place, handed_to: place.handed_to, cancelled: place.cancelled }
  }
  /** The lesson on this screen is over, ended elsewhere or given to somebody else: the start says why. */
  async function leave(told: Problem) {
    const rung = (view.value?.place.bell_at ?? 0) <= me.now()
    if (phase.value === 'running') gone.value = told.code !== 'teaching.session_ended' ? problemText(told) : t(rung ? 'teaching.class.endedByBell' : 'teaching.class.endedElsewhere')
    await load()
  }
  /** A question that the server does not take stands on no screen. */
  function withdraw(id: string) {
    const now = view.value
    if (!now) return
    now.questions = now.questions.filter((one) => one.id !== id)
    if (now.place.question_id === id) now.place = { ...now.place, question_id: null }
  }

  const resource = computed(() => view.value?.resources.find((one) => one.id === view.value?.place.resource_id) ?? null)
  const question = computed(() => view.value?.questions.find((one) => one.id === view.value?.place.question_id) ?? null)

  /** Of all classes in the room. */
  const pupils = computed(() => (view.value ? view.value.lesson.pupils + view.value.joined.reduce((sum, one) => sum + one.pupils, 0) : 0))
  const ink = useInk(view, wire)

  function take(next: ClassView) {
    view.value = { ...next, questions: hands.restore(next.session.id, next.questions) }
    phase.value = 'running'
    justEnded.value = null
    gone.value = ''
    outdated()
    clearInterval(pulse)
    pulse = setInterval(beat, next.place.heartbeat_seconds * 1000)
    if (route.query.lesson) void router.replace({ query: {} })
  }
  /** The day and the records say whether a class runs: what they showed before is old now. */
  const outdated = () => {
    for (const of of ['today', 'records']) void queryClient.invalidateQueries({ queryKey: [of] })
  }
  /**
   * What somebody else has done in this lesson, on another device: the place, the questions, who is in it. What this screen
   * itself has under way goes first; it asks again when that has arrived.
   */
  let missed = false
  let held = false
  /** When this screen itself told the server something last: what its own doing calls for is here already. */
  let toldAt = 0
  const ownDoing = () => wire.waiting() > 0 || Date.now() - toldAt < 1500
  let steps = 0
  async function picture() {
    const id = view.value?.session.id
    missed = Boolean(id) && (wire.waiting() > 0 || held)
    if (!id || missed) return
    const before = steps
    try {
      const { running } = await api.get<CurrentClass>('/class-sessions/current')
      if (view.value?.session.id !== id || phase.value !== 'running') return
      if (before !== steps || wire.waiting() || held) { missed = true; return }
      if (running?.session.id !== id) return void beat()
      view.value = { ...running, questions: hands.restore(id, running.questions) }
      void ink.again()
    } catch { missed = true }
  }
  useTopic(`classroom:${person}`, (told) => {
    const { session_id, kind } = (told ?? {}) as Partial<ScreenCall>
    if (phase.value === 'choose') return void look()
    if (phase.value !== 'running' || session_id !== view.value?.session.id) return
    if (kind === 'picture' || (kind === 'mine' && !ownDoing())) void picture()
    else if (kind === 'mine') return
    else beat()
  })
  function beat() {
    if (missed) void picture()
    const id = view.value?.session.id
    // what waits is a sign of life itself
    if (id && phase.value === 'running' && !wire.waiting()) wire.post({ key: 'beat', method: 'POST', path: `/class-sessions/${id}/heartbeat`, body: {}, passing: true })
  }

  /** Finds what runs. A server that cannot be reached is asked again: a classroom computer has nobody who presses F5. */
  async function load() {
    clearTimeout(retry)
    try {
      // what the last page could not send any more goes first: the server's picture is the whole one then
      await wire.settled()
      if (wire.waiting()) throw new Problem(0, 'network.unreachable')
      current.value = await api.get<CurrentClass>('/class-sessions/current')
      clearInterval(pulse)
      line.value = 'ok'
      refusal.value = null
      if (current.value.running) return take(current.value.running)
      view.value = null
      phase.value = 'choose'
      pulse = setInterval(look, 15_000)
      const wanted = route.query.lesson
      if (typeof wanted === 'string' && wanted) await open({ lesson_id: wanted })
    } catch (error) {
      problem.value = asProblem(error)
      const again = passing(problem.value.status)
      if (!again || !view.value) phase.value = 'failed' // a class that runs goes on
      if (again) retry = setTimeout(() => void load(), 5000)
    }
  }

  /** The start page follows the bell, the office and the teacher's other screens. */
  async function look() {
    if (busy.value || wire.waiting() || phase.value !== 'choose' || document.hidden) return
    try {
      const next = await api.get<CurrentClass>('/class-sessions/current')
      if (phase.value !== 'choose' || busy.value || wire.waiting()) return
      current.value = next
      if (next.running) take(next.running)
    } catch { /* asked again at the next stroke */ }
  }

  async function open(request: OpenWish) {
    if (busy.value) return
    busy.value = true
    refusal.value = null
    gone.value = ''
    try {
      take(await api.post<ClassView>('/class-sessions', request))
    } catch (error) {
      refusal.value = asProblem(error)
      if (passing(refusal.value.status)) retry = setTimeout(() => void load(), 5000)
      if (route.query.lesson) void router.replace({ query: {} })
    } finally {
      busy.value = false
    }
  }

  /** Puts something on the screen first and tells the server next; the class does not wait for the line. */
  function show(resourceId: string | null, page = 1) {
    const now = view.value
    if (!now) return
    steps++
    now.place = { ...now.place, resource_id: resourceId, page, question_id: null, board: 0 }
    if (resourceId && !now.opened.includes(resourceId)) now.opened.push(resourceId)
    const id = now.session.id
    const body = resourceId ? { resource_id: resourceId, page } : {}
    refusal.value = null
    wire.post({ key: `show ${resourceId}`, method: 'POST', path: `/class-sessions/${id}/show`, body })
  }
  const turn = (page: number) => { if (view.value?.place.resource_id) show(view.value.place.resource_id, Math.max(1, page)) }

  /** A blank board in front of the material, by its number. */
  function board(number: number) {
    const now = view.value
    if (!now) return
    steps++
    now.place = { ...now.place, question_id: null, board: number }
    wire.post({ key: `board ${number}`, method: 'POST', path: `/class-sessions/${now.session.id}/show`, body: { board: number } })
  }
  /** Back from a board to what stood behind it. */
  const leaveBoard = () => show(view.value?.place.resource_id ?? null, view.value?.place.page ?? 1)

  /** Which class works with the teacher, and at which part of its plan a class is (复式). */
  function setGrades(change: { taught?: string; work?: GradeWork }) {
    const now = view.value
    if (!now) return
    steps++
    const work = change.work ? [...now.place.work.filter((one) => one.class_id !== change.work!.class_id), change.work] : now.place.work
    now.place = { ...now.place, taught: change.taught ?? now.place.taught ?? null, work }
    wire.post({ key: change.taught ? 'grades' : `grades ${change.work?.class_id}`, method: 'POST', path: `/class-sessions/${now.session.id}/grades`, body: change })
  }

  /** Those who were there when this class, or all of them, were asked last. */
  function presentOf(now: ClassView, classId: string | null) {
    const before = now.questions.filter((one) => (one.class_id ?? null) === classId).at(-1)?.present
    if (before !== undefined) return before
    if (!classId) return now.session.present ?? pupils.value
    return classId === now.lesson.class_id ? now.lesson.pupils : (now.joined.find((one) => one.class_id === classId)?.pupils ?? pupils.value)
  }
  /** A new count that begins at nought, at once; the server hears of it in its turn. `classId`: of one class in the room alone. */
  function ask(wanted: PlanQuestion, classId: string | null = null) {
    const now = view.value
    if (!now) return
    steps++
    const { text, options } = wanted
    const answer = wanted.answer ?? null
    const present = presentOf(now, classId)
    const made: ClassQuestion = { id: newId(), session_id: now.session.id, number: now.questions.length + 1, text, options: [...options], answer, present, counts: options.map(() => 0), done: false, class_id: classId }
    refusal.value = null
    now.questions.push(made)
    now.place = { ...now.place, question_id: made.id }
    wire.post({ key: `ask ${made.id}`, method: 'POST', path: `/class-sessions/${now.session.id}/questions`, body: { id: made.id, text, options, answer, present, class_id: classId } })
  }
  /**
   * Hands as they are counted: shown at once, sent in order. What a bar is only dragged through is never sent; a sum above
   * those present stays on this device, over a reload too, until it fits.
   */
  function count(id: string, change: { counts?: number[]; present?: number; done?: boolean }, settled = true) {
    const now = view.value
    const one = now?.questions.find((candidate) => candidate.id === id)
    if (!now || !one) return
    Object.assign(one, { ...change, done: change.done ?? one.done })
    steps++
    held = !settled
    if (!settled) return
    if (missing(one.counts, one.present) < 0) {
      one.done = false
      keepHands(now.session.id, one)
      return
    }
    dropHands(id)
    if (change.done) now.place = { ...now.place, question_id: null }
    refusal.value = null
    const body = { counts: [...one.counts], present: one.present, done: one.done }
    wire.post({ key: `count ${id}`, method: 'PATCH', path: `/class-sessions/${now.session.id}/questions/${id}`, body })
  }
  /** A kept count as its teacher has put it right now, also after the lesson. */
  function resend(kept: KeptCount) {
    keepHands(kept.session, { ...kept, session_id: kept.session, number: 0, done: true })
    const one = view.value?.questions.find((candidate) => candidate.id === kept.id)
    if (one) Object.assign(one, { counts: [...kept.counts], present: kept.present, done: true })
    wire.post({ key: `count ${kept.id}`, method: 'PATCH', path: `/class-sessions/${kept.session}/questions/${kept.id}`, body: { counts: kept.counts, present: kept.present, done: true } })
  }
  /** Thrown away: what the server knows stands. */
  function discard(id: string) { dropHands(id); void picture() }

  /** An earlier count as it stands, to look at it again or to put it right. */
  function reopen(id: string) {
    const now = view.value
    if (!now) return
    steps++
    const one = now.questions.find((candidate) => candidate.id === id)
    if (one) one.done = false
    now.place = { ...now.place, question_id: id }
    wire.post({ key: `question ${id}`, method: 'POST', path: `/class-sessions/${now.session.id}/show`, body: { question_id: id } })
  }

  /** Ends without a question. Cut off, the server closes it at its bell anyway. */
  async function end() {
    const now = view.value
    if (!now) return
    clearInterval(pulse)
    phase.value = 'choose'
    justEnded.value = now.lesson.id
    wire.post({ key: 'end', method: 'POST', path: `/class-sessions/${now.session.id}/end`, body: {} })
  }

  /** An assistant goes; the lesson goes on. */
  async function leaveLesson() {
    const id = view.value?.session.id
    if (!id || busy.value) return
    busy.value = true
    try {
      await api.post(`/class-sessions/${id}/leave`, {})
      clearInterval(pulse)
      outdated()
      await router.push('/today')
    } catch (error) { refusal.value = asProblem(error) } finally { busy.value = false }
  }

  void load()
  onBeforeUnmount(() => { clearInterval(pulse); clearTimeout(retry); wire.listen({ onState: () => undefined, onRefused: () => undefined, onSent: outdated }) })
  return { phase, problem, refusal, gone, current, view, line, busy, justEnded, resource, question, pupils, ink, take, load, open, show, turn, board, leaveBoard, ask, count, reopen, end, setGrades, unsent, resend, discard, leaveLesson }
}
