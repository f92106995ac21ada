import { describe, expect, it } from 'vitest'
import { roomForNames } from './chartOption'

const line = (name: string) => ({ name, values: [1, 2] })

describe('a chart', () => {
  it('leaves room for the names at the ends of its lines', () => {
    expect(roomForNames({ series: [line('本校')] }, 12)).toBe(64)
    expect(roomForNames({ series: [line('Central schools'), line('Village schools')] }, 12)).toBeGreaterThan(120)
    expect(roomForNames({ series: [line('x'.repeat(80))] }, 12)).toBe(176)
  })
})
