import { describe, expect, it } from 'vitest'
import { roomForNames, rowsForNames } from './chartOption'

const line = (name: string) => ({ name, values: [1, 2] })

describe('a chart', () => {
  it('leaves room for the names at the ends of its lines', () => {
    expect(roomForNames({ series: [line('本校')] }, 12)).toBe(64)
    expect(roomForNames({ series: [line('Central schools'), line('Village schools')] }, 12)).toBeGreaterThan(120)
    expect(roomForNames({ series: [line('x'.repeat(80))] }, 12)).toBe(176)
  })
  it('names its lines above the drawing on a phone, in as many rows as they take', () => {
    expect(rowsForNames({ series: [line('下行'), line('上行')] }, 16, 300)).toBe(1)
    expect(rowsForNames({ series: [line('下行中位数'), line('下行最慢一成'), line('上行中位数')] }, 16, 300)).toBe(2)
  })
})
