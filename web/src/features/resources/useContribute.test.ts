import { describe, expect, it } from 'vitest'
import { description, emptyValues, fillFrom } from './useContribute'
import type { Guess } from './types'

const guess: Guess = { title: '平行四边形的面积', kind: 'slides', subject: '14', grade: 5, term: 1, textbook_id: 't1', chapter_id: 'c1', chapter_title: '' }

describe('describing what was uploaded', () => {
  it('is helped by the name of the file', () => {
    const values = { ...emptyValues }
    fillFrom(values, guess, new Set())
    expect(values).toMatchObject({ title: '平行四边形的面积', kind: 'slides', grade_from: 5, grade_to: 5, chapter_id: 'c1' })
  })
  it('never loses what the teacher typed', () => {
    const values = { ...emptyValues, title: '我的课件' }
    fillFrom(values, guess, new Set(['title', 'kind']))
    expect(values.title).toBe('我的课件')
    expect(values.kind).toBe('')
  })
  it('leaves a kind that was not chosen to the server', () => {
    expect(description({ ...emptyValues, title: ' 圆 ' })).not.toHaveProperty('kind')
    expect(description({ ...emptyValues, title: ' 圆 ' }).title).toBe('圆')
  })
})
