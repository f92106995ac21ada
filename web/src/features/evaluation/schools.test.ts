import { describe, expect, it } from 'vitest'
import { chosen, within } from './schools'

const schools = [{ id: 'a', name: 'A', central: true }, { id: 'b', name: 'B', central: false }, { id: 'c', name: 'C', central: false }]

describe('schools of an evaluation', () => {
  it('are all when nothing is named', () => expect(within('all', schools, ['a'])).toEqual([]))
  it('are a group or some of them, in their own order', () => {
    expect(within('central', schools, [])).toEqual(['a'])
    expect(within('village', schools, [])).toEqual(['b', 'c'])
    expect(within('some', schools, ['c', 'a', 'gone'])).toEqual(['a', 'c'])
  })
  it('must be named where some are wanted', () => {
    expect(chosen('some', schools, [])).toBe(false)
    expect(chosen('village', schools.slice(0, 1), [])).toBe(false)
    expect(chosen('all', schools, [])).toBe(true)
  })
})
