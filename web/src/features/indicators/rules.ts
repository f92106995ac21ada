import type { ChartData } from '@/shared/ui/chartData'
import type { MapArea, MapMark } from '@/shared/ui/SvgMap.vue'
import { judge, type Direction, type StateKind } from '@/shared/numbers/grammar'
import type { Cell, Figure, SchoolException, SchoolMark, TimeLine } from './model'

/** Points since the week before; empty when either is not shown. */
export function step(series: readonly (number | null)[]): number | null {
  const now = series.at(-1)
  const before = series.at(-2)
  return typeof now === 'number' && typeof before === 'number' ? Math.round((now - before) * 100) / 100 : null
}

/** Weeks in a row that a series rose up to its end. */
export function rising(series: readonly (number | null)[]): number {
  let weeks = 0
  for (let at = series.length - 1; at > 0; at--) {
    const now = series[at]
    const before = series[at - 1]
    if (typeof now !== 'number' || typeof before !== 'number' || now <= before) break
    weeks++
  }
  return weeks
}

export const direction = (figure: Figure): Direction => (figure.at_least ? 'at_least' : 'at_most')

/** The state of a figure by its target; hidden ones have none. */
export const stateOf = (figure: Figure): StateKind => judge(figure.value, figure.target, direction(figure))

/** 0–4: how deep the tint of a cell is. One hue: a lesson without a screen is not worse. */
export function depth(cell: Cell): number {
  if (cell.hidden || cell.value === null) return 0
  return Math.min(4, Math.floor(cell.value / 20) + (cell.value > 0 ? 1 : 0))
}

/** A subject that comes back with "g." is a group with a name of its own. */
export const columnKey = (key: string) => key.replace('.', '_')

/** First week of the shown ones that teachers may still correct. */
export function provisionalFrom(time: TimeLine): number | undefined {
  const at = time.weeks.findIndex((week) => week.provisional)
  return at < 0 ? undefined : at
}

/** One exception a school, the most urgent; how many more it has. */
export function bySchool(all: readonly SchoolException[]): { first: SchoolException; more: number }[] {
  const found = new Map<string, { first: SchoolException; more: number }>()
  for (const one of all) {
    const known = found.get(one.org_id)
    if (known) known.more++
    else found.set(one.org_id, { first: one, more: 0 })
  }
  return [...found.values()]
}

interface Point { x: number; y: number }

/** One side of a part: from a corner to the next, and which other part lies behind it (−1 = the box's edge). */
interface Side { from: Point; to: Point; behind: number }

/** Parts of a box that lie nearest to each of some points. */
export function cells(centres: readonly Point[], width: number, height: number): Side[][] {
  const box = [{ x: 0, y: 0 }, { x: width, y: 0 }, { x: width, y: height }, { x: 0, y: height }]
  return centres.map((own, index) => {
    let sides: Side[] = box.map((from, at) => ({ from, to: box[(at + 1) % 4]!, behind: -1 }))
    centres.forEach((other, behind) => { if (behind !== index) sides = cut(sides, own, other, behind) })
    return sides
  })
}

/** What of a part is nearer to `own` than to `other`. */
function cut(sides: Side[], own: Point, other: Point, behind: number): Side[] {
  const away = { x: other.x - own.x, y: other.y - own.y }
  const beyond = (p: Point) => (p.x - (own.x + other.x) / 2) * away.x + (p.y - (own.y + other.y) / 2) * away.y
  const kept: Side[] = []
  let exit: Point | null = null
  let entry: Point | null = null
  let place = 0
  for (const side of sides) {
    const a = beyond(side.from)
    const b = beyond(side.to)
    const part = a / (a - b)
    const crossing = { x: side.from.x + part * (side.to.x - side.from.x), y: side.from.y + part * (side.to.y - side.from.y) }
    if (a <= 0 && b <= 0) kept.push(side)
    else if (a <= 0) { exit = crossing; kept.push({ ...side, to: crossing }); place = kept.length }
    else if (b <= 0) { entry = crossing; if (!exit) place = kept.length; kept.push({ ...side, from: crossing }) }
  }
  if (exit && entry) kept.splice(place, 0, { from: exit, to: entry, behind })
  return kept
}

/** Outlines of groups of parts: sides between two parts of one group fall out, the rest is joined to rings. */
export function outlines(parts: readonly Side[][], groupOf: readonly string[]): { group: string; ring: Point[] }[] {
  const key = (p: Point) => `${Math.round(p.x * 2)},${Math.round(p.y * 2)}`
  return [...new Set(groupOf)].flatMap((group) => {
    const open = parts.flatMap((sides, at) => (groupOf[at] === group ? sides.filter((side) => (side.behind < 0 || groupOf[side.behind] !== group) && key(side.from) !== key(side.to)) : []))
    const rings: { group: string; ring: Point[] }[] = []
    while (open.length > 0) {
      const ring = [open.shift()!]
      for (;;) {
        const next = open.findIndex((side) => key(side.from) === key(ring.at(-1)!.to))
        if (next < 0) break
        ring.push(...open.splice(next, 1))
      }
      rings.push({ group, ring: ring.map((side) => side.from) })
    }
    return rings
  })
}

const width = 660
const height = 320
const inset = 24

/** Schools and townships of the schematic map, in the box of SvgMap. Schools without a place stand in the list only. */
export function mapOf(schools: readonly SchoolMark[], stateText: (mark: SchoolMark) => string, to: (id: string) => MapMark['to']): { areas: MapArea[]; marks: MapMark[] } {
  const placed = schools.filter((one): one is SchoolMark & { x: number; y: number } => one.x !== null && one.y !== null)
  const at = (one: { x: number; y: number }) => ({ x: inset + one.x * (width - 2 * inset - 60), y: inset + one.y * (height - 2 * inset) })
  const marks = placed.map((one) => ({ id: one.id, name: one.short_name || one.name, fullName: one.name, ...at(one), state: one.state, stateText: stateText(one), area: one.township_id, to: to(one.id) }))
  const inTown = (town: string) => placed.filter((one) => one.township_id === town)
  const parts = outlines(cells(placed.map(at), width, height), placed.map((one) => one.township_id))
  const label = (town: string) => {
    const own = inTown(town).map(at)
    const middle = own.reduce((sum, p) => sum + p.x, 0) / own.length
    return { x: Math.max(8, Math.min(width - 84, middle - 30)), y: Math.max(16, Math.min(...own.map((p) => p.y)) - 16) }
  }
  return {
    areas: parts.map(({ group, ring }, index) => {
      const first = parts.findIndex((part) => part.group === group) === index
      return { id: `${group}-${index}`, name: first ? inTown(group)[0]!.township : '', points: ring.map((p) => `${p.x.toFixed(1)},${p.y.toFixed(1)}`).join(' '), labelX: label(group).x, labelY: label(group).y }
    }),
    marks,
  }
}

/** The weeks as a chart: lines for measured values, rings for declared ones. */
export function weekChart(time: TimeLine, lines: { name: string; values: (number | null)[]; color?: 1 | 2 }[], declared: { name: string; values: (number | null)[] } | null, target: { value: number; label: string } | null, weekName: (n: number) => string): ChartData {
  const series: ChartData['series'] = lines.map((line) => ({ name: line.name, values: line.values, kind: 'line' as const, color: line.color }))
  const shown = declared && declared.values.some((value) => value !== null) ? [{ name: declared.name, values: declared.values, kind: 'declared' as const }] : []
  return { categories: time.weeks.map((week) => weekName(week.number)), series: [...series, ...shown], unit: '%', target, provisionalFrom: provisionalFrom(time) }
}
