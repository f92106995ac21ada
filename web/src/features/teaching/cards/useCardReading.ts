import { onBeforeUnmount, ref, shallowRef, watch } from 'vue'
import { api } from '@/shared/api/client'
import { asProblem, type Problem } from '@/shared/api/problem'
import type { ClassQuestion } from '../types'
import type { Tally } from './tally'

export interface CardBoard { question?: ClassQuestion | null; seen: number[]; read_at?: number | null; class_name: string; pupils: number }

/**
 * The reading of a question's cards between the screen and whoever reads: asked about every second, sent when a camera has
 * read more. Begun anew by the screen, the reader begins anew, too (`round`).
 */
export function useCardReading(session: () => string | null, pause = 1000) {
  const board = shallowRef<CardBoard | null>(null)
  const problem = shallowRef<Problem | null>(null)
  const round = ref('')
  let goesOn: number | null = null
  let waiting: Tally | null = null
  let sending = false
  let stopped = false
  let timer: ReturnType<typeof setTimeout> | undefined

  function take(next: CardBoard) {
    const before = board.value
    board.value = next
    problem.value = null
    const other = before?.question?.id !== next.question?.id
    const thrownAway = goesOn !== null && !next.read_at
    if (!other && !thrownAway) return
    goesOn = null
    waiting = null
    round.value = `${next.question?.id ?? ''} ${Math.random()}`
  }
  async function look() {
    clearTimeout(timer)
    const id = session()
    if (id && !document.hidden && !sending) {
      try { take(await api.get<CardBoard>(`/class-sessions/${id}/cards`)) } catch (error) { problem.value = asProblem(error) }
    }
    if (!stopped) timer = setTimeout(() => void look(), pause)
  }
  async function flush() {
    const id = session()
    const question = board.value?.question
    if (sending || !waiting || !id || !question) return
    sending = true
    const { counts, seen } = waiting
    waiting = null
    try {
      const next = await api.put<CardBoard>(`/class-sessions/${id}/questions/${question.id}/cards`, { counts, seen, read_at: goesOn })
      goesOn = next.read_at ?? null
      board.value = next
      problem.value = null
    } catch (error) {
      problem.value = asProblem(error)
      if (problem.value.code === 'teaching.cards_begin_anew') { goesOn = null; round.value = `${question.id} ${Math.random()}` }
      else if (problem.value.status === 0 || problem.value.status >= 500) waiting ??= { counts, seen }
    }
    sending = false
    if (!stopped) setTimeout(() => void flush(), 500)
  }
  function send(tally: Tally) {
    waiting = tally
    void flush()
  }
  watch(session, () => void look(), { immediate: true })
  onBeforeUnmount(() => { stopped = true; clearTimeout(timer) })
  return { board, problem, round, look, send }
}
