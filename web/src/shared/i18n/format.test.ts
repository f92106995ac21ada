import { describe, expect, it } from 'vitest'
import { formatRate, nearness } from './format'

describe('what a line carries', () => {
  it('is said in M below a thousand of them, in G from there', () => {
    expect([256, 1000, 4500, 94_350, 999_949, 1_000_000, 13_464_300].map(formatRate)).toEqual(['0.26 M', '1 M', '4.5 M', '94.4 M', '999.9 M', '1 G', '13.5 G'])
  })
})

describe('how a day is said', () => {
  const now = Date.parse('2014-11-20T09:10:00+08:00')
  const said = (text: string) => nearness(Date.parse(`${text}+08:00`), now)
  it('is today and tomorrow by the calendar, not by hours', () => expect(['2014-11-20T00:00:00', '2014-11-20T23:59:59', '2014-11-21T00:00:00'].map(said)).toEqual(['today', 'today', 'tomorrow']))
  it('is a weekday only within the days ahead', () => expect(['2014-11-22T08:00:00', '2014-11-26T08:00:00', '2014-11-27T08:00:00'].map(said)).toEqual(['week', 'week', 'far']))
  it('is a date for all that is past', () => expect(['2014-11-19T23:00:00', '2014-11-14T22:00:00'].map(said)).toEqual(['far', 'far']))
})
