import type { Evaluation, EvaluationLine } from './types'

/** One row of a run's table: the district, then each school; `cells` by indicator. */
export interface ResultRow { key: string; name: string; hidden: number; cells: Record<string, EvaluationLine | undefined> }

export function rowsOf(run: Pick<Evaluation, 'results'>, district: string): ResultRow[] {
  const rows = new Map<string, ResultRow>()
  for (const line of run.results) {
    const key = line.org_id ?? ''
    const row = rows.get(key) ?? { key, name: line.org_id ? line.name : district, hidden: 0, cells: {} }
    row.hidden = Math.max(row.hidden, line.hidden)
    row.cells[line.indicator] = line
    rows.set(key, row)
  }
  return [...rows.values()]
}

/** Points between two runs; null where one of them has no value. */
export function difference(now: EvaluationLine | undefined, before: EvaluationLine | undefined): number | null {
  if (!now?.value || !before?.value) return null
  return Math.round((Number(now.value) - Number(before.value)) * 10) / 10
}
