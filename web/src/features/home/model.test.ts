import { expect, it } from 'vitest'
import { clockState, countOf, lessonsOn, roomsNow, type Week } from './model'

const lesson = (class_id: string, period: number, start_at: number, state: 'planned' | 'cancelled' = 'planned', date = '2014-11-20') =>
  ({ lesson: { id: `${class_id}${period}`, date, period, subject: '14', state, source: 'timetable', start_at, end_at: start_at + 40, room: '', class_id }, class_name: class_id, teacher_name: '' })
const week: Week = { lessons: [lesson('a', 2, 100), lesson('a', 1, 50), lesson('a', 3, 150), lesson('b', 2, 100, 'cancelled'), lesson('a', 1, 50, 'planned', '2014-11-21')], days: [] }

it('orders the lessons of a day', () => { expect(lessonsOn(week, '2014-11-20').map((one) => one.lesson.period)).toEqual([1, 2, 2, 3]) })
it('knows what goes on in a room and what comes next; a cancelled lesson is none', () => {
  const rooms = roomsNow([{ id: 'b', name: 'b', room: '201' }, { id: 'a', name: 'a', room: '101' }], week, '2014-11-20', 110)
  expect(rooms.map((one) => one.room)).toEqual(['101', '201'])
  expect(rooms[0]!.on?.lesson.period).toBe(2)
  expect(rooms[0]!.next?.lesson.period).toBe(3)
  expect(rooms[1]!.on).toBeNull()
})
it('counts a facet that nobody has as nought', () => {
  expect(countOf({ facets: { status: [{ value: 'active', count: 3 }] } }, 'status', 'active')).toBe(3)
  expect(countOf({}, 'status', 'disabled')).toBe(0)
})
it("judges the server's clock by this computer's, but never a demo's", () => {
  expect(clockState(30_000, false)).toEqual({ kind: 'ok', key: 'clockOk', minutes: 1 })
  expect(clockState(-9 * 60_000, false)).toEqual({ kind: 'warn', key: 'clockOff', minutes: 9 })
  expect(clockState(-4e11, true).key).toBe('clockDemo')
})
