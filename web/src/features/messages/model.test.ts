import { describe, expect, it } from 'vitest'
import chinese from './locale/zh-CN.json'
import english from './locale/en.json'
import { bare, byDay, iconOf, kinds, type Message } from './model'

const message = (id: string, at: number): Message => ({ id, kind: 'lesson_changed', asks: false, href: '/', who: '', title: '', place: '', date: null, period: 0, subject: '', month: '', at, read: false })

describe('messages', () => {
  it('have a sentence for each kind in both languages, and a shorter one where a name may be gone', () => {
    for (const words of [chinese, english] as { kind: Record<string, string>; bare: Record<string, string> }[]) {
      for (const kind of kinds) {
        expect(words.kind[kind], kind).toBeTruthy()
        if (bare({ kind, who: '', title: '' })) expect(words.bare[kind], kind).toBeTruthy()
      }
    }
  })
  it('name what they are about where it is known', () => {
    expect([bare({ kind: 'news_published', who: '', title: '作息' }), bare({ kind: 'news_published', who: '', title: '' }), bare({ kind: 'lesson_changed', who: '王', title: '' })]).toEqual([false, true, false])
    for (const words of [chinese, english] as { kind: Record<string, string> }[]) for (const kind of kinds.filter((one) => bare({ kind: one, who: '王', title: '' }))) expect(words.kind[kind], kind).toContain('{title}')
  })
  it('have a picture by what they are about', () => {
    expect([iconOf('change_asked'), iconOf('homework_returned'), iconOf('resource_recalled')]).toEqual(['refresh', 'pencil', 'book'])
  })
  it('stand under their days in the order in which they came', () => {
    const days = byDay([message('c', 30), message('b', 21), message('a', 20)], (at) => String(Math.floor(at / 10)))
    expect(days.map((one) => [one.day, one.items.map((item) => item.id).join()])).toEqual([['3', 'c'], ['2', 'b,a']])
  })
})
