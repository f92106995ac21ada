import { describe, expect, it } from 'vitest'
import { Problem } from '@/shared/api/problem'
import { createLine, type LineState, type Message } from './line'

const settle = () => new Promise((resolve) => setTimeout(resolve, 0))
const message = (key: string, n = 0): Message => ({ key, method: 'POST', path: `/${key}`, body: { n } })
const cut = () => { throw new Problem(0, 'network.unreachable') }

describe('the line of evidence', () => {
  it('keeps the order and tries again while the server cannot be reached', async () => {
    const states: LineState[] = []
    const sent: string[] = []
    let down = 2
    const line = createLine({ wait: async () => undefined, send: async ({ key }) => { if (down-- > 0) cut(); sent.push(key) } })
    line.listen({ onState: (state) => states.push(state), onRefused: () => undefined })
    line.post(message('a'))
    line.post(message('b'))
    await settle()
    expect(sent).toEqual(['a', 'b'])
    expect(states[0]).toBe('cut')
    expect(states.at(-1)).toBe('ok')
  })
  it('sends only the newest page of a resource that waits', async () => {
    const sent: object[] = []
    let open: () => void = () => undefined
    const gate = new Promise<void>((resolve) => { open = resolve })
    const line = createLine({ send: async ({ body }) => { await gate; sent.push(body) } })
    for (const n of [1, 2, 3]) line.post(message('r1', n))
    expect(line.waiting()).toBe(2)
    open()
    await settle()
    await settle()
    expect(sent).toEqual([{ n: 1 }, { n: 3 }])
  })
  it('drops what the server refuses and says what it was', async () => {
    const refused: string[] = []
    const line = createLine({ send: async () => { throw new Problem(409, 'teaching.session_ended') } })
    line.listen({ onState: () => undefined, onRefused: (problem, { key }) => refused.push(`${problem.code} ${key}`) })
    line.post(message('a'))
    await settle()
    expect(refused).toEqual(['teaching.session_ended a'])
    expect(line.waiting()).toBe(0)
  })
  it('keeps what waits outside the page: the next page sends it, in order, and a sign of life is not kept', async () => {
    let kept = '[]'
    const keeper = { load: () => JSON.parse(kept) as Message[], save: (waiting: Message[]) => { kept = JSON.stringify(waiting) } }
    const page = createLine({ keeper, send: async () => cut(), wait: () => new Promise(() => undefined) })
    page.post(message('ask'))
    page.post(message('count', 5))
    page.post({ ...message('beat'), passing: true })
    await page.settled()
    expect(page.waiting()).toBe(3)
    const sent: string[] = []
    const next = createLine({ keeper, send: async ({ key }) => { sent.push(key) } })
    await next.settled()
    expect(sent).toEqual(['ask', 'count'])
    expect(kept).toBe('[]')
  })
  it('waits for the same person when the sign-in has run out', async () => {
    let signedIn = false
    const line = createLine({ send: async () => { if (!signedIn) throw new Problem(401, 'auth.signed_out') } })
    line.post(message('count', 5))
    await line.settled()
    expect(line.waiting()).toBe(1)
    signedIn = true
    await line.settled()
    expect(line.waiting()).toBe(0)
  })
})
