import type { ChartData } from '@/shared/ui/chartData'
import type { MapArea, MapMark } from '@/shared/ui/SvgMap.vue'
import { judge, type Direction, type StateKind } from '@/shared/numbers/grammar'
import type { Cell, Figure, PointState, SchoolException, SchoolMark, TimeLine } from './model'

/** Points since the week before; empty when either is not shown. */
export function step(series: readonly (number | null)[]): number | null {
  const now = series.at(-1)
  const before = series.at(-2)
  return typeof now === 'number' && typeof before === 'number' ? Math.round((now - before) * 100) / 100 : null
}

/** Whether the last shown week goes on: half a week is not compared with a whole one. */
export const running = (time: Pick<TimeLine, 'today' | 'weeks'>): boolean => (time.weeks.at(-1)?.sunday ?? '') >= time.today

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

export const mapWidth = 660
export const mapHeight = 320
const margin = { left: 28, right: 108, top: 44, bottom: 24 }
const letter = 12

interface Box { x: number; y: number; w: number; h: number }
const meets = (a: Box, b: Box) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h
/** The letters beside a mark at p; Latin ones take about half the room of a Chinese one. */
const written = (text: string) => [...text].reduce((sum, one) => sum + (one.charCodeAt(0) < 0x2e80 ? letter * 0.56 : letter), 0)
const beside = (p: Point, text: string, side: 'left' | 'right'): Box => ({ x: side === 'right' ? p.x + 12 : p.x - 12 - written(text), y: p.y - 9, w: written(text), h: 18 })

/** Places for schools that nobody has placed yet: town beside town, in each its schools; the map is schematic anyway. */
function sideBySide(schools: readonly SchoolMark[]): (SchoolMark & { x: number; y: number })[] {
  const towns = [...new Set(schools.map((one) => one.township_id))]
  const across = Math.ceil(Math.sqrt(towns.length))
  return schools.map((one) => {
    const own = schools.filter((other) => other.township_id === one.township_id)
    const town = towns.indexOf(one.township_id)
    const n = own.indexOf(one)
    const side = Math.ceil(Math.sqrt(own.length))
    const step = 0.7 / side
    return { ...one, x: (town % across) + (n % side) * step, y: Math.floor(town / across) + (Math.floor(n / side) + (n % side) / side) * step }
  })
}

/** Schools and townships of the schematic map, in the box of SvgMap. Schools without a place stand in the list only. */
export function mapOf(schools: readonly SchoolMark[], stateText: (mark: SchoolMark) => string, to: (id: string) => MapMark['to'], height = mapHeight): { areas: MapArea[]; marks: MapMark[] } {
  const known = schools.filter((one): one is SchoolMark & { x: number; y: number } => one.x !== null && one.y !== null)
  const placed = known.length ? known : sideBySide(schools)
  // The places are schematic: what there is fills the box.
  const spread = (values: number[]) => { const from = Math.min(...values); const over = Math.max(...values) - from; return (value: number) => (over > 0 ? (value - from) / over : 0.5) }
  const across = spread(placed.map((one) => one.x))
  const down = spread(placed.map((one) => one.y))
  const at = (one: { x: number; y: number }) => ({ x: margin.left + across(one.x) * (mapWidth - margin.left - margin.right), y: margin.top + down(one.y) * (height - margin.top - margin.bottom) })
  const dots = placed.map((one) => ({ ...at(one), box: { x: at(one).x - 8, y: at(one).y - 9, w: 16, h: 18 } }))
  const taken: Box[] = dots.map((dot) => dot.box)
  const marks = placed.map((one, index): MapMark => {
    const name = one.short_name || one.name
    const free = (side: 'left' | 'right') => { const box = beside(dots[index]!, name, side); return box.x > 4 && taken.every((other) => other === dots[index]!.box || !meets(box, other)) }
    const labelSide = !free('right') && free('left') ? 'left' : 'right'
    taken.push(beside(dots[index]!, name, labelSide))
    return { id: one.id, name, fullName: one.name, ...at(one), state: one.state, stateText: stateText(one), area: one.township_id, to: to(one.id), labelSide }
  })
  const inTown = (town: string) => placed.filter((one) => one.township_id === town)
  const parts = outlines(cells(placed.map(at), mapWidth, height), placed.map((one) => one.township_id))
  const label = (town: string) => {
    const own = inTown(town).map(at)
    const name = inTown(town)[0]!.township
    const middle = Math.max(8, Math.min(mapWidth - 84, own.reduce((sum, p) => sum + p.x, 0) / own.length - written(name) / 2))
    const top = Math.max(18, Math.min(...own.map((p) => p.y)) - 16)
    const places = [0, -40, 40, -80, 80].flatMap((aside) => [top, top - 8, Math.max(...own.map((p) => p.y)) + 26].map((y) => ({ x: Math.max(8, middle + aside), y })))
    const found = places.find((p) => p.y < height - 4 && taken.every((other) => !meets({ x: p.x - 4, y: p.y - 14, w: written(name) + 8, h: 18 }, other))) ?? places[0]!
    taken.push({ x: found.x, y: found.y - 14, w: written(name), h: 18 })
    return found
  }
  const labels = new Map([...new Set(placed.map((one) => one.township_id))].map((town) => [town, label(town)]))
  return {
    areas: parts.map(({ group, ring }, index) => {
      const first = parts.findIndex((part) => part.group === group) === index
      const { x, y } = labels.get(group)!
      return { id: `${group}-${index}`, name: first ? inTown(group)[0]!.township : '', points: ring.map((p) => `${p.x.toFixed(1)},${p.y.toFixed(1)}`).join(' '), labelX: x, labelY: y }
    }),
    marks,
  }
}

/** What a week without a value is called in the drawing. */
/** Indicators of lines and boxes, in the order of their codes. */
export const lineCodes = ['I01', 'I02', 'I03', 'I04', 'I05', 'I06', 'I09', 'I65'] as const

export interface GapWords { hidden: string; nothing: string }
/** Weeks in which a line breaks off, in the order of the weeks; what is kept back goes before what is empty. */
export function gapsOf(points: readonly (readonly PointState[])[], weeks: number): PointState[] {
  return Array.from({ length: weeks }, (_, at) => (points.some((line) => line[at] === 'hidden') ? 'hidden' : points.some((line) => line[at] === 'nothing') ? 'nothing' : 'shown'))
}

/** The weeks as a chart: lines for measured values, rings for declared ones; a week without a value says why. */
export function weekChart(time: TimeLine, lines: { name: string; values: (number | null)[]; points?: readonly PointState[]; color?: 1 | 2 }[], declared: { name: string; values: (number | null)[] } | null, target: { value: number; label: string } | null, weekName: (n: number) => string, words?: GapWords): ChartData {
  const series: ChartData['series'] = lines.map((line) => ({ name: line.name, values: line.values, kind: 'line' as const, color: line.color }))
  const shown = declared && declared.values.some((value) => value !== null) ? [{ name: declared.name, values: declared.values, kind: 'declared' as const }] : []
  const states = gapsOf(lines.map((line) => line.points ?? []), time.weeks.length)
  const gaps = words && states.some((state) => state !== 'shown') ? states.map((state) => (state === 'shown' ? '' : words[state])) : undefined
  return { categories: time.weeks.map((week) => weekName(week.number)), series: [...series, ...shown], unit: '%', target, provisionalFrom: provisionalFrom(time), gaps }
}
