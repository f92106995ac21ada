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
export interface Hands { id: string; counts: number[]; present: number; done: boolean }
interface Kept { session: string; hands: Record<string, { counts: number[]; present: number }> }

/** Counts above those present, which the server does not take: kept on the device, so that a reload shows them as they stood. */
export function keptHands(person: string, device: Keeping = localStorage) {
  const place = `santong.hands.${person}`
  function load(): Kept {
    try { return JSON.parse(device.getItem(place) ?? '') as Kept } catch { return { session: '', hands: {} } }
  }
  function save(kept: Kept) {
    try {
      if (Object.keys(kept.hands).length) device.setItem(place, JSON.stringify(kept))
      else device.removeItem(place)
    } catch { /* private window: they stay in the page alone */ }
  }
  function keep(session: string, { id, counts, present }: Hands) {
    const kept = load()
    save({ session, hands: { ...(kept.session === session ? kept.hands : {}), [id]: { counts: [...counts], present } } })
  }
  function drop(id: string) {
    const kept = load()
    if (!(id in kept.hands)) return
    delete kept.hands[id]
    save(kept)
  }
  /** The questions of a session as they stood on this device. */
  function restore<Question extends Hands>(session: string, questions: readonly Question[]): Question[] {
    const kept = load()
    return questions.map((one) => {
      const hands = kept.session === session ? kept.hands[one.id] : undefined
      return hands?.counts.length === one.counts.length ? { ...one, ...hands, done: false } : one
    })
  }
  return { keep, drop, restore }
}
