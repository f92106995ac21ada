/** Pure rules of the teacher's day. */
import type { OtherVersionThing, TeacherToday, TodayLesson } from './types'

export type PlanState = 'discarded' | 'taught' | 'running' | 'cancelled' | 'along' | 'ready' | 'half' | 'none'
export function planState(item: TodayLesson, now: number): PlanState {
  if (item.lesson.state === 'cancelled' || item.lesson.state === 'not_taught') return 'cancelled'
  if (item.session?.state === 'discarded') return 'discarded'
  if (item.taken_along_by) return 'along'
  if (item.session) return item.session.ended_at ? 'taught' : 'running'
  if (item.lesson.state === 'held' || item.lesson.end_at <= now) return 'taught'
  if (!item.plan || item.plan.readiness === 'empty') return 'none'
  return item.plan.readiness
}
/** Lessons still to come whose plan is not ready. */
export const unprepared = (lessons: readonly TodayLesson[], now: number) =>
  lessons.filter((one) => ['none', 'half'].includes(planState(one, now))).length

export type DayRow = { kind: 'lesson'; item: TodayLesson } | { kind: 'free'; period: number; start: number }
/** The day by the bell, from the first lesson to the last, with the free periods in between. */
export function dayRows(day: TeacherToday, _now: number): DayRow[] {
  const lessons = [...day.lessons].sort((a, b) => a.lesson.start_at - b.lesson.start_at)
  if (!lessons.length) return []
  const first = lessons[0]!.lesson
  const last = lessons.at(-1)!.lesson.period
  const midnight = first.start_at - (day.bell.find((one) => one.number === first.period)?.start_minute ?? 0) * 60_000
  const rows: DayRow[] = lessons.map((item) => ({ kind: 'lesson', item }))
  for (const one of day.bell) {
    if (one.number <= first.period || one.number >= last || lessons.some((item) => item.lesson.period === one.number)) continue
    rows.push({ kind: 'free', period: one.number, start: midnight + one.start_minute * 60_000 })
  }
  const start = (row: DayRow) => (row.kind === 'free' ? row.start : row.item.lesson.start_at)
  return rows.sort((a, b) => start(a) - start(b))
}
/** Words before the next lesson's name: how soon. */
export const startsIn = (start: number, now: number) => Math.ceil((start - now) / 60_000)

const thingsApart: Record<string, { word: string; path: string }> = {
  'teaching.LessonPlan': { word: 'plan', path: '/prepare' }, 'homework.Homework': { word: 'homework', path: '/homework' }, 'resources.Resource': { word: 'resource', path: '/resources' },
}
/** One's own things with another version (两处都改过): where each stands, and by which words it is told. */
export const versionRows = (things: readonly OtherVersionThing[]) => things.flatMap((one) => {
  const known = thingsApart[one.type]
  return known ? [{ key: `apart${one.entity_id}`, text: one.made_at_school ? 'apart_school' : 'apart_district', title: one.title, at: one.at, word: known.word, to: { path: `${known.path}/${one.entity_id}` } }] : []
})
