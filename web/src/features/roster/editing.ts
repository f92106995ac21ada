import type { Problem } from '@/shared/api/problem'

/** Two people had the same page open, and the other one was faster. */
export const changedMeanwhile = (problem: Problem | null) => problem !== null && ['roster.changed_meanwhile', 'roster.changed_by_import'].includes(problem.code)

export interface Difference { field: string; before: string; now: string; mine: string }
type Values = Record<string, string | number | null | undefined>
const text = (value: string | number | null | undefined) => (value === null || value === undefined ? '' : String(value))

/** What I have changed: fields whose value is not the one that the form began with. */
export const touched = <T extends object>(began: T, mine: T) => (Object.keys(mine) as (keyof T & string)[]).filter((field) => text(began[field] as string) !== text(mine[field] as string))

/**
 * What differs between the page as I opened it, as it is now, and as I wrote it: every field that the other one changed.
 * `fields`: names that the server says were touched; of guarded ones no value is known here.
 */
export function differences(before: Values, now: Values, mine: Values, fields: readonly string[]): Difference[] {
  const names = new Set([...Object.keys(now).filter((field) => text(before[field]) !== text(now[field])), ...fields])
  return [...names].map((field) => ({ field, before: text(before[field]), now: text(now[field]), mine: text(mine[field]) }))
}
