import { describe, expect, it } from 'vitest'
import type { Cell, SchoolException, SchoolMark, TimeLine } from './model'
import { bySchool, cells, depth, gapsOf, mapHeight, mapOf, mapWidth, outlines, provisionalFrom, rising, step, weekChart } from './rules'

const cell = (value: number | null, hidden = false): Cell => ({ value, numerator: null, denominator: null, hidden, empty: false })

describe('figures', () => {
  it('steps only between two weeks that are shown', () => {
    expect(step([50.8, 52.4])).toBe(1.6)
    expect(step([null, 52.4])).toBeNull()
    expect(step([52.4])).toBeNull()
  })
  it('counts the weeks that rose without a break', () => {
    expect(rising([40, 39, 41, 42, 43])).toBe(3)
    expect(rising([40, null, 41])).toBe(0)
  })
  it('tints a cell by its value and never a hidden one', () => {
    expect(depth(cell(0))).toBe(0)
    expect(depth(cell(5))).toBe(1)
    expect(depth(cell(100))).toBe(4)
    expect(depth(cell(null, true))).toBe(0)
  })
  it('knows the first week that may still change', () => {
    const week = (number: number, provisional: boolean) => ({ number, monday: '', sunday: '', fixed_after: '', provisional })
    const time = { weeks: [week(10, false), week(11, true), week(12, true)] } as unknown as TimeLine
    expect(provisionalFrom(time)).toBe(1)
  })
})

it('shows a school once, with its most urgent exception', () => {
  const one = (org_id: string, kind: string) => ({ org_id, kind }) as unknown as SchoolException
  expect(bySchool([one('a', 'silent'), one('b', 'fell'), one('a', 'missing')]).map((card) => [card.first.org_id, card.more])).toEqual([['a', 1], ['b', 0]])
})

it('divides the map so that every school lies in its own part, and a township is one ring', () => {
  const centres = [{ x: 10, y: 10 }, { x: 90, y: 10 }, { x: 50, y: 80 }, { x: 20, y: 40 }]
  const parts = cells(centres, 100, 100)
  parts.forEach((sides, own) => sides.forEach(({ from }) => {
    const far = (at: number) => Math.hypot(from.x - centres[at]!.x, from.y - centres[at]!.y)
    centres.forEach((_, other) => expect(far(own)).toBeLessThanOrEqual(far(other) + 1e-6))
  }))
  const rings = outlines(parts, ['a', 'b', 'b', 'a'])
  expect(rings.map((one) => one.group)).toEqual(['a', 'b'])
})

describe('the map', () => {
  const school = (n: number, town: string): SchoolMark => ({ id: `${n}`, name: `第${n}小学`, short_name: '', township_id: town, township: town, central: false, x: null, y: null, state: 'ok', exceptions: 0, value: null, hidden: false })
  it('shows schools that nobody has placed yet side by side, each at its own spot', () => {
    const schools = [...Array(7).keys()].map((n) => school(n, ['河坝镇', '金盆镇', '渔场'][n % 3]!))
    const { marks } = mapOf(schools, () => '', () => ({ name: 'x' }))
    expect(new Set(marks.map((one) => `${one.x} ${one.y}`)).size).toBe(7)
    expect(marks.every((one) => one.x > 0 && one.x < mapWidth && one.y > 0 && one.y < mapHeight)).toBe(true)
  })
})

describe('a week without a value', () => {
  const week = (number: number) => ({ number, monday: '', sunday: '', fixed_after: '', provisional: false })
  const time = { weeks: [week(5), week(6), week(7)] } as TimeLine
  it('says in words why, and is drawn as no number', () => {
    const chart = weekChart(time, [{ name: 'a', values: [88.5, null, null], points: ['shown', 'nothing', 'hidden'] }], null, null, (n) => `W${n}`, { hidden: 'kept back', nothing: 'no lessons' })
    expect(chart.gaps).toEqual(['', 'no lessons', 'kept back'])
    expect(chart.series[0]!.values).toEqual([88.5, null, null])
  })
  it('is not marked where every line has its value', () => {
    expect(weekChart(time, [{ name: 'a', values: [1, 2, 3], points: ['shown', 'shown', 'shown'] }], null, null, String, { hidden: 'h', nothing: 'n' }).gaps).toBeUndefined()
  })
  it('of two lines says that one is kept back rather than that the other is empty', () => {
    expect(gapsOf([['nothing', 'shown'], ['hidden', 'shown']], 2)).toEqual(['hidden', 'shown'])
  })
})
