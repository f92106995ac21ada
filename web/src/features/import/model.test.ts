import { describe, expect, it } from 'vitest'
import { doubtful, good, shares, stepOf, type ImportTotals } from './model'

const totals = (part: Partial<ImportTotals>): ImportTotals => ({ rows: 0, added: 0, changed: 0, same: 0, refused: 0, ask: 0, ended: 0, written: 0, schools: 0, classes: 0, new_classes: 0, lost_characters: 0, ...part })

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
  it('asks to look at a column that was guessed without certainty', () => {
    const column = { index: 0, header: '家长电话', field: 'guardian_phone', confidence: 0.5, personal: true, samples: [] }
    expect(doubtful(column)).toBe(true)
    expect(doubtful({ ...column, field: null })).toBe(false)
  })
  it('goes through its four steps', () => {
    expect((['columns', 'checking', 'checked', 'writing', 'written'] as const).map(stepOf)).toEqual([1, 2, 2, 3, 4])
  })
})
