import { describe, expect, it } from 'vitest'
import { countAt, countByKey, missing, total } from './hands'

describe('counting hands', () => {
  it('turns a place of the bar into a number of pupils', () => {
    expect(countAt(0.5, 52)).toBe(26)
    expect(countAt(1.4, 52)).toBe(52)
    expect(countAt(-1, 52)).toBe(0)
  })
  it('counts with keys and stays within those present', () => {
    expect(countByKey('ArrowRight', 6, 52)).toBe(7)
    expect(countByKey('ArrowLeft', 0, 52)).toBe(0)
    expect(countByKey('End', 6, 52)).toBe(52)
    expect(countByKey('x', 6, 52)).toBeNull()
  })
  it('knows who has not raised a hand, and when there are too many', () => {
    expect(total([6, 29, 9, 3])).toBe(47)
    expect(missing([6, 29, 9, 3], 52)).toBe(5)
    expect(missing([30, 29], 52)).toBe(-7)
  })
})
