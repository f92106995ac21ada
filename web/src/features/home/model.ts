/** What the homes take from the answers of several modules. */
export interface Bond { id: string; person_id: string; name: string; relation: string }
export interface PersonFacts {
  id: string; name: string; children: Bond[]; guardians: Bond[]; pupil_number?: string | null
  enrolments: { school_name: string; class_id: string; class_name: string; status: string; to_date?: string | null }[]
  consent_at?: number | null; consent_needed: boolean
}
export interface ConsentLine { method: 'paper' | 'online'; given_at: number; given_by: string; recorded_by: string; statement: string; withdrawn_at?: number | null; withdrawn_by: string }
export interface ConsentBook { pupil_id: string; name: string; under_fourteen: boolean; given: boolean; may_give: boolean; may_withdraw: boolean; account?: string | null; statement: string; history: ConsentLine[] }
export interface DayLesson { id: string; date: string; period: number; subject: string; state: 'planned' | 'held' | 'cancelled' | 'not_taught'; source: string; start_at: number; end_at: number; room: string; class_id: string }
export interface Week { lessons: { lesson: DayLesson; class_name: string; teacher_name: string }[]; days: { org_id: string; date: string; kind: string; name: string }[] }
export interface ClassFacts {
  id: string; name: string; school_name: string; room: string
  teachers: { person_id: string; name: string; homeroom: boolean }[]
  pupils: { person_id: string; account?: string | null; has_password?: boolean | null; consent_needed?: boolean | null }[]
  open_until?: number | null; may: string[]
}
export interface OrgFacts { id: string; name: string; figures: { schools: number; classes: number; pupils: number; staff: number } }
export interface Counts { total?: number | null; facets?: Record<string, { value: string; count: number }[]> }
export interface ReviewFigures { waiting: number; late: number; late_days: number; due_soon: number; open_in_district: number }

/** How it stands with a consent: agreed, waited for, or not needed at 14. */
export const consentState = (book: Pick<ConsentBook, 'given' | 'under_fourteen'>) => (book.given ? 'given' : book.under_fourteen ? 'open' : 'none')

/** A count of a facet; nought when nobody has it. */
export const countOf = (page: Counts | undefined, facet: string, value: string) => page?.facets?.[facet]?.find((one) => one.value === value)?.count ?? 0

/** How the server's clock stands to this computer's, given by how much it is ahead (ms). A demo lives in its own time. */
export function clockState(ahead: number, demo: boolean): { kind: 'ok' | 'warn' | 'neutral'; key: 'clockDemo' | 'clockOk' | 'clockOff'; minutes: number } {
  const minutes = Math.round(Math.abs(ahead) / 60_000)
  if (demo) return { kind: 'neutral', key: 'clockDemo', minutes }
  return minutes < 2 ? { kind: 'ok', key: 'clockOk', minutes } : { kind: 'warn', key: 'clockOff', minutes }
}

/** The lessons of one day in order. */
export const lessonsOn = (week: Week | undefined, day: string) => (week?.lessons ?? []).filter((one) => one.lesson.date === day).sort((a, b) => a.lesson.period - b.lesson.period)

/** Each room of a school with the lesson that is in it just now and the next one of the day. */
export function roomsNow(classes: readonly { id: string; name: string; room: string }[], week: Week | undefined, day: string, now: number) {
  const lessons = lessonsOn(week, day)
  return [...classes].sort((a, b) => a.room.localeCompare(b.room, undefined, { numeric: true }) || a.name.localeCompare(b.name)).map((one) => {
    const own = lessons.filter((lesson) => lesson.lesson.class_id === one.id && lesson.lesson.state !== 'cancelled')
    return { ...one, on: own.find((lesson) => lesson.lesson.start_at <= now && now < lesson.lesson.end_at) ?? null, next: own.find((lesson) => lesson.lesson.start_at > now) ?? null }
  })
}
