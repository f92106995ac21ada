import { expect, it } from 'vitest'
import { changesOf, linesOf, rowsOf, sumOf, withChanges, type PlanRow } from './plan'

const rows: PlanRow[] = [
  { school_year: 2014, grade: 1, subject: '13', weekly_periods: 8 }, { school_year: 2014, grade: 7, subject: '13', weekly_periods: 5 },
  { school_year: 2014, grade: 3, subject: 'E1', weekly_periods: 1 }, { school_year: 2014, grade: 10, subject: '26', weekly_periods: 2 },
]
const title = (code: string) => ({ 13: '语文', E1: '信息技术', 26: '信息技术' })[code] ?? code

it('one line a name, whatever the codes; nothing is lost on the way back', () => {
  const lines = linesOf(rows, title)
  expect(lines.map((line) => line.title)).toEqual(['语文', '信息技术'])
  expect(sumOf(lines, 1)).toBe(8)
  const byKey = (all: PlanRow[]) => all.map((row) => `${row.grade}/${row.subject}/${row.weekly_periods}`).sort()
  expect(byKey(rowsOf(lines, 2014))).toEqual(byKey(rows))
})
it('a grade that is new to a subject takes the code of the nearest grade, and no periods make no row', () => {
  const lines = linesOf(rows, title)
  lines[1]!.periods[9] = 1
  lines[0]!.periods[7] = 0
  expect(rowsOf(lines, 2014).find((row) => row.grade === 9)?.subject).toBe('26')
  expect(rowsOf(lines, 2014).some((row) => row.grade === 7)).toBe(false)
})

it('what one changed goes on top of what another has changed meanwhile, and nothing of either is lost', () => {
  const before = linesOf(rows, title)
  const mine = linesOf(rows, title)
  mine[0]!.periods[1] = 7
  delete mine[1]!.periods[3]
  const theirs = linesOf([...rows.slice(0, 1), { ...rows[1]!, weekly_periods: 6 }, ...rows.slice(2)], title)
  const own = changesOf(before, mine)
  expect(own.map((one) => [one.title, one.grade, one.periods])).toEqual([['语文', 1, 7], ['信息技术', 3, undefined]])
  const both = withChanges(theirs, own)
  expect([both[0]!.periods[1], both[0]!.periods[7], both[1]!.periods[3]]).toEqual([7, 6, undefined])
  expect(theirs[0]!.periods[1]).toBe(8)
})
