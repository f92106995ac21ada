import type { RouteLocationRaw } from 'vue-router'

export interface Column<Row> {
  key: string
  title: string
  /** What the cell says; a slot `cell-<key>` may draw it otherwise. */
  value?: (row: Row) => string | number | null | undefined
  align?: 'start' | 'end'
  width?: string
  /** Stands on one line: short words that another column would push together. */
  tight?: boolean
  sortable?: boolean
  /** Not shown until the person chooses it. */
  optional?: boolean
  /** Sentences, not a word: on the phone's card they stand under their label. */
  long?: boolean
  /** Left out of the phone's card. */
  deskOnly?: boolean
  /** Left out of a card on a phone where there is nothing to say ("—"). */
  mayLack?: boolean
}
export interface FacetOption { value: string; label: string; count?: number }
export interface Facet { key: string; label: string; options: readonly FacetOption[]; single?: boolean }
export type RowLink<Row> = (row: Row) => RouteLocationRaw | null | undefined

const key = (name: string) => `santong.columns.${name}`
export function storedColumns(name: string): string[] | null {
  try {
    const value = JSON.parse(localStorage.getItem(key(name)) ?? 'null') as unknown
    return Array.isArray(value) ? value.map(String) : null
  } catch {
    return null
  }
}
export function storeColumns(name: string, columns: readonly string[]) {
  try { localStorage.setItem(key(name), JSON.stringify(columns)) } catch { /* private window */ }
}
export const cellText = (value: unknown) => (value === null || value === undefined || value === '' ? '—' : String(value))
