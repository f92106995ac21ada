import type { StateKind } from '@/shared/numbers/grammar'
import type { Display, OrderRow, Portal, SchoolRow, Standing, State, Window } from './types'

const hour = 3_600_000
const day = 24 * hour
/** Local minutes of the day are China's. */
const zone = 8 * hour

/** How a school stands, as a colour with its icon. */
export function standingKind(standing: Standing): { kind: StateKind | 'info'; icon: string } {
  switch (standing) {
    case 'here': return { kind: 'ok', icon: 'checkCircle' }
    case 'here_late': return { kind: 'warn', icon: 'checkCircle' }
    case 'travelling': return { kind: 'info', icon: 'download' }
    case 'waiting': return { kind: 'neutral', icon: 'clock' }
    case 'will_miss': return { kind: 'bad', icon: 'urgent' }
    case 'missed': return { kind: 'bad', icon: 'offline' }
    case 'paused': return { kind: 'neutral', icon: 'pause' }
    case 'hosted': return { kind: 'neutral', icon: 'server' }
  }
}

/** What stands at an order in a list: what is wrong before what goes well. */
export function orderMark(row: Pick<OrderRow, 'state' | 'late' | 'whole' | 'schools' | 'starts_at'>, now: number): { key: string; kind: StateKind | 'info'; icon: string } {
  const done: Partial<Record<State, string>> = { paused: 'pause', ended: 'check', cancelled: 'cross' }
  if (row.state === 'cancelled' || row.state === 'ended') return { key: row.state, kind: 'neutral', icon: done[row.state]! }
  if (row.late > 0 && row.whole === row.schools) return { key: 'cameLate', kind: 'warn', icon: 'checkCircle' }
  if (row.late > 0) return { key: 'late', kind: 'bad', icon: 'urgent' }
  if (row.whole === row.schools) return { key: 'whole', kind: 'ok', icon: 'checkCircle' }
  if (row.state === 'paused') return { key: 'paused', kind: 'neutral', icon: 'pause' }
  return row.starts_at && row.starts_at > now ? { key: 'starts', kind: 'neutral', icon: 'clock' } : { key: 'travelling', kind: 'info', icon: 'download' }
}

/** Share of the schools that have all of an order, 0–100. */
export const wholeShare = (row: Pick<OrderRow, 'whole' | 'schools'>) => (row.schools ? Math.round((100 * row.whole) / row.schools) : 0)

/** Whether one of two orders may be put before the other by hand: both run, and neither is needed first or more urgent. */
export const peers = (a: OrderRow, b: OrderRow) =>
  [a, b].every((one) => (one.state === 'open' || one.state === 'paused') && one.whole < one.schools) && a.priority === b.priority && (a.due_at ?? 0) === (b.due_at ?? 0)

/** Where an order shows what it sends, while nobody has said anything. */
export const usualDisplay: Readonly<Display> = { portal: false, spaces: true, classroom: true }
/** What may stand on the public page: all of it, some, or nothing. */
export const portalHint = (portal: Portal) => (portal.allowed === 0 ? 'none' : portal.refused.length ? 'some' : 'all')
/** The public page is wanted by itself where all of it is public; never where nothing may stand there. */
export function displayFor(display: Display, portal: Portal, said: boolean): Display {
  const hint = portalHint(portal)
  return { ...display, portal: hint !== 'none' && (said ? display.portal : hint === 'all') }
}

/** A span of time along which an order is drawn, with hours to read it by. */
export interface Axis { from: number; to: number; ticks: number[] }

const minute = 60_000
/** An order of which nothing lies further apart than this has a scale of its own. */
const short = 30 * minute

/** Seconds or minutes for what is carried in a moment, and nothing of it is needed within days. */
function closeAxis(first: number, last: number): Axis {
  const length = Math.max(10_000, (last - first) * 1.25)
  const step = [2_000, 5_000, 10_000, 30_000, minute, 2 * minute, 5 * minute, 10 * minute].find((one) => length / one <= 6)!
  const from = Math.floor(first / step) * step
  const to = Math.ceil((from + length) / step) * step
  return { from, to, ticks: Array.from({ length: Math.round((to - from) / step) + 1 }, (_, index) => from + index * step) }
}

