import { describe, expect, it } from 'vitest'
import { extend, fits, hit, mostStrokes, pagesOfPortion, pathOf, place, portionsOf, sheetOf, strokesOf } from './ink'
import type { Stroke } from './types'

const pen = (...points: number[]): Stroke => ({ kind: 'pen', color: 0, points, text: '' })

describe('a thick PDF', () => {
  it('is marked in portions, all of which can be reached', () => {
    expect(pagesOfPortion(7, 0)).toEqual([1, 2, 3, 4, 5, 6, 7])
    expect(pagesOfPortion(130, 6)).toEqual([121, 122, 123, 124, 125, 126, 127, 128, 129, 130])
    expect(pagesOfPortion(130, 7)).toEqual([])
    const portions = portionsOf(130, 1, [sheetOf(1, 3), sheetOf(1, 130), sheetOf(0, 130)])
    expect(portions).toHaveLength(7)
    expect(portions[0]).toEqual({ from: 1, to: 20, marked: 1 })
    expect(portions[6]).toEqual({ from: 121, to: 130, marked: 1 })
  })
})

describe('ink over a sheet', () => {
  it('keeps places as parts of the sheet, never outside it', () => {
    expect(place(100, 50, 200, 100)).toEqual([5000, 5000])
    expect(place(-5, 500, 200, 100)).toEqual([0, 10_000])
  })
  it('leaves out steps too small to see', () => {
    const stroke = pen(100, 100)
    expect(extend(stroke, [105, 102])).toBe(false)
    expect(extend(stroke, [400, 100])).toBe(true)
    expect(pathOf(stroke)).toBe('M100 100L400 100')
  })
  it('draws a dot for a tap', () => expect(pathOf(pen(10, 20))).toBe('M10 20l1 1'))
  it('erases the newest stroke within reach', () => {
    expect(hit([pen(100, 100), pen(120, 120), pen(9000, 9000)], [110, 110])).toBe(1)
    expect(hit([pen(100, 100)], [5000, 5000])).toBe(-1)
  })
  it('stops where the server would refuse', () => expect(fits(Array.from({ length: mostStrokes }, () => pen(1, 1)))).toBe(false))
  it('finds the ink of a sheet', () => expect(strokesOf([{ sheet: 2, strokes: [pen(1, 1)] }], 2)).toHaveLength(1))
  it('numbers further pages of a PDF so that no two sheets are the same', () => {
    expect([sheetOf(0, 1), sheetOf(1, 1), sheetOf(0, 2), sheetOf(1, 3)]).toEqual([1, 2, 101, 202])
  })
})
