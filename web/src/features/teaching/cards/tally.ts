/** What a camera has read of a class: each card counts once, its last answer wins; nothing counts that was seen only once. */
import type { SeenCard } from './detect'

export interface Tally { seen: number[]; counts: number[] }
/** Pictures in a row that must say the same. */
const pictures = 2

export class CardTally {
  private readonly sure = new Map<number, number>()
  private maybe = new Map<number, { answer: number; times: number }>()
  constructor(private readonly options: number, private readonly last: number) {}

  /** Takes one picture; true if the tally has changed. */
  take(cards: readonly Pick<SeenCard, 'number' | 'answer'>[]): boolean {
    let changed = false
    const now = new Map<number, { answer: number; times: number }>()
    for (const { number, answer } of cards) {
      if (answer === null || answer >= this.options || number > this.last) continue
      const before = this.maybe.get(number)
      const times = before?.answer === answer ? before.times + 1 : 1
      now.set(number, { answer, times })
      if (times < pictures || this.sure.get(number) === answer) continue
      this.sure.set(number, answer)
      changed = true
    }
    this.maybe = now
    return changed
  }
  clear() { this.sure.clear(); this.maybe.clear() }
  get tally(): Tally {
    const counts = Array.from({ length: this.options }, () => 0)
    for (const answer of this.sure.values()) counts[answer]!++
    return { seen: [...this.sure.keys()].sort((a, b) => a - b), counts }
  }
}
