/** What the wizard of the first start shows. Its routes answer only while a folder has no district. */
export interface Place { place: 'school' | 'hub' | 'cell'; host: string; zone_minutes: number }
export type Level = 'county' | 'city' | 'province' | 'alliance'
export interface District { kind: Level; number: number; name: string; school_year: number; term: number; from_date: string; to_date: string }
export interface Person { role: 'sysadmin' | 'secadmin' | 'auditor' | 'info_office'; name: string; login: string; has_password: boolean; confirmed: boolean; uri: string; secret: string }
export interface KeyPrint { id: string; fingerprint: string }
/** The keys for the safe: groups that prove themselves when they are typed again. */
export interface KeySheet { folder: string; keys: KeyPrint[]; groups: string[] }
export type Way = 'later' | 'proxy' | 'files' | 'authority'
export interface Certificate { way: Way; origin: string; package_origin: string; certificate: string; key: string; names: string; permits: string; port: number; http_port: number }
export interface Backup { later: boolean; folder: string; minute: number; keep: number; tried_bytes: number; same_disk: boolean }
export interface Setup {
  machine: { cores: number; memory: number; disk_free: number; now: number; clock_kept: boolean; data: string; site_file: string; database: 'sqlite' | 'postgresql' }
  place?: Place | null
  district?: District | null
  proposed: District
  people: Person[]
  keys: { folder: string; keys: KeyPrint[]; put_away: boolean }
  certificate?: Certificate | null
  backup?: Backup | null
  missing: string[]
  address: string
}

export const steps = ['place', 'district', 'people', 'keys', 'certificate', 'backup', 'summary'] as const
export type StepName = (typeof steps)[number]

/** The step of the address if there is such a one, else the first that is still open. */
export function stepOf(wanted: unknown, missing: readonly string[]): StepName {
  const named = steps.find((one) => one === wanted)
  return named ?? steps.find((one) => missing.includes(one)) ?? 'summary'
}

/** How the list at the side shows each step. */
export const stateOf = (step: StepName, now: StepName, missing: readonly string[]) =>
  step === now ? ('now' as const) : step === 'summary' || missing.includes(step) ? ('todo' as const) : ('done' as const)

export type Divisions = Record<string, string>
export interface Choice { code: string; name: string }

/** Provinces, or what lies directly below a province (43) or a city (4309). */
export function below(divisions: Divisions, parent: string): Choice[] {
  return Object.entries(divisions).filter(([code]) => {
    if (parent === '') return code.endsWith('0000')
    if (parent.length === 2) return code.startsWith(parent) && code.endsWith('00') && !code.endsWith('0000')
    return code.startsWith(parent) && !code.endsWith('00')
  }).map(([code, name]) => ({ code, name }))
}

/** 150 is "02:30", and back; an unreadable time is none. */
export const timeOf = (minute: number) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
export function minuteOf(time: string): number {
  const found = /^(\d{1,2}):(\d{2})/.exec(time)
  return found ? Number(found[1]) * 60 + Number(found[2]) : -1
}

/** Names that the district's authority may sign for: the domain of the host, or its network. */
export function proposedPermits(host: string): string {
  const parts = host.split('.')
  if (/^\d+(\.\d+){3}$/.test(host)) return `${parts[0]}.${parts[1]}.0.0/16`
  return parts.length > 2 ? parts.slice(1).join('.') : host
}
