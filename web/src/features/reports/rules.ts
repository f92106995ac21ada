import type { StateKind } from '@/shared/numbers/grammar'
import type { Report, ReportLine, ReportNumber, ReportPart, ReportRow, ReportState } from './types'

/** Per cent with one decimal; null = nothing to count, or kept back. */
export const percent = (one: ReportNumber | ReportPart): number | null =>
  one.denominator > 0 && !('above' in one && !one.above && one.numerator === 0 && one.denominator === 0) ? Math.round((1000 * one.numerator) / one.denominator) / 10 : null

/** Words key and colour of a report's state; late outranks waiting. */
export function mark(row: { state: ReportState; late: boolean }): { key: string; kind: StateKind | 'info' } {
  if (row.state === 'arrived') return { key: 'arrived', kind: 'ok' }
  if (row.state === 'signed_off') return { key: 'signed_off', kind: 'info' }
  if (row.state === 'returned') return { key: 'returned', kind: 'warn' }
  return row.late ? { key: 'late', kind: 'bad' } : { key: 'open', kind: 'neutral' }
}

/** Lines that nobody has explained yet. */
export const unexplained = (report: Report): ReportLine[] =>
  (report.content?.lines ?? []).filter((line) => (line.note ?? null) === null && !report.reasons.some((one) => one.line === line.line))

/** How many days are left until a report is due; negative = past. */
export const daysLeft = (today: string, due: string) => Math.round((Date.parse(due) - Date.parse(today)) / 86_400_000)

/** What waits for whoever looks stands first. */
export const byUrgency = (rows: readonly ReportRow[]) => {
  const weight = (row: ReportRow) => (row.to_sign || row.to_pass_on ? 0 : row.late ? 1 : row.state === 'returned' ? 2 : row.state === 'arrived' ? 4 : 3)
  return [...rows].sort((a, b) => weight(a) - weight(b))
}
