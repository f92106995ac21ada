import { describe, expect, it } from 'vitest'
import { countAt, countByKey, keptHands, missing, total } from './hands'

describe('counting hands', () => {
  it('turns a place of the bar into a number of pupils', () => {
    expect(countAt(0.5, 52)).toBe(26)
    expect(countAt(1.4, 52)).toBe(52)
    expect(countAt(-1, 52)).toBe(0)
  })
  it('counts with keys and stays within those present', () => {
    expect(countByKey('ArrowRight', 6, 52)).toBe(7)
    expect(countByKey('ArrowLeft', 0, 52)).toBe(0)
    expect(countByKey('End', 6, 52)).toBe(52)
    expect(countByKey('x', 6, 52)).toBeNull()
  })
  it('knows who has not raised a hand, and when there are too many', () => {
    expect(total([6, 29, 9, 3])).toBe(47)
    expect(missing([6, 29, 9, 3], 52)).toBe(5)
    expect(missing([30, 29], 52)).toBe(-7)
  })
})

describe('hands above those present', () => {
  function device() {
    const stored = new Map<string, string>()
    return { getItem: (key: string) => stored.get(key) ?? null, setItem: (key: string, value: string) => void stored.set(key, value), removeItem: (key: string) => void stored.delete(key), stored }
  }
  const told = [{ id: 'q1', counts: [26, 0, 0], present: 53, done: false }, { id: 'q2', counts: [1, 2], present: 53, done: true }]

  it('stand after a reload as they were counted last, not as the server knows them', () => {
    const box = device()
    keptHands('li', box).keep('s1', { id: 'q1', counts: [26, 53, 15], present: 53, done: false })
    const again = keptHands('li', box).restore('s1', told)
    expect(again[0]).toEqual({ id: 'q1', counts: [26, 53, 15], present: 53, done: false })
    expect(missing(again[0]!.counts, again[0]!.present)).toBe(-41)
    expect(again[1]).toEqual(told[1])
  })
  it('are of one session and one person', () => {
    const box = device()
    keptHands('li', box).keep('s1', { id: 'q1', counts: [26, 53, 15], present: 53, done: false })
    expect(keptHands('li', box).restore('s2', told)).toEqual(told)
    expect(keptHands('peng', box).restore('s1', told)).toEqual(told)
    keptHands('li', box).keep('s2', { id: 'q9', counts: [60], present: 53, done: false })
    expect(keptHands('li', box).list().map((one) => one.id)).toEqual(['q1', 'q9'])
  })
  it('leave the device once they fit', () => {
    const box = device()
    const hands = keptHands('li', box)
    hands.keep('s1', { id: 'q1', counts: [26, 53, 15], present: 53, done: false })
    hands.drop('q1')
    expect(hands.restore('s1', told)).toEqual(told)
    expect(box.stored.size).toBe(0)
  })
  it('say what was asked and why the server did not take them, until the day is over', () => {
    const box = device()
    let time = 1_000
    const hands = keptHands('li', box, () => time)
    hands.keep('s1', { id: 'q1', counts: [60], present: 53, done: false, text: '几边形？', options: ['四'] }, '这节课的记录已经收了')
    expect(hands.list()).toEqual([{ id: 'q1', session: 's1', text: '几边形？', options: ['四'], counts: [60], present: 53, why: '这节课的记录已经收了', at: 1_000 }])
    time += 25 * 3_600_000
    expect(hands.list()).toEqual([])
  })
})
