import { describe, expect, it } from 'vitest'
import { contentOf, deskTo, emptyBlock, emptyContent, paragraphs, plainErrors, toPart, toSend, withoutKey } from './model'
import type { View } from './types'

describe('what is written', () => {
  it('takes pasted text apart into paragraphs, and nothing but words', () => {
    expect(paragraphs('第一段\r\n\r\n  第二段 \n')).toEqual(['第一段', '第二段'])
  })
  it('goes without empty days, must-read of news, and other readers of what is public', () => {
    const sent = toSend({ ...emptyContent(), from_day: '', must_read: true, scope: 'public', audience: 'staff' })
    expect(sent.from_day).toBeNull()
    expect(sent.must_read).toBe(false)
    expect(sent.audience).toBe('everyone')
    expect(sent.body[0]).not.toHaveProperty('key')
    expect(toSend({ ...emptyContent(), kind: 'notice', must_read: true }).must_read).toBe(true)
  })
  it('comes back from an article as it is shown', () => {
    const block = withoutKey({ ...emptyBlock('paragraph'), text: '正文' })
    const view = { item: { ...emptyContent(), title: '题', body: undefined }, body: [block] } as unknown as View
    expect(contentOf(view).title).toBe('题')
    expect(contentOf(view).body[0]!.text).toBe('正文')
  })
})

describe('addresses', () => {
  it('save an attachment and show a picture', () => {
    expect(toPart({ ...emptyBlock('attachment'), file_id: 'f' }).url).toBe('/api/v1/files/f?save=1')
    expect(toPart({ ...emptyBlock('picture'), file_id: 'f' }).url).toBe('/api/v1/files/f')
    expect(toPart(emptyBlock('paragraph')).url).toBe('')
  })
  it('lead to the editor only where there is something of one’s own to write', () => {
    expect(deskTo({ id: 'a', state: 'returned', mine: true })).toBe('/news/write/a')
    expect(deskTo({ id: 'a', state: 'published', mine: true })).toBe('/news/a')
    expect(deskTo({ id: 'a', state: 'draft', mine: false })).toBe('/news/a')
  })
  it('of errors are the same however it was sent', () => {
    expect(plainErrors({ 'content.title': 'x', 'body.0.text': 'y' })).toEqual({ title: 'x', 'body.0.text': 'y' })
  })
})
