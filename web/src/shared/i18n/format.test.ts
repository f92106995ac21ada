import { describe, expect, it } from 'vitest'
import { formatRate } from './format'

describe('what a line carries', () => {
  it('is said in M below a thousand of them, in G from there', () => {
    expect([256, 1000, 4500, 94_350, 999_949, 1_000_000, 13_464_300].map(formatRate)).toEqual(['0.26 M', '1 M', '4.5 M', '94.4 M', '999.9 M', '1 G', '13.5 G'])
  })
})
