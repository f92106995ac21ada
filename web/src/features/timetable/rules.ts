import { addDays, weekday } from '@/shared/time/weeks'
import type { BellPeriod, CalendarDay, CourseCheckRow, Lesson, WeekLesson } from './model'

/** What is special about a lesson; a planned or held one of the timetable has no mark. */
export type Mark = 'cancelled' | 'self_study' | 'substituted' | 'not_taught' | 'no_teacher' | 'unplanned' | 'patrolled' | null

export function markOf(lesson: Pick<Lesson, 'state' | 'source' | 'teacher_id'>): Mark {
  if (lesson.state === 'cancelled') return 'cancelled'
  if (lesson.state === 'not_taught') return lesson.source === 'substitution' ? 'self_study' : 'not_taught'
  if (lesson.source === 'substitution') return 'substituted'
  if (lesson.source === 'patrol') return 'patrolled'
  if (lesson.source === 'unplanned') return 'unplanned'
  return lesson.teacher_id ? null : 'no_teacher'
}

/** Monday to Friday, and the days of the weekend on which there are lessons or a moved workday. */
export function daysOf(monday: string, lessons: readonly WeekLesson[], special: readonly CalendarDay[]): string[] {
  const busy = new Set([...lessons.map((one) => one.lesson.date), ...special.filter((day) => day.kind === 'workday').map((day) => day.date)])
  return Array.from({ length: 7 }, (_, index) => addDays(monday, index)).filter((date, index) => index < 5 || busy.has(date))
}

/** The lessons of one place of the grid, by day and period. */
export function byPlace(lessons: readonly WeekLesson[]): Map<string, WeekLesson[]> {
  const places = new Map<string, WeekLesson[]>()
  for (const one of lessons) {
    const key = `${one.lesson.date}/${one.lesson.period}`
    places.set(key, [...(places.get(key) ?? []), one])
  }
  return places
}

/** The nearest of the special days: a school's own stands before the district's. */
export function specialDay(days: readonly CalendarDay[], date: string, district: string): CalendarDay | null {
  const found = days.filter((day) => day.date === date)
  return found.find((day) => day.org_id !== district) ?? found[0] ?? null
}

/** 500 -> "08:20" */
export const clockOf = (minute: number) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
/** "08:20" -> 500; null for anything else */
export function minuteOf(clock: string): number | null {
  const match = /^(\d{1,2}):(\d\d)$/.exec(clock)
  if (!match) return null
  const minute = Number(match[1]) * 60 + Number(match[2])
  return Number(match[2]) < 60 && minute <= 1440 ? minute : null
}

/** A further period after the last one: ten minutes' break, as long as the one before. */
export function nextPeriod(bell: readonly BellPeriod[]): BellPeriod {
  const last = bell[bell.length - 1]
  if (!last) return { number: 1, name: '', start_minute: 480, end_minute: 520 }
  const start = Math.min(1400, last.end_minute + 10)
  return { number: last.number + 1, name: '', start_minute: start, end_minute: Math.min(1440, start + last.end_minute - last.start_minute) }
}

/** How far a subject of a class falls short: not in the timetable at all, too few periods, or lessons that did not take place. */
export type Shortfall = 'missing' | 'few' | 'lost' | 'met'
export function shortfall(row: CourseCheckRow): Shortfall {
  if (row.required === 0) return 'met'
  if (row.scheduled === 0) return 'missing'
  if (row.scheduled < row.required) return 'few'
  // Holidays fall into every term (6 of the first 55 school days of an autumn term).
  return row.taught > 0 && row.taught < row.required * 0.85 ? 'lost' : 'met'
}
const order: Record<Shortfall, number> = { missing: 0, few: 1, lost: 2, met: 3 }
/** Rows with what is worst first; within one kind as they came. */
export const worstFirst = (rows: readonly CourseCheckRow[]) => [...rows].sort((a, b) => order[shortfall(a)] - order[shortfall(b)])

/** The day that a list opens at: today, or the first day of a week that today is not in. */
export const openingDay = (days: readonly string[], today: string) => (days.includes(today) ? today : days[0] ?? today)
export const isWeekend = (date: string) => weekday(date) > 5
