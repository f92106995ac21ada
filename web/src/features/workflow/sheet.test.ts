import { describe, expect, it } from 'vitest'
import { addReason, afterLeaving, leftToTick, mayApprove, neighbour, sheetGroups, urgency } from './sheet'
import type { Review, ReviewRow, SheetLine } from './types'

const line = (key: string, over: Partial<SheetLine> = {}): SheetLine => ({ key, group: 'rights', automatic: false, ticked: false, state: 'passed', detail: '', params: {}, found_in: null, ...over })
const row = (id: string) => ({ id }) as ReviewRow
const at = (text: string) => Date.parse(`${text}+08:00`)

describe('a review sheet', () => {
  it('opens the way to approval when every line is ticked and no automatic check failed', () => {
    const review = (sheet: SheetLine[]) => ({ may_decide: true, sheet }) as Review
    expect(mayApprove(review([line('a', { ticked: true }), line('b', { automatic: true })]))).toBe(true)
    expect(mayApprove(review([line('a'), line('b', { automatic: true })]))).toBe(false)
    expect(mayApprove(review([line('a', { ticked: true }), line('b', { automatic: true, state: 'failed' })]))).toBe(false)
  })
  it('counts by heading what has been seen', () => {
    const groups = sheetGroups([line('a', { ticked: true }), line('b'), line('c', { group: 'content', automatic: true })])
    expect(groups.map((group) => [group.group, group.seen, group.lines.length])).toEqual([['rights', 1, 2], ['content', 1, 1]])
    expect(leftToTick([line('a'), line('b', { automatic: true })])).toBe(1)
  })
  it('puts first what needs a person', () => {
    const [group] = sheetGroups([line('well', { automatic: true }), line('tick'), line('found', { automatic: true, state: 'warning' })])
    expect(group!.lines.map((one) => one.key)).toEqual(['found', 'tick', 'well'])
  })
})

describe('a queue', () => {
  const rows = [row('1'), row('2'), row('3')]
  it('is walked with J and K and does not run over its ends', () => {
    expect(neighbour(rows, '1', 1)).toBe('2')
    expect(neighbour(rows, '3', 1)).toBe('3')
    expect(neighbour(rows, '1', -1)).toBe('1')
    expect(neighbour(rows, '', 1)).toBe('1')
  })
  it('goes on to the next item after a decision', () => {
    expect(afterLeaving(rows, '2')).toBe('3')
    expect(afterLeaving(rows, '3')).toBe('2')
    expect(afterLeaving([row('1')], '1')).toBe('')
  })
  it('says how near the end of a step is by the clock of the district', () => {
    expect(urgency(at('2014-11-20T17:00'), at('2014-11-20T10:00')).kind).toBe('today')
    expect(urgency(at('2014-11-22T17:00'), at('2014-11-20T10:00'))).toEqual({ kind: 'days', days: 2 })
    expect(urgency(at('2014-11-19T17:00'), at('2014-11-20T10:00'))).toEqual({ kind: 'late', days: 1 })
    expect(urgency(at('2014-11-21T00:30'), at('2014-11-20T23:50')).kind).toBe('days')
  })
})

describe('a reason', () => {
  it('takes and gives back what a chip says', () => {
    expect(addReason('', '字太小')).toBe('字太小')
    expect(addReason('04:31 那行', '字太小')).toBe('字太小，04:31 那行')
    expect(addReason('字太小，04:31 那行', '字太小')).toBe('04:31 那行')
  })
})
