import type { BoardRow, WorkFile } from './types'

/** Pages by pupil, as they are put together before they are saved. */
export type Placed = Record<string, WorkFile[]>

/** Pupils whose work may still be photographed: nothing came online, nothing is marked. */
export const takesPhotos = (row: BoardRow) => row.state === 'open' || row.state === 'correction' || (row.state === 'handed_in' && row.how !== 'online' && !row.marked)
export const placedOf = (rows: readonly BoardRow[]): Placed => Object.fromEntries(rows.filter(takesPhotos).map((row) => [row.pupil_id, [...row.photos]]))

/** Gives loose pages out in the order of the class list, `each` to a pupil who has none yet; what is left over stays loose. */
export function dealOut(rows: readonly BoardRow[], placed: Placed, loose: readonly WorkFile[], each: number): { placed: Placed; loose: WorkFile[] } {
  const next: Placed = { ...placed }
  const rest = [...loose]
  for (const row of rows) {
    if (!rest.length) break
    if (!takesPhotos(row) || next[row.pupil_id]?.length) continue
    next[row.pupil_id] = rest.splice(0, each)
  }
  return { placed: next, loose: rest }
}
/** Puts a page to a pupil, or back among the loose ones (null), wherever it was. */
export function move(placed: Placed, loose: readonly WorkFile[], page: WorkFile, to: string | null): { placed: Placed; loose: WorkFile[] } {
  const next: Placed = {}
  for (const [pupil, pages] of Object.entries(placed)) next[pupil] = pages.filter((one) => one.file_id !== page.file_id)
  const rest = loose.filter((one) => one.file_id !== page.file_id)
  if (to === null) rest.push(page)
  else next[to] = [...(next[to] ?? []), page]
  return { placed: next, loose: rest }
}
const same = (a: readonly WorkFile[], b: readonly WorkFile[]) => a.length === b.length && a.every((one, i) => one.file_id === b[i]!.file_id)
/** What the server has to be told: pupils whose pages are no longer those on its list. */
export const changes = (rows: readonly BoardRow[], placed: Placed) =>
  rows.filter((row) => takesPhotos(row) && !same(row.photos, placed[row.pupil_id] ?? [])).map((row) => ({ pupil_id: row.pupil_id, files: (placed[row.pupil_id] ?? []).map((one) => one.file_id) }))
