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

/** Parts of a box that lie nearest to each of some points (a schematic border between townships). */
export function cells(centres: readonly Point[], width: number, height: number): Point[][] {
  return centres.map((own, index) => {
    let shape: Point[] = [{ x: 0, y: 0 }, { x: width, y: 0 }, { x: width, y: height }, { x: 0, y: height }]
    centres.forEach((other, at) => {
      if (at === index || shape.length === 0) return
      const middle = { x: (own.x + other.x) / 2, y: (own.y + other.y) / 2 }
      const away = { x: other.x - own.x, y: other.y - own.y }
      const side = (p: Point) => (p.x - middle.x) * away.x + (p.y - middle.y) * away.y
      const next: Point[] = []
      shape.forEach((point, corner) => {
        const following = shape[(corner + 1) % shape.length]!
        const a = side(point)
        const b = side(following)
        if (a <= 0) next.push(point)
        if ((a < 0 && b > 0) || (a > 0 && b < 0)) {
          const part = a / (a - b)
          next.push({ x: point.x + part * (following.x - point.x), y: point.y + part * (following.y - point.y) })
        }
      })
      shape = next
    })
    return shape
  })
}

const width = 660
const height = 320
const inset = 24

/** Schools and townships of the schematic map, in the box of SvgMap. Schools without a place stand in the list only. */
export function mapOf(schools: readonly SchoolMark[], stateText: (mark: SchoolMark) => string, to: (id: string) => MapMark['to']): { areas: MapArea[]; marks: MapMark[] } {
  const placed = schools.filter((one): one is SchoolMark & { x: number; y: number } => one.x !== null && one.y !== null)
  const at = (one: { x: number; y: number }) => ({ x: inset + one.x * (width - 2 * inset - 60), y: inset + one.y * (height - 2 * inset) })
  const marks = placed.map((one) => ({ id: one.id, name: one.short_name || one.name, ...at(one), state: one.state, stateText: stateText(one), area: one.township_id, to: to(one.id) }))
  const towns = [...new Set(placed.map((one) => one.township_id))]
  const inTown = (town: string) => placed.filter((one) => one.township_id === town)
  const centres = towns.map((town) => {
    const own = inTown(town).map(at)
    return { x: own.reduce((sum, p) => sum + p.x, 0) / own.length, y: own.reduce((sum, p) => sum + p.y, 0) / own.length }
  })
  const shapes = cells(centres, width, height)
  return {
    areas: towns.map((town, index) => ({
      id: town,
      name: inTown(town)[0]!.township,
      points: shapes[index]!.map((p) => `${p.x.toFixed(1)},${p.y.toFixed(1)}`).join(' '),
      labelX: Math.max(8, Math.min(width - 84, centres[index]!.x - 30)),
      labelY: Math.max(16, Math.min(...inTown(town).map((one) => at(one).y)) - 16),
    })),
    marks,
  }
}

/** The weeks as a chart: lines for measured values, rings for declared ones. */
export function weekChart(time: TimeLine, lines: { name: string; values: (number | null)[]; color?: 1 | 2 }[], declared: { name: string; values: (number | null)[] } | null, target: { value: number; label: string } | null, weekName: (n: number) => string): ChartData {
  const series: ChartData['series'] = lines.map((line) => ({ name: line.name, values: line.values, kind: 'line' as const, color: line.color }))
  const shown = declared && declared.values.some((value) => value !== null) ? [{ name: declared.name, values: declared.values, kind: 'declared' as const }] : []
  return { categories: time.weeks.map((week) => weekName(week.number)), series: [...series, ...shown], unit: '%', target, provisionalFrom: provisionalFrom(time) }
}
