import { describe, expect, it } from 'vitest'
import { Ink, thinned, touched, type InkStroke } from './ink'

const stroke = (id: string, sheet = 'r/1', points = [0, 0, 100, 0]): InkStroke => ({ id, sheet, tool: 'pen', color: 0, points })

describe('ink', () => {
  it('keeps the ends of a line and leaves out what says nothing', () => {
    expect(thinned([0, 0, 1, 0, 2, 0, 100, 0, 101, 0])).toEqual([0, 0, 100, 0, 101, 0])
    expect(thinned(Array.from({ length: 20_000 }, (_, i) => (i * 7) % 1000)).length).toBeLessThanOrEqual(4000)
    expect(thinned([-5000, 0, 9000, 3])).toEqual([-1000, 0, 2000, 3])
  })
  it('is rubbed out stroke by stroke where the rubber passes', () => {
    const strokes = [stroke('a'), stroke('b', 'r/1', [0, 50, 100, 50])]
    expect(touched(strokes, 50, 3, 10).map((one) => one.id)).toEqual(['a'])
    expect(touched(strokes, 50, 25, 10)).toEqual([])
  })
  it('undoes strokes, rubbing and clearing on its own sheet, and after a reload the last stroke', () => {
    const ink = new Ink()
    ink.load([stroke('old')])
    ink.act({ add: [stroke('a')], remove: [] })
    ink.act({ add: [stroke('other', 'r/2')], remove: [] })
    ink.act({ add: [], remove: ink.of('r/1') })
    expect(ink.of('r/1')).toEqual([])
    expect(ink.undo('r/1')!.add.map((one) => one.id)).toEqual(['old', 'a'])
    expect(ink.undo('r/1')!.remove.map((one) => one.id)).toEqual(['a'])
    expect(ink.undo('r/1')!.remove.map((one) => one.id)).toEqual(['old'])
    expect(ink.undo('r/1')).toBeNull()
    expect(ink.of('r/2')).toHaveLength(1)
  })
})
