import { describe, expect, it } from 'vitest'
import { below, minuteOf, proposedPermits, stateOf, stepOf, timeOf } from './model'

const divisions = { '430000': '湖南省', '430900': '益阳市', '430921': '南县', '431000': '郴州市', '110000': '北京市', '110100': '市辖区', '110101': '东城区' }

describe('the wizard of the first start', () => {
  it('goes on at the first open step, and back to any that is named', () => {
    expect(stepOf(undefined, ['people', 'backup'])).toBe('people')
    expect(stepOf('place', ['people'])).toBe('place')
    expect(stepOf('nonsense', [])).toBe('summary')
  })
  it('marks what is done, open and under way', () => {
    expect(stateOf('place', 'people', ['people'])).toBe('done')
    expect(stateOf('people', 'people', ['people'])).toBe('now')
    expect(stateOf('keys', 'people', ['people', 'keys'])).toBe('todo')
    expect(stateOf('summary', 'people', [])).toBe('todo')
  })
  it('finds provinces, their cities and the counties of a city', () => {
    expect(below(divisions, '').map((one) => one.name)).toEqual(expect.arrayContaining(['湖南省', '北京市']))
    expect(below(divisions, '43').map((one) => one.code)).toEqual(['430900', '431000'])
    expect(below(divisions, '4309')).toEqual([{ code: '430921', name: '南县' }])
  })
  it('reads and writes the time of the night', () => {
    expect(timeOf(150)).toBe('02:30')
    expect(minuteOf('23:05')).toBe(1385)
    expect(minuteOf('')).toBe(-1)
  })
  it('proposes what the authority may sign for', () => {
    expect(proposedPermits('hub.nanxian.example')).toBe('nanxian.example')
    expect(proposedPermits('10.8.0.1')).toBe('10.8.0.0/16')
    expect(proposedPermits('hub')).toBe('hub')
  })
})
