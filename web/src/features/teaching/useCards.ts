import { computed, ref, watch, type Ref } from 'vue'
import { useSession } from '@/shared/session/session'
import { useCardReading } from './cards/useCardReading'
import type { Tally } from './cards/tally'
import type { ClassQuestion, ClassView } from './types'

type Kept = { question: string; shown: boolean }

/** Whether the question in front is read from code cards, and how far; a reload goes on with it. */
export function useCards(view: Ref<ClassView | null>, question: Ref<ClassQuestion | null>, count: (id: string, change: { counts: number[]; present?: number }, settled?: boolean) => void) {
  const place = `santong.cards.${useSession().session?.person_id ?? ''}`
  const load = (): Kept => { try { return JSON.parse(localStorage.getItem(place) ?? '') as Kept } catch { return { question: '', shown: false } } }
  const kept = ref<Kept>(load())
  const camera = ref(false)
  const own = ref<number[]>([])
  const on = computed(() => question.value !== null && kept.value.question === question.value.id)
  const shown = computed(() => on.value && kept.value.shown)
  const able = computed(() => question.value !== null && question.value.options.length <= 4)
  function keep(next: Kept) {
    kept.value = next
    try { localStorage.setItem(place, JSON.stringify(next)) } catch { /* private window */ }
  }
  const { board, round, look, send } = useCardReading(() => (on.value && view.value ? view.value.session.id : null))
  const seen = computed(() => (board.value?.question?.id === question.value?.id && board.value?.seen.length ? board.value.seen : own.value))
  watch(board, (next) => {
    const told = next?.question
    if (!told || told.id !== question.value?.id || camera.value || !next.read_at) return
    count(told.id, { counts: told.counts, present: Math.max(told.present, question.value.present) }, false)
  })
  watch(() => question.value?.id, () => { own.value = []; camera.value = false })
  function begin() { if (question.value) { keep({ question: question.value.id, shown: false }); void look() } }
  /** What this computer's own camera has read: on the screen at once, also while the line is cut. */
  function take({ counts, seen: numbers }: Tally) {
    const now = question.value
    if (!now) return
    own.value = numbers
    count(now.id, { counts, present: Math.max(now.present, numbers.length) }, false)
    send({ counts, seen: numbers })
  }
  function again() {
    const now = question.value
    if (!now) return
    own.value = []
    if (board.value) board.value = { ...board.value, seen: [], read_at: null }
    round.value = `${now.id} ${Math.random()}`
    keep({ question: now.id, shown: false })
    count(now.id, { counts: now.counts.map(() => 0) })
  }
  const reveal = () => { if (question.value) { keep({ question: question.value.id, shown: true }); camera.value = false } }
  const byHand = () => keep({ question: '', shown: false })
  return { on, able, shown, camera, seen, round, begin, take, again, reveal, byHand }
}