/** From the first thing that happens to the last need that is near; at least eight hours, at most three days. Only where all of it, needs too, lies within half an hour the axis is one of minutes. */
export function axisOf(rows: readonly SchoolRow[], now: number): Axis {
  const known = (all: readonly (number | null | undefined)[]) => all.filter((one): one is number => typeof one === 'number')
  const acts = rows.flatMap((row) => known(row.whole_at ? [row.first_at, row.whole_at] : [row.first_at, row.starts_at, row.expected_at]))
  const opens = acts.length ? Math.min(...acts) : now
  // A lesson that was missed by hours stands on the axis too.
  const shown = [...acts, ...known(rows.map((row) => row.due_at))].filter((one) => one >= opens - day / 2 && one <= opens + 3 * day)
  const first = Math.min(opens, ...shown)
  const last = Math.max(opens, ...shown)
  if (last > first && last - first < short) return closeAxis(first, last)
  const from = Math.floor(first / hour) * hour
  const to = Math.max(from + 8 * hour, Math.ceil((last + hour / 2) / hour) * hour)
  const step = [1, 2, 3, 6, 12, 24].find((one) => (to - from) / (one * hour) <= 6)! * hour
  const ticks: number[] = []
  for (let at = Math.ceil((from + zone) / step) * step - zone; at <= to; at += step) ticks.push(at)
  return { from, to, ticks }
}

/** Whether the axis counts in seconds. */
export const inSeconds = (axis: Axis) => axis.ticks.length > 1 && axis.ticks[1]! - axis.ticks[0]! < minute

/** Whether something of a span lies on the axis; what lies beyond it is not drawn. */
export const onAxis = (axis: Axis, from: number, to = from) => from <= to && to >= axis.from && from <= axis.to

/** Place on the axis in per cent; what reaches beyond ends at its edge. */
export const placeOf = (axis: Axis, at: number) => Math.min(100, Math.max(0, (100 * (at - axis.from)) / (axis.to - axis.from)))

/** When windows stand open on the axis; none said = always. */
export function openSpans(axis: Axis, windows: readonly Window[]): { from: number; to: number }[] {
  if (!windows.length) return [{ from: axis.from, to: axis.to }]
  const spans: { from: number; to: number }[] = []
  const midnight = Math.floor((axis.from + zone) / day) * day - zone
  for (let start = midnight - day; start < axis.to; start += day) {
    for (const one of windows) {
      const from = start + one.from * 60_000
      const to = start + one.until * 60_000 + (one.until <= one.from ? day : 0)
      if (to > axis.from && from < axis.to) spans.push({ from: Math.max(from, axis.from), to: Math.min(to, axis.to) })
    }
  }
  return spans.sort((a, b) => a.from - b.from)
}

export interface Bar { kind: 'before' | 'own' | 'planned' | 'here' | 'missing'; from: number; to: number }
/** What is drawn for a school: what goes before, what has come, what is still to come. */
export function barsOf(row: SchoolRow, axis: Axis, now: number): Bar[] {
  if (row.standing === 'hosted') return []
  if (row.whole_at) return [{ kind: 'here', from: Math.min(row.first_at ?? row.whole_at, row.whole_at), to: row.whole_at }]
  const bars: Bar[] = []
  if (row.first_at) bars.push({ kind: 'own', from: row.first_at, to: Math.max(row.first_at, Math.min(now, row.expected_at ?? now)) })
  const begin = Math.max(now, axis.from)
  if (row.before_bytes > 0 && row.starts_at && row.starts_at > begin) {
    const opens = openSpans({ ...axis, from: begin, to: row.starts_at }, row.windows)[0]
    if (opens) bars.push({ kind: 'before', from: opens.from, to: row.starts_at })
  }
  if (row.starts_at && row.expected_at) bars.push({ kind: 'planned', from: Math.max(row.starts_at, begin), to: Math.max(row.expected_at, begin) })
  else if (row.standing === 'missed') bars.push({ kind: 'missing', from: row.first_at ?? axis.from, to: row.due_at ?? axis.to })
  return bars
}

/** "22:00" from minutes after midnight. */
export const clock = (minute: number) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
/** For a field of type datetime-local, in China's time, and back. */
export const toLocalField = (at: number) => new Date(at + zone).toISOString().slice(0, 16)
export const fromLocalField = (text: string) => (text ? new Date(`${text}:00+08:00`).getTime() : null)

/** Whether the lower grade that was chosen stands above the upper one; 0 is the thing's own. */
export const gradesTurned = (of: { grade_from: number; grade_to: number }) => of.grade_from > 0 && of.grade_to > 0 && of.grade_from > of.grade_to
