import { describe, expect, it } from 'vitest'
import { addDays, dateIn, mondayOf, weekByNumber, weekday, weekOfTerm, weeksOfTerm } from './weeks'

describe('weeks of term', () => {
  it('finds the demo Thursday in week 12 of the autumn term', () => {
    expect(weekday('2014-11-20')).toBe(4)
    expect(weekOfTerm('2014-11-20', '2014-09-01')).toBe(12)
  })
  it('counts the week that holds the first day as week 1 even when term begins on a Wednesday', () => {
    expect(weekOfTerm('2015-03-04', '2015-03-04')).toBe(1)
    expect(weekOfTerm('2015-03-09', '2015-03-04')).toBe(2)
    expect(weekOfTerm('2015-03-01', '2015-03-04')).toBe(0)
  })
  it('runs from Monday to Sunday across a year', () => {
    expect(mondayOf('2015-01-01')).toBe('2014-12-29')
    expect(weekByNumber(18, '2014-09-01')).toEqual({ number: 18, from: '2014-12-29', to: '2015-01-04' })
    expect(addDays('2016-02-28', 1)).toBe('2016-02-29')
  })
  it('lists all weeks of a term', () => {
    expect(weeksOfTerm('2014-09-01', '2015-01-25')).toHaveLength(21)
  })
  it('takes the date of the district, not of the browser', () => {
    expect(dateIn(Date.parse('2014-11-19T16:30:00Z'))).toBe('2014-11-20')
  })
})
