import { describe, expect, it } from 'vitest'
import { ago, standing, type NodeRow } from './nodes'

const row = (over: Partial<NodeRow>): NodeRow => ({ id: 'n', org_id: 'o', name: '铭新小学', state: 'active', joined_at: 0, last_contact: 0, version: '0.2.0', lag: 3, waiting_up: 0, waiting_down: 0, parked: 0, clock_ahead_ms: 0, disk_free: 0, ...over }) as NodeRow

describe('how a place stands', () => {
  it('is up to date when it speaks and nothing waits', () => expect(standing(row({})).key).toBe('current'))
  it('is behind while something waits', () => expect(standing(row({ waiting_down: 4 })).key).toBe('behind'))
  it('is cut off after two minutes of silence, whatever waits', () => expect(standing(row({ lag: 121, waiting_up: 9 })).key).toBe('cut'))
  it('says that changes were set aside before it says that it is behind', () => expect(standing(row({ parked: 1, waiting_up: 2 })).key).toBe('parked'))
  it('is shut out once revoked', () => expect(standing(row({ state: 'revoked', lag: 1 })).key).toBe('revoked'))
  it('stands in the books of the demo only, until a real one joins', () => {
    expect(standing(row({ lag: -1, version: 'demo' })).key).toBe('demo')
    expect(standing(row({ lag: 3, version: '0.2.0' })).key).toBe('current')
  })
  it('has never been heard of before its first contact', () => expect(standing(row({ lag: -1 })).key).toBe('never'))
})

describe('since when', () => {
  it('takes the largest unit that fits', () => {
    expect(ago(59)).toEqual({ unit: 'second', n: 59 })
    expect(ago(3599)).toEqual({ unit: 'minute', n: 59 })
    expect(ago(7200)).toEqual({ unit: 'hour', n: 2 })
    expect(ago(90_000)).toEqual({ unit: 'day', n: 1 })
  })
})
