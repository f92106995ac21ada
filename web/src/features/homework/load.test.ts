import { describe, expect, it } from 'vitest'
import { dayWithout, judgeDay } from './load'
import type { ClassLoad } from './types'

const item = (id: string, minutes: number, written = true) => ({ id, subject: '14', title: id, teacher_name: '', minutes, written, mine: false })
const load: ClassLoad = { class_id: 'c', class_name: '五(2)班', grade: 5, limit: 60, days: [{ date: '2014-11-21', written: 45, other: 10, items: [item('a', 20), item('b', 25), item('c', 10, false)] }] }

describe('the load of a day', () => {
  it('warns above the limit only', () => {
    expect(judgeDay(45, 60, 15)).toBe('full')
    expect(judgeDay(45, 60, 20)).toBe('over')
    expect(judgeDay(10, 0)).toBe('over')
    expect(judgeDay(200, null)).toBe('fine')
    expect(judgeDay(0, 0)).toBe('none')
  })
  it('leaves the homework out that is being changed, and what is not written', () => {
    expect(dayWithout(load, '2014-11-21', 'b')).toMatchObject({ written: 20, other: 10 })
    expect(dayWithout(load, '2014-11-22')).toMatchObject({ written: 0, items: [] })
  })
})
