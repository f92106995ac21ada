export type ImportKind = 'pupils' | 'staff'
export type ImportState = 'columns' | 'checking' | 'checked' | 'writing' | 'written'
export type RowState = 'added' | 'changed' | 'same' | 'refused' | 'ask' | 'ended'
export type Decision = 'none' | 'same' | 'different' | 'skip'

export interface ImportColumn { index: number; header: string; field: string | null; confidence: number; personal: boolean; samples: string[] }
export interface ImportTotals { rows: number; added: number; changed: number; same: number; refused: number; ask: number; ended: number; written: number; schools: number; classes: number; new_classes: number; lost_characters: number }
export interface ImportField { field: string; required: boolean; personal: boolean }
export interface Facet { key: string; name: string; count: number }
export interface ImportSummary { id: string; kind: ImportKind; file_name: string; state: ImportState; totals: ImportTotals; made_by_name: string; created_at: number; written_at: number | null }
export interface ImportView extends ImportSummary {
  file_size: number
  format: string
  encoding: string
  sheet: string
  header_row: number
  first_data_row: number
  columns: ImportColumn[]
  fields: ImportField[]
  known_headings: boolean
  absent: 'keep' | 'end'
  job_id: string | null
  refused_by_school: Facet[]
  refused_by_reason: Facet[]
  updated_at: number
}
export interface RowProblem { column: number; field: string; value: string; key: string; params: Record<string, string>; hint_key: string; suggestion: string }
export interface ImportRow { number: number; state: RowState; school_name: string; name: string; problems: RowProblem[]; changes: string[]; decision: Decision; fixed: boolean; written: boolean }

/** A column that a person should look at before the file is tried. */
export const doubtful = (column: ImportColumn) => column.field !== null && column.confidence < 0.6
/** Rows that a write takes. */
export const good = (totals: ImportTotals) => totals.added + totals.changed
export const recognised = (columns: readonly ImportColumn[]) => columns.filter((column) => column.field).length
export const busy = (state: ImportState) => state === 'checking' || state === 'writing'

/** What the bar under the totals is made of, in shares of all rows. */
export function shares(totals: ImportTotals) {
  const all = Math.max(1, totals.rows)
  return (['added', 'changed', 'same', 'ask', 'refused'] as const).map((kind) => ({ kind, share: totals[kind] / all })).filter((part) => part.share > 0)
}

/** The step of the four that is open: file, columns, dry run, write. */
export function stepOf(state: ImportState): number {
  return { columns: 1, checking: 2, checked: 2, writing: 3, written: 4 }[state]
}
