import { describe, expect, it } from 'vitest'
import { isHeic } from './heic'

const file = (brand: string) => new Blob([new Uint8Array([0, 0, 0, 24, ...[...`ftyp${brand}`].map((one) => one.charCodeAt(0)), 0, 0, 0, 0])])

describe('an iPhone picture', () => {
  it('is known by its bytes', async () => {
    for (const brand of ['heic', 'mif1', 'hevc']) expect(await isHeic(file(brand))).toBe(true)
  })
  it('is no film and no other picture', async () => {
    for (const brand of ['isom', 'qt  ', 'avif']) expect(await isHeic(file(brand))).toBe(false)
    expect(await isHeic(new Blob([new Uint8Array([0xff, 0xd8, 0xff, 0xe0])]))).toBe(false)
    expect(await isHeic(new Blob([]))).toBe(false)
  })
})
