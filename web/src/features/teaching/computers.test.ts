import { describe, expect, it } from 'vitest'
import { bandsOf, codeOf, systemName, type MaterialUse } from './computers'

const row = (band_at: number, kind: MaterialUse['kind']): MaterialUse => ({ computer_id: 'c', band_at, kind, minutes: 2, struck: false })

describe('classroom computers', () => {
  it('take a code however it is typed', () => {
    expect(codeOf(' 12 34-56 ')).toBe('123456')
    expect(codeOf('1234567')).toBe('123456')
    expect(codeOf('abc')).toBe('')
  })
  it('show what they told band by band, in the order of time', () => {
    const bands = bandsOf([row(600, 'slides'), row(300, 'video'), row(600, 'browser')])
    expect(bands.map((one) => [one.at, one.rows.length])).toEqual([[300, 1], [600, 2]])
  })
})
it('calls a system what people call it', () => {
  expect(['Windows 6.1', 'Windows 10.0', 'Windows 7.5', 'Debian 12', ''].map(systemName)).toEqual(['Windows 7', 'Windows 10', 'Windows 7.5', 'Debian 12', ''])
})
