import { describe, expect, it } from 'vitest'
import { cutStack, giveTo, nobodys, pagesByPupil, toggleCut, toggleOff, usualPages, type ScanPage } from './scan'

const stack = (n: number): ScanPage[] => Array.from({ length: n }, (_, i) => ({ number: i + 1 }))
const said = (pages: ScanPage[], each: number, pupils = ['a', 'b', 'c']) => cutStack(pages, pupils, each).map((group) => `${group.pupil ?? '-'}:${group.pages.join('+')}`)

describe('a scanned stack', () => {
  it('is cut by pages per pupil, in class-list order; what nobody is left for is said', () => {
    expect(said(stack(6), 2)).toEqual(['a:1+2', 'b:3+4', 'c:5+6'])
    expect(said(stack(5), 2)).toEqual(['a:1+2', 'b:3+4', 'c:5'])
    expect(nobodys(cutStack(stack(5), ['a', 'b'], 2))).toBe(1)
  })
  it('is cut by hand alone, or beside the count, which begins anew there', () => {
    const pages = stack(5)
    expect(said(pages, 0)).toEqual(['a:1+2+3+4+5'])
    expect(said(toggleCut(pages, cutStack(pages, ['a', 'b', 'c'], 0), 4), 0)).toEqual(['a:1+2+3', 'b:4+5'])
    const three = toggleCut(stack(6), cutStack(stack(6), ['a', 'b', 'c'], 2), 3) // the first pupil has three pages
    expect(said(three, 2)).toEqual(['a:1+2+3', 'b:4+5', 'c:6'])
  })
  it('passes over a page that is not wanted, and over a pupil who was not there', () => {
    expect(said(toggleOff(stack(5), 1), 2)).toEqual(['a:2+3', 'b:4+5'])
    expect(toggleOff(toggleOff(stack(1), 1), 1)).toEqual([{ number: 1, off: false }])
    expect(said(giveTo(stack(4), 3, 'c'), 2)).toEqual(['a:1+2', 'c:3+4'])
  })
  it('guesses how many pages a pupil has', () => expect([usualPages(60, 30), usualPages(3, 53), usualPages(500, 10), usualPages(4, 0)]).toEqual([2, 1, 8, 4]))
  it('puts two parts of one pupil together', () => {
    const groups = cutStack(giveTo(stack(3), 3, 'a'), ['a', 'b'], 1)
    expect([...pagesByPupil(groups)]).toEqual([['a', [1, 3]], ['b', [2]]])
  })
})
