import { describe, expect, it } from 'vitest'
import { codeOf, distance, lastCard, turned } from './codes'
import { detect } from './detect'
import { classroom, scene, type Conditions, type Held } from './scene'
import { CardTally } from './tally'

/** How many of the cards were read, and how many wrongly: another number or another letter. */
function read(cards: readonly Held[], conditions: Conditions = {}) {
  const held = new Map(cards.map((one) => [one.number, one.answer]))
  const seen = detect(scene(cards, conditions))
  return { right: seen.filter((one) => held.get(one.number) === one.answer).length, wrong: seen.filter((one) => one.answer !== null && held.get(one.number) !== one.answer).length }
}

describe('code cards', () => {
  it('differ from each other, and from themselves turned, in at least eight cells', () => {
    for (let a = 1; a <= lastCard; a++) {
      for (let b = a; b <= lastCard; b++) {
        let code = codeOf(b)
        for (let turn = 0; turn < 4; turn++, code = turned(code)) if (a !== b || turn > 0) expect(distance(codeOf(a), code)).toBeGreaterThanOrEqual(8)
      }
    }
  })

  /** A quarter of the picture is enough for most: nine cards of the same size. */
  const part = { width: 960, height: 540 }
  const nine = (size: number, change = {}) => classroom(40, size, change).filter((one) => one.x < 900 && one.y < 500 && one.x > size && one.y > size)
  const situations: [string, Held[], Conditions, number][] = [
    ['forty in one picture from the last row', classroom(40, 34), { noise: 8 }, 40],
    ['large ones near by', [classroom(6, 300)[0]!], { ...part, noise: 12 }, 1],
    ['out of focus', nine(70), { ...part, blur: 2, noise: 8 }, 8],
    ['leaning half a right angle to the side', nine(80, { lean: 0.78 }), { ...part, noise: 8 }, 8],
    ['in a dim room', nine(60), { ...part, bright: 0.35, noise: 10 }, 8],
    ['against the light', nine(60), { ...part, contrast: 0.45, noise: 8 }, 8],
    ['half in the shade', nine(70, { shade: 0.6 }), { ...part, noise: 8 }, 8],
    ['with a very noisy camera', nine(70), { ...part, noise: 60 }, 8],
  ]
  for (const [name, cards, conditions, least] of situations) {
    it(`are read ${name}, none wrongly`, () => {
      const { right, wrong } = read(cards, conditions)
      expect(wrong).toBe(0)
      expect(right).toBeGreaterThanOrEqual(least)
    }, 30_000)
  }

  it('say nothing when they are held on a corner, and a room without cards has none', () => {
    expect(read([{ number: 5, answer: 0, x: 500, y: 500, size: 120, tilt: Math.PI / 4 }], { width: 960, height: 720 })).toEqual({ right: 0, wrong: 0 })
    for (let seed = 1; seed <= 3; seed++) expect(detect(scene([], { width: 960, height: 540, seed, noise: 20 }))).toEqual([])
  }, 30_000)
})

describe('the tally', () => {
  it('counts each card once, after two pictures that agree, and the last answer wins', () => {
    const tally = new CardTally(3, 80)
    expect(tally.take([{ number: 4, answer: 1 }])).toBe(false)
    expect(tally.take([{ number: 4, answer: 2 }, { number: 9, answer: 0 }])).toBe(false)
    expect(tally.take([{ number: 4, answer: 2 }, { number: 9, answer: 0 }])).toBe(true)
    expect(tally.tally).toEqual({ seen: [4, 9], counts: [1, 0, 1] })
    tally.take([{ number: 4, answer: 0 }])
    expect(tally.take([{ number: 4, answer: 0 }])).toBe(true)
    expect(tally.tally).toEqual({ seen: [4, 9], counts: [2, 0, 0] })
  })
  it('knows no answer that the question has not, and no card held aslant', () => {
    const tally = new CardTally(3, 40)
    for (let i = 0; i < 3; i++) tally.take([{ number: 1, answer: 3 }, { number: 2, answer: null }, { number: 41, answer: 0 }])
    expect(tally.tally).toEqual({ seen: [], counts: [0, 0, 0] })
  })
})
