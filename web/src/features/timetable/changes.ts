import type { Candidate, ChangeState, ChangeView, ChangeWay, SwapOption, Wish } from './model'

/** Requests that somebody still has to do something about. */
export const isLive = (state: ChangeState) => state === 'open' || state === 'asked' || state === 'ready'

/** How a state looks: by tint and icon, and always with its word. */
export const stateLook: Record<ChangeState, { kind: 'ok' | 'warn' | 'bad' | 'neutral' | 'info'; icon: string }> = {
  open: { kind: 'warn', icon: 'person' }, asked: { kind: 'info', icon: 'clock' }, ready: { kind: 'ok', icon: 'check' },
  approved: { kind: 'ok', icon: 'checkCircle' }, refused: { kind: 'bad', icon: 'cross' }, withdrawn: { kind: 'neutral', icon: 'undo' }, taken_back: { kind: 'neutral', icon: 'undo' },
}
export const wayIcon: Record<ChangeWay, string> = { none: 'minus', substitute: 'person', swap: 'refresh', self_study: 'book', cancelled: 'cross' }

/** The parts of the office's list: what needs it first. */
export type Part = 'open' | 'ready' | 'asked' | 'decided'
export const partOf = (state: ChangeState): Part => (isLive(state) ? (state as Part) : 'decided')
/** What the office sees first: classes without anybody, then what it can decide, then what waits; each by time. */
const rank: Record<Part, number> = { open: 0, ready: 1, asked: 2, decided: 3 }
export const queueOrder = (items: readonly ChangeView[]) =>
  [...items].sort((a, b) => rank[partOf(a.request.state)] - rank[partOf(b.request.state)] || a.request.date.localeCompare(b.request.date) || a.request.period - b.request.period)

/** Free colleagues in the order in which they are asked: no order of persons within a group. */
export type Nearness = 'both' | 'subject' | 'class' | 'free'
export const nearness = (one: Candidate): Nearness => (one.same_subject ? (one.same_class ? 'both' : 'subject') : one.same_class ? 'class' : 'free')
export function byNearness(candidates: readonly Candidate[]): { group: Nearness; items: Candidate[] }[] {
  const free = candidates.filter((one) => !one.busy_with)
  return (['both', 'subject', 'class', 'free'] as const).map((group) => ({ group, items: free.filter((one) => nearness(one) === group) })).filter((part) => part.items.length > 0)
}

/** Exchanges that are of use to somebody who is away on these days. */
export const usefulSwaps = (options: readonly SwapOption[], away: readonly string[]) => options.filter((one) => !away.includes(one.date))

export const noWish = (): Wish => ({ way: 'none', colleague_id: '', swap_lesson_id: '', other_subject: '', three: false, third_lesson_id: '' })
/** Which field of a wish is still missing. */
export function missingOf(wish: Wish): 'colleague_id' | 'swap_lesson_id' | 'third_lesson_id' | null {
  if (wish.way === 'substitute' && !wish.colleague_id) return 'colleague_id'
  if (wish.way !== 'swap') return null
  if (!wish.swap_lesson_id) return 'swap_lesson_id'
  return wish.three && !wish.third_lesson_id ? 'third_lesson_id' : null
}
/** What is said where something is missing. */
export const missingText = { colleague_id: 'timetable.change.pickTeacher', swap_lesson_id: 'timetable.ask.pickSwap', third_lesson_id: 'timetable.ask.pickThird' } as const
/** As the server reads it. */
export const sent = (wish: Wish) => ({
  way: wish.way,
  colleague_id: (wish.way === 'substitute' || wish.way === 'self_study') && wish.colleague_id ? wish.colleague_id : null,
  swap_lesson_id: wish.way === 'swap' ? wish.swap_lesson_id : null,
  third_lesson_id: wish.way === 'swap' && wish.three ? wish.third_lesson_id : null,
})
/** The months that a book of changes may be asked for: this one and the two before. */
export function months(today: string): string[] {
  const [year = 0, month = 0] = today.split('-').map(Number)
  return [0, 1, 2].map((back) => { const at = year * 12 + month - 1 - back; return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}` })
}
