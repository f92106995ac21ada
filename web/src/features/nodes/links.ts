import type { components } from '@/shared/api/schema'
import type { StateKind } from '@/shared/numbers/grammar'

type Schemas = components['schemas']
/** 线路: what a school is joined by, what of it pushing may take, what was measured. */
export type Medium = Schemas['Medium']
export const media: readonly Medium[] = ['unknown', 'fibre', 'copper', 'cable', 'microwave', 'mobile', 'satellite', 'none']
export type Entry = Schemas['LinkEntry']
export type Plan = Schemas['LinkPlan']
export type Line = Schemas['LinkView']
export type LineList = Schemas['LinkList']
export type Day = Schemas['ProbeDay']
export type Sample = Schemas['Probe']
export type OutageRow = Schemas['OutageView']
export type LineReport = Schemas['LineReport']
export type Backlog = Schemas['Backlog']
export type SyncStatus = Schemas['SyncStatus']
export type BoxDetail = Schemas['NodeDetail']
export type MapPlace = Schemas['MapPlace']
export type NodeMap = Schemas['NodeMap']
export type NeighbourList = Schemas['NeighbourList']
export type NeighbourEntry = Schemas['NeighbourEntry']
/** A box asks so many others at most; the server says the same. */
export const mostNeighbours = 3
export type RefusedCell = Schemas['RefusedLinkCell']
export type ImportAnswer = Schemas['LinkImportAnswer']

export type Tier = Schemas['LinkTier']
/** 三段: a school's line, the trunk above it, its network to the rooms. */
export const tierNames: readonly Tier[] = ['access', 'backbone', 'terminal']
export interface TierRow { tier: Tier; line: Line; registered: boolean }
/** Every stretch of a school's way; one that nobody has registered is empty. */
export function tiersOf(report: LineReport): TierRow[] {
  const empty = (tier: Tier): Line => ({ ...report.line, registered: false, link: { org_id: report.line.link.org_id, tier, medium: 'unknown', down_kbit: 0, up_kbit: 0, operator_name: '', since: null, ipv6: null, windows: '', cap_kbit: null, day_percent: null, note: '' } })
  return tierNames.map((tier) => {
    const line = tier === 'access' ? report.line : report.tiers.find((one) => one.link.tier === tier)
    return { tier, line: line ?? empty(tier), registered: line?.registered ?? false }
  })
}

/** 8500 kbit/s as it is typed into the register: "8.5". */
export const mbit = (kbit: number | null | undefined) => (typeof kbit === 'number' ? String(Math.round(kbit) / 1000) : '')
/** Beyond every rate that the register takes, and still a whole number on its way. */
const endless = 1e12
/** What was typed as Mbit/s, in kbit/s; null for nothing, NaN for what is no number. Whether there can be such a rate says the server. */
export function kbit(typed: string | number | null | undefined): number | null {
  const text = String(typed ?? '').trim()
  if (!text) return null
  const value = Number(text.replace(',', '.'))
  return Number.isFinite(value) ? Math.max(-endless, Math.min(endless, Math.round(value * 1000))) : Number.NaN
}
const two = (n: number) => String(n).padStart(2, '0')
export const clock = (minute: number) => `${two(Math.floor(minute / 60) % 24)}:${two(minute % 60)}`
export const spans = (windows: Plan['windows']) => windows.map((one) => `${clock(one.from)}–${clock(one.until)}`)

/** What a school's line calls for, most urgent first. */
export function lineState(line: Line): { key: string; kind: StateKind } {
  if (!line.registered && !line.measured) return { key: 'unknown', kind: 'neutral' }
  if (line.link.medium === 'none') return { key: 'none', kind: 'bad' }
  const nominal = line.link.down_kbit
  const seen = line.measured?.down_p50
  if (typeof seen === 'number' && nominal > 0 && seen < nominal / 2) return { key: 'slow', kind: 'warn' }
  if (typeof seen !== 'number') return { key: 'unmeasured', kind: 'neutral' }
  return { key: 'fine', kind: 'ok' }
}

/** Rates by day for a chart, in Mbit/s, or in Gbit/s where any reaches one; a box's and a browser's figures are lines of
    their own. */
export function dayCurves(days: readonly Day[]) {
  const all = [...new Set(days.map((one) => one.day))].sort()
  const fastest = Math.max(0, ...days.flatMap((one) => [one.down_p50, one.up_p50].filter((rate) => typeof rate === 'number')))
  const giga = fastest >= 999_950
  const shown = (rate: number) => Number((rate / (giga ? 1_000_000 : 1000)).toPrecision(3))
  const of = (kind: Day['kind'], value: (day: Day) => number | null | undefined) =>
    all.map((day) => {
      const found = days.find((one) => one.day === day && one.kind === kind)
      const rate = found && value(found)
      return typeof rate === 'number' ? shown(rate) : null
    })
  return { days: all, unit: giga ? 'Gbit/s' as const : 'Mbit/s' as const, shown, down: of('line', (one) => one.down_p50), slow: of('line', (one) => one.down_p10), up: of('line', (one) => one.up_p50), browser: of('browser', (one) => one.down_p50) }
}

export interface Branch { place: MapPlace; depth: number; box?: BoxDetail; servedBy?: string; below: number; boxes: number }
/** The places of a map from the root down, each with the box that serves it; `below`: schools under it. */
export function branches(map: NodeMap): Branch[] {
  const children = new Map<string, MapPlace[]>()
  const known = new Set(map.places.map((one) => one.id))
  for (const one of map.places) {
    const under = known.has(one.parent_id) ? one.parent_id : ''
    children.set(under, [...(children.get(under) ?? []), one])
  }
  const boxes = new Map(map.nodes.filter((one) => one.status.state === 'active').map((one) => [one.status.org_id, one]))
  const names = new Map(map.places.map((one) => [one.id, one.name]))
  const all: Branch[] = []
  const walk = (place: MapPlace, depth: number): { schools: number; boxes: number } => {
    const branch: Branch = { place, depth, box: boxes.get(place.id), servedBy: place.served_by ? names.get(place.served_by) : undefined, below: 0, boxes: 0 }
    all.push(branch)
    for (const one of children.get(place.id) ?? []) {
      const sum = walk(one, depth + 1)
      branch.below += sum.schools
      branch.boxes += sum.boxes
    }
    const school = place.kind === 'school' || place.kind === 'teaching_point' ? 1 : 0
    return { schools: branch.below + school, boxes: branch.boxes + (branch.box ? 1 : 0) }
  }
  for (const root of children.get('') ?? []) walk(root, 0)
  return all
}

/** Whether somebody should look at a box: out of reach (one that has never called is not), changes set aside, little disk, a clock that is off, no backup. */
export function worries(box: BoxDetail, now: number): string[] {
  const { status, health } = box
  if (status.state !== 'active') return []
  const found: string[] = []
  if (status.lag > 120) found.push('cut')
  if (status.parked > 0) found.push('parked')
  if (health && health.disk_total > 0 && status.disk_free < health.disk_total / 10) found.push('disk')
  if (Math.abs(status.clock_ahead_ms) > 60_000) found.push('clock')
  if (health?.backup_fault) found.push('backup')
  else if (health && typeof health.backup_at === 'number' && now - health.backup_at > 3 * 86_400_000) found.push('backupOld')
  return found
}
