import { describe, expect, it } from 'vitest'
import { description, emptyValues, fillFrom, lacking } from './useContribute'
import type { Guess } from './types'

const guess: Guess = { title: '平行四边形的面积', kind: 'slides', subject: '14', grade: 5, term: 1, textbook_id: 't1', chapter_id: 'c1', chapter_title: '', fits: [], opens: null }
const nothing: Guess = { title: '新视频', kind: null, subject: '', grade: 0, term: 0, textbook_id: null, chapter_id: null, chapter_title: '', fits: [], opens: null }

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
  it('keeps nothing of another file', () => {
    const values = { ...emptyValues, licence: 'cc_by' as const }
    fillFrom(values, guess, new Set(['subject']))
    fillFrom(values, nothing, new Set(['subject']))
    expect(values).toMatchObject({ title: '新视频', kind: '', subject: '', chapter_id: '', grade_from: 0, licence: 'cc_by' })
  })
  it('leaves a kind that was not chosen to the server', () => {
    expect(description({ ...emptyValues, title: ' 圆 ' })).not.toHaveProperty('kind')
    expect(description({ ...emptyValues, title: ' 圆 ' }).title).toBe('圆')
  })
  it('names everything that is missing at once', () => {
    const places = (values: Partial<typeof emptyValues>, submit: boolean) => lacking({ ...emptyValues, ...values }, submit).map((one) => one.pointer)
    expect(places({}, true)).toEqual(['/title', '/subject', '/grade_from', '/source', '/licence'])
    expect(places({}, false)).toEqual(['/title', '/grade_from'])
    expect(places({ title: '圆', subject: '14', grade_to: 6, source: 'adapted', licence: 'cc_by' }, true)).toEqual(['/source_note'])
    expect(places({ title: '圆', subject: '14', grade_to: 6, source: 'own_work', licence: 'cc_by' }, true)).toEqual([])
  })
})
