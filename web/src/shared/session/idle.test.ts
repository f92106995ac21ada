import { describe, expect, it } from 'vitest'
import { due, idleMs, warnMs } from './idle'

const minute = 60_000

describe('a session that nobody uses', () => {
  it('is warned of two minutes before its end, and left at it', () => {
    expect(due(idleMs - warnMs - 1, 0, 0)).toBe('nothing')
    expect(due(idleMs - warnMs, 0, 0)).toBe('warn')
    expect(due(idleMs - 1, 0, 0)).toBe('warn')
    expect(due(idleMs, 0, 0)).toBe('over')
  })
  it('is kept while somebody writes, though the page asks the server nothing', () => {
    expect(due(9 * minute, 0, 9 * minute)).toBe('nothing')
    expect(due(10 * minute, 0, 10 * minute - 1)).toBe('keep')
    expect(due(29 * minute, 0, 28.5 * minute)).toBe('keep')
  })
  it('is not kept by a touch of long ago, nor by one before the last answer', () => {
    expect(due(20 * minute, 0, 12 * minute)).toBe('nothing')
    expect(due(29 * minute, 0, 12 * minute)).toBe('warn')
    expect(due(31 * minute, minute, 0)).toBe('over')
  })
})
