import { expect, test } from 'vitest'
import { byUrgency, daysLeft, mark, percent, unexplained } from './rules'
import type { Report, ReportRow } from './types'

test('a figure without lessons, or kept back, has no per cent', () => {
  expect(percent({ indicator: 'I21', numerator: 1, denominator: 3, above: true })).toBe(33.3)
  expect(percent({ indicator: 'I21', numerator: 0, denominator: 0, above: false })).toBeNull()
})
test('late outranks waiting, and what has arrived is never late', () => {
  expect(mark({ state: 'open', late: true }).key).toBe('late')
  expect(mark({ state: 'returned', late: true }).key).toBe('returned')
  expect(mark({ state: 'arrived', late: false }).kind).toBe('ok')
})
test('lines without a reason are those left to do', () => {
  const report = { content: { lines: [{ line: 'a' }, { line: 'b' }] }, reasons: [{ line: 'a', reason: 'x' }] } as unknown as Report
  expect(unexplained(report).map((one) => one.line)).toEqual(['b'])
  const noted = { content: { lines: [{ line: 'c', note: '体检' }, { line: 'd', note: null }] }, reasons: [] } as unknown as Report
  expect(unexplained(noted).map((one) => one.line)).toEqual(['d']) // the office has said why
})
test('days to the due day are counted over months', () => {
  expect(daysLeft('2014-10-30', '2014-11-05')).toBe(6)
  expect(daysLeft('2014-11-20', '2014-11-05')).toBe(-15)
})
test('what waits for the reader stands first, what is done last', () => {
  const row = (state: string, more = {}) => ({ state, late: false, to_sign: false, to_pass_on: false, ...more }) as ReportRow
  const sorted = byUrgency([row('arrived'), row('open', { late: true }), row('signed_off', { to_pass_on: true })])
  expect(sorted.map((one) => one.state)).toEqual(['signed_off', 'open', 'arrived'])
})
