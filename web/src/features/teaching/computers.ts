/** What the server says of classroom computers; src/modules/teaching/service_computer.hpp and service_material.hpp are the source. */
export interface RoomComputer {
  id: string; school_id: string; room: string; name: string; system: string; version: string; enrolled_at: number; seen_at: number
}
export interface ComputerRow { computer: RoomComputer; silent: boolean; loose_minutes: number }
export interface SchoolComputers { computers: ComputerRow[]; rooms: string[]; now: number }
export interface ComputerProgram { system: 'windows' | 'linux'; file_name: string; size: number }

export type Outcome = 'waiting' | 'opened' | 'no_program' | 'not_fetched' | 'not_of_lesson' | 'silent'
export interface RoomOriginals { has_computer: boolean; silent: boolean; resources: string[]; room: string }
export interface OriginalOrder { id: string; resource_id: string; outcome: Outcome }

export type MaterialKind = 'slides' | 'document' | 'video' | 'picture' | 'browser' | 'board' | 'interactive' | 'other'
export interface MaterialUse { computer_id: string; band_at: number; kind: MaterialKind; minutes: number; struck: boolean }
export interface LessonUse { rows: MaterialUse[]; minutes: number; least: number; can_strike: boolean }

const windows: Record<string, string> = { '6.1': '7', '6.2': '8', '6.3': '8.1', '10.0': '10' }
/** What people call a system: “Windows 6.1” is Windows 7. */
export const systemName = (system: string) => system.replace(/^Windows (\d+\.\d+)\b.*$/, (all, version: string) => (windows[version] ? `Windows ${windows[version]}` : all))
/** Six figures, whatever was typed between them; as the computer's screen shows them. */
export const codeOf = (typed: string) => typed.replace(/[^0-9]/g, '').slice(0, 6)
/** The rows of a lesson by band, in the order of time. */
export function bandsOf(rows: MaterialUse[]): { at: number; rows: MaterialUse[] }[] {
  const bands = new Map<number, MaterialUse[]>()
  for (const row of rows) bands.set(row.band_at, [...(bands.get(row.band_at) ?? []), row])
  return [...bands].sort(([one], [other]) => one - other).map(([at, own]) => ({ at, rows: own }))
}
