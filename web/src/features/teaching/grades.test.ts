import { describe, expect, it } from 'vitest'
import { gradesOf, isMultigrade } from './grades'
import type { ClassView, Section } from './types'

const part = (key: string, text = ''): Section => ({ key, title: '', minutes: 5, text, resources: [], questions: [] })
function view(): ClassView {
  return {
    lesson: { class_id: 'c5', class_name: '五(1)班', grade: 5, pupils: 20 }, plan_id: 'p5', title: '面积', sections: [part('goals'), part('lead_in'), part('practice', '第 1 题')],
    joined: [{ class_id: 'c4', class_name: '四(1)班', grade: 4, pupils: 9, subject: '14', plan_id: 'p4', title: '小数', sections: [part('own', '抄写')] }],
    place: { page: 1, board: 0, seen_at: 0, bell_at: 0, heartbeat_seconds: 15, handed_to: '', cancelled: false, taught: null, work: [] },
  } as unknown as ClassView
}

describe('several grades in a room', () => {
  it('are those with a plan or a grade of their own', () => {
    const one = view()
    expect(isMultigrade(one)).toBe(true)
    one.joined[0]!.grade = 5
    expect(isMultigrade(one)).toBe(true)
    one.joined[0]!.plan_id = 'p5'
    expect(isMultigrade(one)).toBe(false)
    one.joined = []
    expect(isMultigrade(one)).toBe(false)
  })
  it('each stand at a part of their own; the lesson’s own class works with the teacher first', () => {
    const one = view()
    expect(gradesOf(one).map((grade) => [grade.name, grade.at, grade.taught, grade.parts.length])).toEqual([['五(1)班', 0, true, 2], ['四(1)班', 0, false, 1]])
    one.place = { ...one.place, taught: 'c4', work: [{ class_id: 'c5', part: 1 }, { class_id: 'c4', part: 7 }] }
    expect(gradesOf(one).map((grade) => [grade.at, grade.taught])).toEqual([[1, false], [0, true]])
    expect(gradesOf(one)[0]!.parts[1]!.text).toBe('第 1 题')
  })
})
