import { describe, expect, it } from 'vitest'
import { Problem } from '@/shared/api/problem'
import { createLine, type LineState } from './line'

const settle = () => new Promise((resolve) => setTimeout(resolve, 0))

describe('the line of evidence', () => {
  it('keeps the order and tries again while the server cannot be reached', async () => {
    const states: LineState[] = []
    const sent: string[] = []
    let down = 2
    const line = createLine({ onState: (state) => states.push(state), onRefused: () => undefined, wait: async () => undefined })
    line.post({ key: 'a', send: async () => { if (down-- > 0) throw new Problem(0, 'network.unreachable'); sent.push('a') } })
    line.post({ key: 'b', send: async () => { sent.push('b') } })
    await settle()
    expect(sent).toEqual(['a', 'b'])
    expect(states[0]).toBe('cut')
    expect(states.at(-1)).toBe('ok')
  })
  it('sends only the newest page of a resource that waits', async () => {
    const sent: string[] = []
    let open: () => void = () => undefined
    const gate = new Promise<void>((resolve) => { open = resolve })
    const line = createLine({ onState: () => undefined, onRefused: () => undefined })
    line.post({ key: 'r1', send: async () => { await gate; sent.push('r1/1') } })
    line.post({ key: 'r1', send: async () => { sent.push('r1/2') } })
    line.post({ key: 'r1', send: async () => { sent.push('r1/3') } })
    expect(line.waiting()).toBe(2)
    open()
    await settle()
    expect(sent).toEqual(['r1/1', 'r1/3'])
  })
  it('drops what the server refuses and says so', async () => {
    const refused: string[] = []
    const line = createLine({ onState: () => undefined, onRefused: (code) => refused.push(code) })
    line.post({ key: 'a', send: async () => { throw new Problem(409, 'teaching.session_ended') } })
    await settle()
    expect(refused).toEqual(['teaching.session_ended'])
    expect(line.waiting()).toBe(0)
  })
})
