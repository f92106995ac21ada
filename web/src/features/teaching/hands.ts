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
