import type { StateKind } from '@/shared/numbers/grammar'
import type { NodeRow } from './nodes'

/** 线路: what a school is joined by, what of it pushing may take, what was measured. */
export const media = ['unknown', 'fibre', 'copper', 'cable', 'microwave', 'mobile', 'satellite', 'none'] as const
export type Medium = (typeof media)[number]
export type Tier = 'access' | 'backbone' | 'terminal'
export interface Entry {
  org_id: string
  tier: Tier
  medium: Medium
  down_kbit: number
  up_kbit: number
  operator_name: string
  since?: string | null
  ipv6?: boolean | null
  windows: string
  cap_kbit?: number | null
  day_percent?: number | null
  note: string
}
export interface Span { from: number; until: number }
export interface Plan { rate_kbit: number; cap_kbit: number; day_percent: number; windows: Span[]; zone_minutes: number }
export interface Measured { last_day: string; days: number; kind: 'line' | 'browser'; down_p50?: number | null; up_p50?: number | null; latency_p50?: number | null }
export interface Line { link: Entry; org_name: string; school_code: string; township_name: string; registered: boolean; rural: boolean; box: boolean; plan: Plan; measured?: Measured | null; changes: number }
export interface LineList { district_org_id: string; items: Line[]; editable: boolean }
export interface Day { day: string; kind: 'line' | 'browser'; samples: number; down_p50?: number | null; down_p10?: number | null; daytime_p50?: number | null; up_p50?: number | null; latency_p50?: number | null; loss_permille?: number | null; ipv6?: boolean | null }
export interface Sample { id: string; measured_at: number; source: 'schedule' | 'hand' | 'browser' | 'demo'; down_kbit?: number | null; up_kbit?: number | null; latency_ms?: number | null; loss_permille?: number | null; ipv4?: boolean | null; ipv6?: boolean | null; bytes: number }
export interface OutageRow { from_at: number; until_at?: number | null; school_minutes: number; worked_minutes: number; observed_minutes: number; served: number; failed: number; sign_ins: number; lessons: number }
export interface Past { medium: Medium; down_kbit: number; up_kbit: number; operator_name: string; since?: string | null; ipv6?: boolean | null; changed_at: number }
export interface LineReport { line: Line; days: Day[]; probes: Sample[]; outages: OutageRow[]; history: { items: Past[] }; opening: { open: boolean; changes_at: number }; may_probe: boolean; may_edit: boolean; at_box: boolean }
export interface Health { uptime_s: number; disk_total: number; data_bytes: number; backup_at?: number | null; backup_bytes: number; backup_fault: string }
export interface BoxDetail { status: NodeRow; health?: Health | null; said_at?: number | null; probe_wanted: boolean; serves: string[] }
export type PlaceKind = 'province' | 'city' | 'county' | 'township' | 'school' | 'teaching_point' | 'alliance'
export interface MapPlace { id: string; parent_id: string; kind: PlaceKind; name: string; node?: string | null; served_by?: string | null; hub: boolean }
export interface NodeMap { places: MapPlace[]; nodes: BoxDetail[]; box: boolean; version: string }
export interface RefusedCell { sheet: string; cell: string; value: string; reason: string; params: Record<string, string> }
export interface ImportAnswer { rows: number; changed: number; written: boolean; refused: RefusedCell[]; schools: string[] }

/** 8500 kbit/s as people write it: "8.5". */
export const mbit = (kbit: number | null | undefined) => (typeof kbit === 'number' ? String(Math.round(kbit) / 1000) : '')
/** What was typed as Mbit/s, in kbit/s; null for nothing, NaN for what is no number. */
export function kbit(typed: string | number | null | undefined): number | null {
  const text = String(typed ?? '').trim()
  if (!text) return null
  const value = Number(text.replace(',', '.'))
  return Number.isFinite(value) && value >= 0 ? Math.round(value * 1000) : Number.NaN
}
const two = (n: number) => String(n).padStart(2, '0')
export const clock = (minute: number) => `${two(Math.floor(minute / 60) % 24)}:${two(minute % 60)}`
export const spans = (windows: readonly Span[]) => windows.map((one) => `${clock(one.from)}–${clock(one.until)}`)

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

/** Rates by day for a chart, in Mbit/s; a box's and a browser's figures are lines of their own. */
export function dayCurves(days: readonly Day[]) {
  const all = [...new Set(days.map((one) => one.day))].sort()
  const of = (kind: Day['kind'], value: (day: Day) => number | null | undefined) =>
    all.map((day) => {
      const found = days.find((one) => one.day === day && one.kind === kind)
      const rate = found && value(found)
      return typeof rate === 'number' ? Math.round(rate / 10) / 100 : null
    })
  return { days: all, down: of('line', (one) => one.down_p50), slow: of('line', (one) => one.down_p10), up: of('line', (one) => one.up_p50), browser: of('browser', (one) => one.down_p50) }
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

/** Whether somebody should look at a box: out of reach, changes set aside, little disk, a clock that is off, no backup. */
export function worries(box: BoxDetail, now: number): string[] {
  const { status, health } = box
  if (status.state !== 'active') return []
  const found: string[] = []
  if (status.lag < 0 || status.lag > 120) found.push('cut')
  if (status.parked > 0) found.push('parked')
  if (health && health.disk_total > 0 && status.disk_free < health.disk_total / 10) found.push('disk')
  if (Math.abs(status.clock_ahead_ms) > 60_000) found.push('clock')
  if (health?.backup_fault) found.push('backup')
  else if (health && typeof health.backup_at === 'number' && now - health.backup_at > 3 * 86_400_000) found.push('backupOld')
  return found
}
