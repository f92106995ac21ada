import { describe, expect, it } from 'vitest'
import { cover } from './thumbnail'

describe('a thumbnail', () => {
  it('shows the middle of what is wide and the top of what is tall', () => {
    expect(cover(1600, 500)).toEqual({ x: 400, y: 0, width: 800, height: 500 })
    expect(cover(480, 1000)).toEqual({ x: 0, y: 0, width: 480, height: 300 })
  })
})
