import { describe, expect, it } from 'vitest'
import type { Pack } from './types'
import { outcomeOf } from './useDisks'

const pack = (over: Partial<Pack>) => ({ way: 'taken', state: 'ready', cut: false, lost: 0, missing_count: 0, not_for_here: 0, came: 3, ...over }) as Pack

describe('how a pack stands', () => {
  it('is made, or was not', () => expect([outcomeOf(pack({ way: 'made' })), outcomeOf(pack({ way: 'made', state: 'failed' }))]).toEqual(['ready', 'failed']))
  it('is taken whole only when nothing of it is missing', () => {
    expect(outcomeOf(pack({}))).toBe('whole')
    for (const over of [{ cut: true }, { lost: 1 }, { missing_count: 1 }, { not_for_here: 1 }]) expect(outcomeOf(pack(over))).toBe('part')
  })
  it('brought nothing: all was here, or nothing of it could be taken', () => {
    expect(outcomeOf(pack({ came: 0, here_already: 3 }))).toBe('known')
    expect(outcomeOf(pack({ came: 0, cut: true }))).toBe('none')
  })
  it('was refused when nothing came of it', () => expect(outcomeOf(pack({ state: 'failed' }))).toBe('refused'))
  it('is under way until it has ended', () => expect(outcomeOf(pack({ state: 'working' }))).toBe('working'))
})
