import type { Review, ReviewRow, SheetLine } from './types'

/** What needs a person stands first: what a check found, then what he ticks, then what is well. */
const rank = (line: SheetLine) => (line.automatic ? (line.state === 'passed' ? 2 : 0) : 1)

/** Lines of the review sheet under their headings. */
export function sheetGroups(lines: readonly SheetLine[]): { group: string; lines: SheetLine[]; seen: number }[] {
  const groups: { group: string; lines: SheetLine[]; seen: number }[] = []
  for (const line of lines) {
    let group = groups.find((one) => one.group === line.group)
    if (!group) groups.push((group = { group: line.group, lines: [], seen: 0 }))
    group.lines.push(line)
    if (isSeen(line)) group.seen++
  }
  for (const group of groups) group.lines.sort((a, b) => rank(a) - rank(b))
  return groups
}
/** An automatic line needs nobody to look; one of a person's counts when it is ticked. */
export const isSeen = (line: SheetLine) => line.automatic || line.ticked || line.mark === true
export const leftToTick = (lines: readonly SheetLine[]) => lines.filter((line) => !isSeen(line)).length
export const failedCheck = (lines: readonly SheetLine[]) => lines.some((line) => line.automatic && line.state === 'failed')
export const mayApprove = (review: Review) => review.may_decide && leftToTick(review.sheet) === 0 && !failedCheck(review.sheet)

/** How near the end of a step is: late, today, within a day, or whole days left. */
export function urgency(dueAt: number, now: number): { kind: 'late' | 'today' | 'days'; days: number } {
  const day = 86_400_000
  if (dueAt < now) return { kind: 'late', days: Math.max(1, Math.ceil((now - dueAt) / day)) }
  const sameDay = new Date(dueAt + 8 * 3_600_000).toISOString().slice(0, 10) === new Date(now + 8 * 3_600_000).toISOString().slice(0, 10)
  if (sameDay) return { kind: 'today', days: 0 }
  return { kind: 'days', days: Math.max(1, Math.round((dueAt - now) / day)) }
}

/** The neighbour in a queue; the first one when nothing is chosen. */
export function neighbour(rows: readonly ReviewRow[], id: string, by: 1 | -1): string {
  const at = rows.findIndex((row) => row.id === id)
  if (at < 0) return rows[0]?.id ?? ''
  return rows[Math.min(rows.length - 1, Math.max(0, at + by))]?.id ?? ''
}

/** Where to go after an item has left the queue: the next one, or the one before it, or nowhere. */
export function afterLeaving(rows: readonly ReviewRow[], id: string): string {
  const at = rows.findIndex((row) => row.id === id)
  return rows[at + 1]?.id ?? rows[at - 1]?.id ?? ''
}

/** A reason from chips and free text: chips first, each once. */
export function addReason(text: string, chip: string): string {
  if (text.includes(chip)) return text.replace(chip, '').replace(/^[，；、,;\s]+|[，；、,;\s]+$/g, '')
  return text.trim() ? `${chip}，${text.trim()}` : chip
}
