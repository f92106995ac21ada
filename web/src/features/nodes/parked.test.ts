import { describe, expect, it } from 'vitest'
import { kindOf, whyOf } from './parked'

describe('a change that was set aside', () => {
  it('is of a kind that an office knows', () => expect(['teaching.LessonPlan', 'teaching.Look', 'roster.Person', 'reports.Policy', 'of.ANewerServer'].map(kindOf)).toEqual(['plan', 'lesson', 'roster', 'report', 'other']))
  it('says why in words', () => {
    expect(['this node does not know no.Such', 'roster.Person does not come from below', 'teaching.LessonPlan 1 belongs to another school', 'a row of lesson_plan is not of 1', 'FOREIGN KEY constraint failed'].map(whyOf)).toEqual(['unknown', 'above', 'elsewhere', 'elsewhere', 'failed'])
  })
})
