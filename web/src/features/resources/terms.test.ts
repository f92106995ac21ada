import { describe, expect, it } from 'vitest'
import { endWords, outside, yearLater } from './terms'

describe('the end of a licence', () => {
  it('is said in days', () => {
    expect(endWords(12)).toEqual({ key: 'left', n: 12, tone: 'warn' })
    expect(endWords(0).key).toBe('today')
    expect(endWords(-3)).toEqual({ key: 'over', n: 3, tone: 'bad' })
  })
  it('is moved by a year', () => {
    expect(yearLater('2014-12-01')).toBe('2015-12-01')
    expect(yearLater('2016-02-29')).toBe('2017-02-28')
  })
  it('that does not hold on a day is known before it is saved', () => {
    expect(outside({ valid_from: '', valid_until: '2014-11-19' }, '2014-11-20')).toBe(true)
    expect(outside({ valid_from: '2014-11-21', valid_until: '' }, '2014-11-20')).toBe(true)
    expect(outside({ valid_from: '2013-12-01', valid_until: '2014-11-20' }, '2014-11-20')).toBe(false)
    expect(outside({ valid_from: '', valid_until: '' }, '2014-11-20')).toBe(false)
  })
})
