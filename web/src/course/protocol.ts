/** What the library's page and the course player say to each other; the player lives on the second origin. */
import type { Activity } from './sequencing'

export type Edition = 'scorm_12' | 'scorm_2004'
export type Completion = 'not_yet' | 'begun' | 'completed'
export type Success = 'unknown' | 'passed' | 'failed'

/** Page → player: start this. `cmi` is what the course left last time; empty = anew. */
export interface Launch {
  santong: 'launch'
  edition: Edition
  /** false: a page that reports nothing; seen is done. */
  reports: boolean
  url: string
  cmi: string
  seconds: number
  launchData: string
  masteryScore: string
  language: string
}
/** Player → page: how far he is. `final`: the course has said goodbye. */
export interface Progress {
  santong: 'progress'
  completion: Completion
  success: Success
  score: number | null
  seconds: number
  cmi: string
  final: boolean
}
/** Page → player: a whole course whose parts follow on each other by rules (SCORM 2004). `state`: what it left of the way. */
export interface CourseLaunch {
  santong: 'course'
  activities: Activity[]
  pages: { sco: string; url: string; reports: boolean; cmi: string; seconds: number; launchData: string }[]
  state: string
  language: string
}
/** Page → player: another part, by our own buttons. */
export interface Navigate { santong: 'navigate'; request: 'continue' | 'previous' | 'choice'; target: string }
/** Player → page: how far somebody is in one part of a sequenced course. */
export interface PartProgress extends Progress { sco: string }
/** Player → page: which part stands (none: empty), what may follow, how far the whole is, and what to keep of the way. */
export interface Navigation { santong: 'navigation'; current: string; next: boolean; previous: boolean; choice: string[]; completion: Completion; success: Success; score: number | null; state: string }
/** Page → player: take the course away, so that it says goodbye; answered by a last progress. */
export interface Close { santong: 'close' }
export interface Ready { santong: 'ready' }

/** A message from a frame is text of strangers: only what looks exactly right is taken. */
export function readProgress(said: unknown): Progress | null {
  const one = said as Progress | null
  if (!one || typeof one !== 'object' || one.santong !== 'progress') return null
  if (!['begun', 'completed'].includes(one.completion) || !['unknown', 'passed', 'failed'].includes(one.success)) return null
  if (one.score !== null && !(Number.isInteger(one.score) && one.score >= 0 && one.score <= 100)) return null
  if (!Number.isInteger(one.seconds) || one.seconds < 0 || typeof one.cmi !== 'string' || one.cmi.length > 128 * 1024) return null
  return { santong: 'progress', completion: one.completion, success: one.success, score: one.score, seconds: one.seconds, cmi: one.cmi, final: one.final === true }
}

/** The same for a part of a sequenced course, which says which one it is. */
export function readPartProgress(said: unknown, scos: readonly string[]): PartProgress | null {
  const sco = (said as { sco?: unknown } | null)?.sco
  const one = readProgress(said)
  return one && typeof sco === 'string' && scos.includes(sco) ? { ...one, sco } : null
}
/** Longest that the way through a course may be when it is kept; a longer one begins anew next time. */
export const longestState = 96 * 1024
export function readNavigation(said: unknown, scos: readonly string[]): Navigation | null {
  const one = said as Navigation | null
  if (!one || typeof one !== 'object' || one.santong !== 'navigation') return null
  if (typeof one.current !== 'string' || (one.current !== '' && !scos.includes(one.current)) || !Array.isArray(one.choice) || typeof one.state !== 'string') return null
  if (!['begun', 'completed'].includes(one.completion) || !['unknown', 'passed', 'failed'].includes(one.success)) return null
  if (one.score !== null && !(Number.isInteger(one.score) && one.score >= 0 && one.score <= 100)) return null
  return { santong: 'navigation', current: one.current, next: one.next === true, previous: one.previous === true, choice: one.choice.filter((sco) => scos.includes(sco)), completion: one.completion, success: one.success, score: one.score, state: one.state }
}

type Values = Record<string, unknown>
const part = (from: unknown, name: string): Values => ((from as Values | undefined)?.[name] ?? {}) as Values
const number = (value: unknown) => (value === '' || value === null || value === undefined || !Number.isFinite(Number(value)) ? null : Number(value))
const percent = (value: number) => Math.max(0, Math.min(100, Math.round(value)))

/** A score as percent of what can be reached: 2004 says so itself, 1.2 gives a raw one with its bounds. */
export function scoreOf(edition: Edition, cmi: Values): number | null {
  const score = part(edition === 'scorm_12' ? part(cmi, 'core') : cmi, 'score')
  const scaled = edition === 'scorm_2004' ? number(score.scaled) : null
  if (scaled !== null) return percent(scaled * 100)
  const raw = number(score.raw)
  if (raw === null) return null
  const least = number(score.min) ?? 0
  const most = number(score.max) ?? 100
  return most > least ? percent(((raw - least) / (most - least)) * 100) : percent(raw)
}

/** What a page may leave its status at that never says one: such a page counts as done when it ends, as both standards want. */
const unsaid = ['', 'not attempted', 'unknown', 'undefined']

/** What a course says of itself, in our words; `final`: it has said goodbye. */
export function standing(edition: Edition, cmi: Values, final = false): { completion: Completion; success: Success; score: number | null } {
  if (edition === 'scorm_12') {
    const status = String(part(cmi, 'core').lesson_status ?? '')
    return {
      completion: ['completed', 'passed', 'failed'].includes(status) || (final && unsaid.includes(status)) ? 'completed' : 'begun',
      success: status === 'passed' || status === 'failed' ? status : 'unknown',
      score: scoreOf(edition, cmi),
    }
  }
  const success = String(cmi.success_status ?? '')
  return {
    completion: cmi.completion_status === 'completed' || (final && unsaid.includes(String(cmi.completion_status ?? ''))) ? 'completed' : 'begun',
    success: success === 'passed' || success === 'failed' ? success : 'unknown',
    score: scoreOf(edition, cmi),
  }
}

/** What is given back to a course when it is opened again: without what belongs to one sitting. */
export function resumed(edition: Edition, stored: string): Values | null {
  if (!stored) return null
  let cmi: Values
  try {
    cmi = JSON.parse(stored) as Values
  } catch {
    return null
  }
  const sitting = edition === 'scorm_12' ? part(cmi, 'core') : cmi
  delete sitting.session_time
  delete sitting.exit
  sitting.entry = 'resume'
  for (const own of ['student_id', 'student_name', 'learner_id', 'learner_name', 'credit', 'lesson_mode', 'mode']) delete sitting[own]
  for (const whole of ['launch_data', 'student_data', 'completion_threshold', 'scaled_passing_score', 'max_time_allowed', 'time_limit_action', '_version']) delete cmi[whole]
  return cmi
}
