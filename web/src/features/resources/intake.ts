import type { Kind, Licence, Scope, Source } from './types'

export type IntakeState = 'receiving' | 'working' | 'ready' | 'submitting' | 'stopped' | 'failed'
export type Verdict = 'expected' | 'waiting' | 'sure' | 'unsure' | 'duplicate' | 'refused' | 'junk' | 'aside' | 'taken'
export interface IntakeView {
  id: string; name: string; state: IntakeState; archive: boolean; school_name: string; files: number; bytes: number
  counts: Partial<Record<Verdict, number>>; job_id: string | null; error_key: string; created_at: number; updated_at: number
}
export interface IntakeRow {
  number: number; path: string; size: number; media_type: string; verdict: Verdict; reason: string; doubt: string
  twin_number: number; twin_id: string | null; twin_title: string; title: string; kind: Kind; fits: Kind[]; subject: string
  grade_from: number; grade_to: number; chapter_id: string | null; chapter_title: string; resource_id: string | null
}
export interface IntakeChange { numbers: number[]; title?: string; kind?: Kind; subject?: string; grade_from?: number; grade_to?: number; chapter_id?: string; aside?: boolean }
export interface IntakeSubmit { review: boolean; scope: Scope; licence: Licence; source: Source; source_note: string; attribution: string; holder: string; terms: string; valid_from: string; valid_until: string }

export const mostFiles = 5000
/** In the order in which somebody works through them. */
export const verdicts: readonly Verdict[] = ['unsure', 'sure', 'duplicate', 'refused', 'junk', 'aside', 'taken', 'waiting', 'expected']
export const verdictTone: Record<Verdict, 'ok' | 'warn' | 'bad' | 'neutral' | 'info'> = {
  expected: 'neutral', waiting: 'neutral', sure: 'ok', unsure: 'warn', duplicate: 'neutral', refused: 'bad', junk: 'neutral', aside: 'neutral', taken: 'info',
}
export const busy = (state: IntakeState) => state === 'working' || state === 'submitting'
/** Rows whose description may still be changed. */
export const isOpen = (verdict: Verdict) => verdict === 'sure' || verdict === 'unsure' || verdict === 'aside'

/** A file's path below the folder that was chosen. */
export function pathOf(file: { name: string; webkitRelativePath?: string }): string {
  const path = file.webkitRelativePath || file.name
  const slash = path.indexOf('/')
  return slash < 0 ? path : path.slice(slash + 1)
}
/** The folder's own name; it stands before the first slash of every path. */
export function folderName(files: readonly { name: string; webkitRelativePath?: string }[]): string {
  const path = files[0]?.webkitRelativePath ?? ''
  return path.includes('/') ? path.slice(0, path.indexOf('/')) : ''
}
/** Files of the folder that the server still waits for, by path and size: after a reload the folder is chosen again. */
export function stillWanted<F extends { name: string; size: number; webkitRelativePath?: string }>(files: readonly F[], rows: readonly Pick<IntakeRow, 'number' | 'path' | 'size'>[]) {
  const byPath = new Map(files.map((file) => [pathOf(file), file]))
  return rows.flatMap((row) => {
    const file = byPath.get(row.path)
    return file && file.size === row.size ? [{ number: row.number, file }] : []
  })
}
/** What is sent of the form for many rows: only what was chosen. */
export function changeOf(numbers: readonly number[], form: { kind: string; subject: string; grade: number; chapter: string; title: string }): IntakeChange | null {
  const change: IntakeChange = {
    numbers: [...numbers],
    ...(form.title.trim() && numbers.length === 1 ? { title: form.title.trim() } : {}),
    ...(form.kind ? { kind: form.kind as Kind } : {}),
    ...(form.chapter ? { chapter_id: form.chapter } : {}),
    ...(form.subject ? { subject: form.subject } : {}),
    ...(form.grade ? { grade_from: form.grade, grade_to: form.grade } : {}),
  }
  return Object.keys(change).length > 1 ? change : null
}
