import { describe, expect, it } from 'vitest'
import type { CourseCheckRow, WeekLesson } from './model'
import { byPlace, clockOf, daysOf, markOf, minuteOf, nextPeriod, openingDay, shortfall, specialDay, worstFirst } from './rules'

const lesson = (date: string, period: number): WeekLesson => ({
  lesson: { id: `${date}${period}`, school_id: 's', class_id: 'c', date, week: 12, period, subject: '14', teacher_id: 't', room: '', state: 'planned', source: 'timetable', start_at: 0, end_at: 0 },
  class_name: '五(2)班', teacher_name: '李文静',
})
const row = (required: number, scheduled: number, taught: number): CourseCheckRow => ({ class_id: 'c', class_name: '五(2)班', subject: '14', required, scheduled, taught })

describe('timetable rules', () => {
  it('marks what differs from the timetable', () => {
    expect(markOf({ state: 'held', source: 'timetable', teacher_id: 't' })).toBeNull()
    expect(markOf({ state: 'planned', source: 'timetable', teacher_id: null })).toBe('no_teacher')
    expect(markOf({ state: 'cancelled', source: 'substitution', teacher_id: null })).toBe('cancelled')
    expect(markOf({ state: 'held', source: 'substitution', teacher_id: 't' })).toBe('substituted')
    expect(markOf({ state: 'not_taught', source: 'patrol', teacher_id: 't' })).toBe('not_taught')
  })
  it('shows the weekend only when something is on it', () => {
    expect(daysOf('2014-11-17', [], [])).toHaveLength(5)
    expect(daysOf('2014-11-17', [lesson('2014-11-22', 1)], [])).toContain('2014-11-22')
    expect(daysOf('2014-11-17', [], [{ org_id: 'd', date: '2014-11-23', kind: 'workday', name: '', as_weekday: 1 }])).toContain('2014-11-23')
  })
  it('gathers lessons of one place', () => {
    expect(byPlace([lesson('2014-11-17', 1), lesson('2014-11-17', 1)]).get('2014-11-17/1')).toHaveLength(2)
  })
  it("prefers a school's own special day", () => {
    const day = (org_id: string) => ({ org_id, date: '2014-11-18', kind: 'holiday' as const, name: org_id, as_weekday: null })
    expect(specialDay([day('district'), day('school')], '2014-11-18', 'district')?.name).toBe('school')
    expect(specialDay([], '2014-11-18', 'district')).toBeNull()
  })
  it('reads and writes the clock', () => {
    expect(clockOf(500)).toBe('08:20')
    expect(minuteOf('08:20')).toBe(500)
    expect(minuteOf('8:75')).toBeNull()
    expect(minuteOf('')).toBeNull()
  })
  it('proposes the next period', () => {
    expect(nextPeriod([])).toMatchObject({ number: 1, start_minute: 480 })
    expect(nextPeriod([{ number: 3, name: '', start_minute: 500, end_minute: 545 }])).toMatchObject({ number: 4, start_minute: 555, end_minute: 600 })
  })
  it('puts missing subjects first', () => {
    expect(shortfall(row(2, 0, 0))).toBe('missing')
    expect(shortfall(row(2, 1, 1))).toBe('few')
    expect(shortfall(row(4, 4, 3))).toBe('lost')
    expect(shortfall(row(4, 4, 3.6))).toBe('met')
    expect(worstFirst([row(4, 4, 4), row(2, 0, 0)])[0]!.scheduled).toBe(0)
  })
  it('opens a week at today', () => {
    expect(openingDay(['2014-11-17', '2014-11-18'], '2014-11-18')).toBe('2014-11-18')
    expect(openingDay(['2014-11-17'], '2014-12-18')).toBe('2014-11-17')
  })
})
