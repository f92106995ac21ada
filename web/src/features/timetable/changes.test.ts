import { describe, expect, it } from 'vitest'
import { byNearness, missingOf, months, noWish, queueOrder, sent, usefulSwaps } from './changes'
import type { Candidate, ChangeState, ChangeView, SwapOption } from './model'
import { markOf } from './rules'

const person = (name: string, part: Partial<Candidate> = {}): Candidate => ({ id: name, name, subject: '14', same_subject: false, same_class: false, lessons_that_day: 0, busy_with: '', ...part })
const view = (state: ChangeState, date: string, period: number) => ({ request: { state, date, period, id: `${state}${date}${period}` } }) as ChangeView

describe('requests for changes', () => {
  it('names free colleagues by nearness to the lesson and not by how much they teach', () => {
    const parts = byNearness([person('a', { lessons_that_day: 5, same_subject: true }), person('b', { same_subject: true }), person('c', { busy_with: '五(1)班' }), person('d', { same_class: true, same_subject: true }), person('e', { same_class: true }), person('f')])
    expect(parts.map((part) => [part.group, part.items.map((one) => one.name).join()])).toEqual([['both', 'd'], ['subject', 'a,b'], ['class', 'e'], ['free', 'f']])
  })
  it('puts classes without a teacher first, then what can be decided', () => {
    const order = queueOrder([view('approved', '2014-11-20', 1), view('asked', '2014-11-21', 1), view('ready', '2014-11-24', 2), view('open', '2014-11-25', 1), view('ready', '2014-11-24', 1)])
    expect(order.map((one) => one.request.id)).toEqual(['open2014-11-251', 'ready2014-11-241', 'ready2014-11-242', 'asked2014-11-211', 'approved2014-11-201'])
  })
  it('leaves out exchanges with a day on which the teacher is away too', () => {
    const option = (date: string) => ({ date }) as SwapOption
    expect(usefulSwaps([option('2014-11-24'), option('2014-11-25')], ['2014-11-24'])).toHaveLength(1)
  })
  it('knows what a wish still lacks and sends only what belongs to its way', () => {
    expect(missingOf(noWish())).toBeNull()
    expect(missingOf({ ...noWish(), way: 'swap', colleague_id: 'x' })).toBe('swap_lesson_id')
    expect(missingOf({ ...noWish(), way: 'substitute' })).toBe('colleague_id')
    expect(sent({ ...noWish(), colleague_id: 'x', swap_lesson_id: 'y', third_lesson_id: 'z' })).toEqual({ way: 'none', colleague_id: null, swap_lesson_id: null, third_lesson_id: null })
    expect(sent({ ...noWish(), way: 'swap', colleague_id: 'x', swap_lesson_id: 'y', third_lesson_id: 'z' })).toEqual({ way: 'swap', colleague_id: null, swap_lesson_id: 'y', third_lesson_id: null })
    expect(sent({ ...noWish(), way: 'swap', swap_lesson_id: 'y', three: true, third_lesson_id: 'z' }).third_lesson_id).toBe('z')
    expect(missingOf({ ...noWish(), way: 'swap', swap_lesson_id: 'y', three: true })).toBe('third_lesson_id')
  })
  it('offers this month and the two before, also over the turn of the year', () => {
    expect(months('2015-01-20')).toEqual(['2015-01', '2014-12', '2014-11'])
  })
  it('calls self-study by its name and a lesson that a patrol missed by its own', () => {
    expect(markOf({ state: 'not_taught', source: 'substitution', teacher_id: null })).toBe('self_study')
    expect(markOf({ state: 'not_taught', source: 'patrol', teacher_id: 'x' })).toBe('not_taught')
  })
})
