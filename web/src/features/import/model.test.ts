import { describe, expect, it } from 'vitest'
import { doubtful, good, placeName, schoolsTouched, shares, stepOf, toEnd, toWrite, withoutBlanks, type ImportTotals } from './model'
import en from './locale/en.json'
import zh from './locale/zh-CN.json'

const totals = (part: Partial<ImportTotals>): ImportTotals => ({ rows: 0, added: 0, changed: 0, same: 0, refused: 0, ask: 0, ended: 0, written: 0, schools: 0, classes: 0, new_classes: 0, lost_characters: 0, ...part })

const place = { school_name: '河坝镇中心小学', rows: 40, here: 44, unknown: 0 }
const cover = [{ ...place, place_id: 'a', name: '五(1)班', absent: 4 }, { ...place, place_id: 'b', name: '五(2)班', absent: 2 }]

describe('an import', () => {
  it('shows shares of what is there and leaves out what is not', () => {
    const parts = shares(totals({ rows: 10, added: 5, same: 4, refused: 1 }))
    expect(parts.map((part) => part.kind)).toEqual(['added', 'same', 'refused'])
    expect(parts.reduce((sum, part) => sum + part.share, 0)).toBeCloseTo(1)
    expect(shares(totals({}))).toEqual([])
  })
  it('writes what is new and what has changed', () => {
    expect(good(totals({ added: 3, changed: 2, same: 9, refused: 1 }))).toBe(5)
  })
  it('writes nothing twice', () => {
    const written = { totals: totals({ added: 3, changed: 2, ended: 6, written: 5 }), cover, end_in: [] as string[], state: 'written' as const }
    expect(toWrite(written, [])).toBe(0)
    expect(toWrite({ ...written, totals: totals({ added: 4, changed: 2, written: 5 }) }, [])).toBe(1)
    expect(toWrite({ ...written, end_in: ['a'], totals: totals({ added: 3, changed: 2, ended: 6, written: 9 }) }, [])).toBe(0)
    expect(toWrite({ ...written, state: 'checked', totals: totals({ added: 3, ended: 6 }) }, ['a'])).toBe(7)
  })
  it('asks to look at a column that was guessed without certainty', () => {
    const column = { index: 0, header: '家长电话', field: 'guardian_phone', confidence: 0.5, personal: true, samples: [] }
    expect(doubtful(column)).toBe(true)
    expect(doubtful({ ...column, field: null })).toBe(false)
  })
  it('goes through its four steps', () => {
    expect((['columns', 'checking', 'checked', 'writing', 'written'] as const).map(stepOf)).toEqual([1, 2, 2, 3, 4])
  })
  it('names a reason without the value of one row', () => {
    expect(withoutBlanks('看不懂日期“{value}”。')).toBe('看不懂日期')
    expect(withoutBlanks('Not a subject: {value}')).toBe('Not a subject:')
    expect(withoutBlanks('没有姓名')).toBe('没有姓名')
  })
})

it('ends people only in the places that were chosen', () => {
  expect(toEnd({ cover }, [])).toBe(0)
  expect(toEnd({ cover }, ['b'])).toBe(2)
  expect(placeName(cover[0]!)).toBe('河坝镇中心小学 五(1)班')
  expect(placeName({ school_name: '金盆镇中学', name: '' })).toBe('金盆镇中学')
})
it('names the schools in which a write changes something, the busiest first', () => {
  const row = { same: 9, refused: 1, ask: 0 }
  expect(schoolsTouched({ by_school: [{ ...row, name: 'x', added: 1, changed: 0 }, { ...row, name: 'y', added: 2, changed: 3 }, { ...row, name: 'z', added: 0, changed: 0 }] }).map((one) => one.name)).toEqual(['y', 'x'])
})

const locales = import.meta.glob<Record<string, string>>('../../../../src/modules/roster/locale/{zh-CN,en}.json', { eager: true, import: 'default' })
it('has a short name for every reason that a row may give and whose sentence has blanks', () => {
  const sentences = Object.assign({}, ...Object.values(locales)) as Record<string, string>
  const ofRows = /^roster\.(birth_|citizen_number_|student_number_|phone_|date_|name_|class_name_|class_entry_|class_grade_|code_unknown|import_(?!too_many|mend_first|need))/
  const lacking = Object.keys(sentences).filter((key) => ofRows.test(key) && !key.endsWith('_hint') && sentences[key]!.includes('{') && !(key.replace('roster.', '') in zh.reason))
  expect(lacking).toEqual([])
  for (const words of [zh, en]) for (const text of Object.values(words.reason)) expect(text).not.toMatch(/[{}]/)
})
