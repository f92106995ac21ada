import { describe, expect, it } from 'vitest'
import { chartCsv } from './chartData'
import { estimateLeft } from '@/shared/composables/useJob'
import { fill } from '@/shared/i18n/server'
import { safeNext } from '@/app/next'
import { passwordFaults } from '@/features/account/password'

describe('the table behind a chart', () => {
  it('goes to Excel with a gap as an empty cell and a formula as text', () => {
    expect(chartCsv({ categories: ['=1+1', '第2周'], series: [{ name: 'a,b', values: [1.5, null] }] }, '周')).toBe('\ufeff周,"a,b"\r\n\'=1+1,1.5\r\n第2周,')
  })
})

describe('small rules', () => {
  it('estimates what is left of a job from the pace since it was first seen', () => {
    expect(estimateLeft(0, 10_000, 100, 200, 400)).toBe(20)
    expect(estimateLeft(0, 1000, 0, 50, 100)).toBeNull()
  })
  it('fills only what it was given', () => {
    expect(fill('{a} {b}', { a: 1 })).toBe('1 {b}')
  })
  it('never leads to another site after signing in', () => {
    expect(safeNext('/review?week=12')).toBe('/review?week=12')
    for (const bad of ['//evil.test', '/\\evil.test', 'https://evil.test', undefined]) expect(safeNext(bad)).toBe('/')
  })
  it('refuses passwords that can be told to be bad', () => {
    expect(passwordFaults({ current: 'a', next: 'short', again: 'short' }, '')).toEqual({ next: 'short' })
    expect(passwordFaults({ current: 'a', next: 'aaaaaaaaaaaa', again: 'aaaaaaaaaaaa' }, '')).toEqual({ next: 'simple' })
    expect(passwordFaults({ current: 'a', next: 'river-chalk-7-moon', again: 'x' }, '')).toEqual({ again: 'differs' })
  })
})
