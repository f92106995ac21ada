import { describe, expect, it } from 'vitest'
import { dayRows, planState, startsIn, unprepared, versionRows } from './today'
import type { TeacherToday, TodayLesson } from './types'

const at = (hour: number, minute: number) => Date.UTC(2014, 10, 20, hour - 8, minute)
function lesson(period: number, from: number, more: Partial<TodayLesson> = {}, state: TodayLesson['lesson']['state'] = 'planned'): TodayLesson {
  return { lesson: { id: `l${period}`, school_id: 's', class_id: 'c', class_name: '五（1）班', grade: 5, pupils: 53, date: '2014-11-20', week: 12, period, subject: '14', room: '302', state, unplanned: false, start_at: from, end_at: from + 40 * 60_000 }, missing_resources: 0, references: 0, ...more }
}
const plan = (readiness: 'empty' | 'half' | 'ready') => ({ id: 'p', title: '', subject: '14', grade: 5, hours: 1, minutes: 40, resources: 2, readiness, sharing: 'own' as const, mine: true, owner_name: '', updated_at: 0 })

describe('the day of a teacher', () => {
  const now = at(9, 3)
  it('says how far each lesson is', () => {
    expect(planState(lesson(1, at(8, 20)), now)).toBe('taught')
    expect(planState(lesson(2, at(9, 10), { plan: plan('ready') }), now)).toBe('ready')
    expect(planState(lesson(2, at(9, 10), { plan: plan('empty') }), now)).toBe('none')
    expect(planState(lesson(2, at(9, 10), {}, 'cancelled'), now)).toBe('cancelled')
    expect(planState(lesson(2, at(9, 0), { taken_along_by: '王敏' }), now)).toBe('along')
    expect(unprepared([lesson(1, at(8, 20)), lesson(4, at(11, 10)), lesson(5, at(14, 10), { plan: plan('half') })], now)).toBe(2)
  })
  it('shows free periods between the first and the last lesson only', () => {
    const bell = [[1, 500], [2, 550], [3, 620], [4, 670], [5, 850]].map(([number, start]) => ({ number: number!, name: '', start_minute: start!, end_minute: start! + 40 }))
    const day = { date: '2014-11-20', week: 12, now, bell, lessons: [lesson(2, at(9, 10)), lesson(4, at(11, 10))], tasks: [], assisting: [] } satisfies TeacherToday
    expect(dayRows(day, now).map((row) => (row.kind === 'free' ? `-${row.period}` : row.item.lesson.period))).toEqual([2, '-3', 4])
    const free = dayRows(day, now)[1]
    expect(free?.kind === 'free' && free.start).toBe(at(10, 20))
  })
  it('leads from what was changed in two places to the thing itself', () => {
    const thing = (type: string) => ({ type, entity_id: 'x', title: '面积', at: now, made_at_school: true })
    expect(versionRows(['teaching.LessonPlan', 'homework.Homework', 'resources.Resource'].map(thing)).map((one) => one.to.path)).toEqual(['/prepare/x', '/homework/x', '/resources/x'])
    expect(versionRows([thing('of.ANewerServer')])).toEqual([])
  })
  it('counts the minutes to the bell', () => {
    expect(startsIn(at(9, 10), now)).toBe(7)
  })
})
