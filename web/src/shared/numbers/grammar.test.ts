import { describe, expect, it } from 'vitest'
import { barPlaces, judge, signed, sparkLines } from './grammar'

describe('the number grammar', () => {
  it('meets a target from the right side', () => {
    expect(judge(96.2, 95)).toBe('ok')
    expect(judge(0.28, 0.3, 'at_most')).toBe('ok')
    expect(judge(0.45, 0.3, 'at_most')).toBe('bad')
  })
  it('warns within a tenth of the target and not further off', () => {
    expect(judge(54, 60)).toBe('warn')
    expect(judge(52.4, 60)).toBe('bad')
  })
  it('does not judge a number without a value or a target', () => {
    expect(judge(null, 60)).toBe('neutral')
    expect(judge(3, null)).toBe('neutral')
  })
  it('scales percentages to a hundred and counts to the largest mark', () => {
    expect(barPlaces({ value: 52.4, declared: 61, target: 60, unit: '%' })).toEqual({ max: 100, value: 0.524, declared: 0.61, target: 0.6 })
    expect(barPlaces({ value: 130, target: 200 })).toMatchObject({ max: 200, value: 0.65, target: 1, declared: null })
  })
  it('draws nothing for a number that is not there', () => {
    expect(barPlaces({ value: null })).toMatchObject({ value: null, declared: null, target: null })
  })
  it('splits the small line at weeks without a figure', () => {
    expect(sparkLines([1, 2, null, 4], 100, 20).map((line) => line.length)).toEqual([2, 1])
    expect(sparkLines([null], 100, 20)).toEqual([])
  })
  it('keeps a level line in the middle', () => {
    expect(sparkLines([5, 5], 100, 20)[0]!.map((point) => point.y)).toEqual([10, 10])
  })
  it('writes a real minus sign and no empty decimals', () => {
    expect(signed(-0.16, 2)).toBe('−0.16')
    expect(signed(6)).toBe('+6')
    expect(signed(0.001)).toBe('0')
  })
})
