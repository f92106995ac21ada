import { expect, test } from 'vitest'
import { difference, rowsOf } from './table'
import type { EvaluationLine } from './types'

const line = (indicator: string, org: string | null, value: string, hidden = 0): EvaluationLine => ({ indicator, org_id: org, name: org ?? '', numerator: 1, denominator: 2, value, hidden })

test('the district stands first, then each school with all its indicators', () => {
  const rows = rowsOf({ results: [line('I21', null, '50.0'), line('I21', 'a', '40.0', 2), line('I20', null, '60.0'), line('I20', 'a', '', 1)] }, 'D')
  expect(rows.map((row) => row.name)).toEqual(['D', 'a'])
  expect(rows[1]!.cells.I21!.value).toBe('40.0')
  expect(rows[1]!.hidden).toBe(2)
})
test('two runs differ in points, and not where one has nothing', () => {
  expect(difference(line('I21', null, '52.5'), line('I21', null, '50.1'))).toBe(2.4)
  expect(difference(line('I21', null, ''), line('I21', null, '50.1'))).toBeNull()
  expect(difference(undefined, line('I21', null, '50.1'))).toBeNull()
})
