import type { ClassLoad, LoadDay } from './types'

export type LoadState = 'none' | 'fine' | 'full' | 'over'

/** How a day stands against its limit, with `more` minutes of written homework added. Over the limit it warns, no more. */
export function judgeDay(written: number, limit: number | null | undefined, more = 0): LoadState {
  const sum = written + more
  if (sum === 0) return 'none'
  if (limit === null || limit === undefined) return 'fine'
  return sum > limit ? 'over' : sum === limit ? 'full' : 'fine'
}
/** A day of a class without one homework: the one that is being changed. */
export function dayWithout(load: ClassLoad | undefined, date: string, except = ''): LoadDay {
  const day = load?.days.find((one) => one.date === date)
  const items = (day?.items ?? []).filter((one) => one.id !== except)
  const sum = (written: boolean) => items.filter((one) => one.written === written).reduce((all, one) => all + one.minutes, 0)
  return { date, items, written: sum(true), other: sum(false) }
}
