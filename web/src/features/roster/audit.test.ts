import { expect, it } from 'vitest'
import { asksFor, auditQuery, filterOf, inOneLine, noFilter } from './audit'

it('asks for whole days of the district, the last one included', () => {
  expect(auditQuery({ ...noFilter(), from: '2014-11-20', to: '2014-11-20' })).toEqual({ from: Date.parse('2014-11-19T16:00:00Z'), to: Date.parse('2014-11-20T16:00:00Z') })
  expect(auditQuery(noFilter())).toEqual({})
})
it('asks in the demo for the days that its rows show, by the clock under which they are kept', () => {
  const machine = Date.UTC(2026, 10, 22, 7)
  const skew = Date.UTC(2014, 10, 20, 1, 3) - machine
  const { from, to } = auditQuery({ ...noFilter(), from: '2014-11-20', to: '2014-11-20' }, (at) => at - skew) as { from: number; to: number }
  expect(from).toBeLessThan(machine)
  expect(to).toBeGreaterThan(machine)
  expect(to - from).toBe(86_400_000)
})
it('knows whether anything is asked for', () => {
  expect(asksFor(noFilter())).toBe(false)
  expect(asksFor({ ...noFilter(), to: '2014-11-20' })).toBe(true)
})
it('reads the filters from the address and leaves everything else', () => {
  expect(filterOf({ who: '张', from: ['x'], other: '1' })).toEqual({ ...noFilter(), who: '张' })
})
it('says what a row tells in one line', () => {
  expect(inOneLine({ facts: [{ field: '新增', value: '2' }], changes: [{ field: '名称', before: '甲', after: '乙' }, { field: '代码', before: '', after: '1' }] })).toBe('新增 2 · 名称 甲 → 乙 · 代码 — → 1')
})
