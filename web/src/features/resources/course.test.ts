import { describe, expect, it } from 'vitest'
import { nextPart, resultTone } from './course'

const pages = (...states: ('not_yet' | 'begun' | 'completed')[]) => states.map((completion) => ({ completion }))

describe('a course', () => {
  it('goes on where it was begun, else with the first part that is not done, else at the start', () => {
    expect(nextPart(pages('completed', 'not_yet', 'begun'))).toBe(2)
    expect(nextPart(pages('completed', 'not_yet', 'not_yet'))).toBe(1)
    expect(nextPart(pages('completed', 'completed'))).toBe(0)
    expect(nextPart([])).toBe(0)
  })
  it('warns of what was completed and not passed only', () => {
    expect(resultTone({ completion: 'completed', success: 'failed' })).toBe('warn')
    expect(resultTone({ completion: 'completed', success: 'unknown' })).toBe('ok')
    expect(resultTone({ completion: 'not_yet', success: 'unknown' })).toBe('neutral')
  })
})
