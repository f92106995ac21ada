import { describe, expect, it } from 'vitest'
import { facetOptions } from './facets'

const some = (...pairs: [string, number][]) => pairs.map(([value, count]) => ({ value, title: '', count }))
const values = (list: { value: string }[]) => list.map((one) => one.value)

describe('facets of the library', () => {
  it('offers what something has and what is chosen', () => {
    expect(values(facetOptions('source', some(['own_work', 3], ['bought', 0], ['none', 2]), 'legacy'))).toEqual(['own_work', 'legacy'])
  })
  it('keeps grades, scopes and stages in their own order', () => {
    expect(values(facetOptions('grade', some(['10', 9], ['2', 1]), ''))).toEqual(['2', '10'])
    expect(values(facetOptions('scope', some(['district', 9], ['school', 1], ['self', 1]), ''))).toEqual(['school', 'district'])
  })
})
