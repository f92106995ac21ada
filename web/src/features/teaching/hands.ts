/** Counting raised hands: pure rules of the question screen. */
export const letters = ['A', 'B', 'C', 'D', 'E', 'F'] as const
export const total = (counts: readonly number[]) => counts.reduce((sum, one) => sum + one, 0)
/** Hands still missing; negative when more were counted than are present. */
export const missing = (counts: readonly number[], present: number) => present - total(counts)
/** The number at a place of the bar, 0–1. */
export const countAt = (share: number, present: number) => Math.round(Math.min(1, Math.max(0, share)) * present)
/** What a key does to a bar; null = nothing. */
export function countByKey(key: string, now: number, present: number): number | null {
  const next = { ArrowRight: now + 1, ArrowUp: now + 1, ArrowLeft: now - 1, ArrowDown: now - 1, PageUp: now + 5, PageDown: now - 5, Home: 0, End: present }[key]
  return next === undefined ? null : Math.min(present, Math.max(0, next))
}

/** What a device keeps of a count; `Storage` fits. */
export interface Keeping { getItem: (key: string) => string | null; setItem: (key: string, value: string) => void; removeItem: (key: string) => void }
export interface Hands { id: string; counts: number[]; present: number; done: boolean; text?: string; options?: string[] }
/** A count that the server has not taken: which lesson's, what was asked, and what the server said, if it was asked. */
export interface KeptCount { id: string; session: string; text: string; options: string[]; counts: number[]; present: number; why: string; at: number }
type Kept = Record<string, KeptCount>

/** How long a device keeps a count that nobody put right: the server takes it until the end of its lesson's day. */
const keptFor = 24 * 3_600_000

/** Counts that the server does not take, above those present or refused: kept on the device until they are put right or thrown away. */
export function keptHands(person: string, device: Keeping = localStorage, now: () => number = Date.now) {
  const place = `santong.counts.${person}`
  function load(): Kept {
    try {
      const all = JSON.parse(device.getItem(place) ?? '{}') as Kept
      return Object.fromEntries(Object.entries(all).filter(([, one]) => now() - one.at < keptFor))
    } catch { return {} }
  }
  function save(kept: Kept) {
    try {
      if (Object.keys(kept).length) device.setItem(place, JSON.stringify(kept))
      else device.removeItem(place)
    } catch { /* private window: they stay in the page alone */ }
  }
  function keep(session: string, { id, counts, present, text = '', options = [] }: Hands, why = '') {
    save({ ...load(), [id]: { id, session, text, options: [...options], counts: [...counts], present, why, at: now() } })
  }
  function drop(id: string) {
    const kept = load()
    if (!(id in kept)) return
    delete kept[id]
    save(kept)
  }
  /** The questions of a session as they stood on this device. */
  function restore<Question extends Hands>(session: string, questions: readonly Question[]): Question[] {
    const kept = load()
    return questions.map((one) => {
      const hands = kept[one.id]
      return hands?.session === session && hands.counts.length === one.counts.length ? { ...one, counts: [...hands.counts], present: hands.present, done: false } : one
    })
  }
  /** Everything that waits to be put right, oldest first. */
  const list = () => Object.values(load()).sort((one, other) => one.at - other.at)
  return { keep, drop, restore, list }
}
