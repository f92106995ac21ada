export type ImportKind = 'pupils' | 'staff'
export type ImportState = 'columns' | 'checking' | 'checked' | 'writing' | 'written'
export type RowState = 'added' | 'changed' | 'same' | 'refused' | 'ask' | 'ended'
export type Decision = 'none' | 'same' | 'different' | 'skip'

export interface ImportColumn { index: number; header: string; field: string | null; confidence: number; personal: boolean; samples: string[] }
export interface ImportTotals { rows: number; added: number; changed: number; same: number; refused: number; ask: number; ended: number; written: number; schools: number; classes: number; new_classes: number; lost_characters: number }
export interface ImportField { field: string; required: boolean; personal: boolean }
export interface Facet { key: string; name: string; count: number }
export interface ImportSummary { id: string; kind: ImportKind; file_name: string; state: ImportState; totals: ImportTotals; made_by_name: string; created_at: number; written_at: number | null }
/** A class (of staff: a school) that the file speaks for, and whom it leaves out there. */
export interface Cover { place_id: string; school_name: string; name: string; rows: number; here: number; absent: number; unknown: number }
export interface SchoolRows { name: string; added: number; changed: number; same: number; refused: number; ask: number }
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
  cover: Cover[]
  end_in: string[]
  /** Guardians of its pupils whom an earlier list told and this one does not. */
  untold: number
  by_school: SchoolRows[]
  job_id: string | null
  refused_by_school: Facet[]
  refused_by_reason: Facet[]
  updated_at: number
}
export interface RowProblem { column: number; field: string; value: string; key: string; params: Record<string, string>; hint_key: string; suggestion: string }
export interface ImportRow { number: number; state: RowState; school_name: string; name: string; problems: RowProblem[]; changes: string[]; decision: Decision; fixed: boolean; written: boolean }

export interface UntoldGuardian { guardianship_id: string; row: number; pupil_id: string; pupil_name: string; class_name: string; guardian_name: string; relation: string; from_date: string; chosen: boolean; ended_at: number | null }

/** What a write would take now: rows that were written already are not written again. */
export function toWrite(view: Pick<ImportView, 'totals' | 'cover' | 'end_in' | 'state'>, endIn: readonly string[]): number {
  return Math.max(0, good(view.totals) + toEnd(view, view.state === 'written' ? view.end_in : endIn) - view.totals.written)
}
/** How many people end when these places are chosen. */
export const toEnd = (view: Pick<ImportView, 'cover'>, endIn: readonly string[]) => view.cover.filter((one) => endIn.includes(one.place_id)).reduce((sum, one) => sum + one.absent, 0)
/** Places whose missing people may be ended, or where first something must be mended. */
export const withAbsent = (view: Pick<ImportView, 'cover'>) => view.cover.filter((one) => one.absent > 0)
/** A place by its name: the class within its school. */
export const placeName = (one: Pick<Cover, 'school_name' | 'name'>) => (one.name ? `${one.school_name} ${one.name}` : one.school_name)
/** Schools in which a write changes something, the busiest first. */
export const schoolsTouched = (view: Pick<ImportView, 'by_school'>) => view.by_school.filter((one) => one.added + one.changed > 0).sort((a, b) => b.added + b.changed - a.added - a.changed)
/** A column that a person should look at before the file is tried. */
export const doubtful = (column: ImportColumn) => column.field !== null && column.confidence < 0.6
/** Rows that a write takes. */
export const good = (totals: ImportTotals) => totals.added + totals.changed
export const recognised = (columns: readonly ImportColumn[]) => columns.filter((column) => column.field).length
/** Fields that must have a column and have none yet. */
export const lacking = (view: Pick<ImportView, 'fields'>, chosen: Record<number, string>) => view.fields.filter((one) => one.required && !Object.values(chosen).includes(one.field)).map((one) => one.field)
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

/** A sentence of the server without what would stand in its blanks: "日期“{value}”看不懂。" becomes "日期看不懂". */
export const withoutBlanks = (text: string) => text.replace(/[“"(（]?\{\w+\}[”")）]?/g, '').replace(/[。.]$/, '').replace(/ {2,}/g, ' ').trim()
