import { effectScope, nextTick, ref } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { api } from '@/shared/api/client'
import { Problem } from '@/shared/api/problem'
import type { Review, SheetLine } from './types'
import { useTicks } from './useReview'

const line = (key: string): SheetLine => ({ key, group: 'rights', automatic: false, ticked: false, state: 'passed', detail: '', params: {}, found_in: null })
const review = (id: string) => ({ item: { id }, sheet: ['a', 'b', 'c'].map(line) }) as unknown as Review

describe('ticks in quick succession', () => {
  const sent: { path: string; ticked: string[]; answer: (problem?: Problem) => void }[] = []
  const open = ref<Review | undefined>()
  const scope = effectScope()
  let ticks: ReturnType<typeof useTicks>
  beforeEach(() => {
    vi.useFakeTimers()
    sent.length = 0
    vi.spyOn(api, 'put').mockImplementation((path, body) => new Promise((done, fail) => {
      sent.push({ path, ticked: (body as { ticked: string[] }).ticked, answer: (problem) => (problem ? fail(problem) : done(review('x') as never)) })
    }))
    open.value = review('one')
    ticks = scope.run(() => useTicks(() => open.value))!
  })
  afterEach(() => { vi.useRealTimers(); vi.restoreAllMocks() })
  const wait = (ms: number) => vi.advanceTimersByTimeAsync(ms)

  it('go out one after the other, the last word last', async () => {
    ticks.toggle('a')
    await wait(400)
    ticks.toggle('b')
    await wait(400)
    ticks.toggle('c')
    await wait(400)
    expect(sent.map((one) => one.ticked)).toEqual([['a']])
    sent[0]!.answer()
    await wait(0)
    expect(sent.map((one) => one.ticked)).toEqual([['a'], ['a', 'b', 'c']])
  })
  it('are of the item they were made in, also when another is opened at once', async () => {
    ticks.toggle('a')
    open.value = review('two')
    await nextTick()
    await wait(400)
    expect(sent.map((one) => [one.path, one.ticked])).toEqual([['/reviews/one/checklist', ['a']]])
    expect(ticks.ticked.value).toEqual([])
  })
  it('do not come after the decision they are part of', async () => {
    ticks.toggle('a')
    await wait(400)
    ticks.toggle('b')
    let done = false
    void ticks.settled('one').then(() => { done = true })
    await wait(1000)
    expect(done).toBe(false)
    sent[0]!.answer()
    await wait(1000)
    expect(done).toBe(true)
    expect(sent.length).toBe(1)
  })
  it('are tried again when the line was cut', async () => {
    ticks.toggle('a')
    await wait(400)
    sent[0]!.answer(new Problem(0, 'network.offline'))
    await wait(10_000)
    expect(sent.map((one) => one.ticked)).toEqual([['a'], ['a']])
  })
})
