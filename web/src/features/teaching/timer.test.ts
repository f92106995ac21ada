import { describe, expect, it } from 'vitest'
import { begin, draw, goOn, over, pause, shown, words, type Drawn } from './timer'

describe('the timer', () => {
  it('counts down over a pause, and says how long it is over', () => {
    let timer = begin('down', 60_000, 1000, false)
    expect(shown(timer, 11_000)).toBe(50_000)
    timer = pause(timer, 11_000)
    expect(shown(timer, 99_000)).toBe(50_000)
    timer = goOn(timer, 100_000)
    expect(over(timer, 149_000)).toBe(false)
    expect(over(timer, 150_000)).toBe(true)
    expect(words(shown(timer, 155_000))).toBe('−00:05')
  })
  it('counts up, and speaks in minutes and seconds', () => {
    expect(shown(begin('up', 0, 0, false), 61_000)).toBe(61_000)
    expect(words(61_000)).toBe('01:01')
    expect(words(300_000)).toBe('05:00')
    expect(words(0)).toBe('00:00')
  })
})

describe('calling by chance', () => {
  const all: Drawn[] = [1, 2, 3].map((number) => ({ number, surname: '李', class_name: '五(1)班', key: `0/${number}` }))
  it('calls nobody twice before all were called, and nobody who is absent', () => {
    const called = new Set<string>()
    for (let i = 0; i < 2; i++) called.add(draw(all, called, new Set(['0/2']), 0.999)!.key)
    expect([...called].sort()).toEqual(['0/1', '0/3'])
    expect(draw(all, called, new Set(['0/2']), 0)).toBeNull()
  })
})
