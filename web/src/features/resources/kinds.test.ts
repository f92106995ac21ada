import { describe, expect, it } from 'vitest'
import server from '../../../../src/modules/resources/locale/zh-CN.json'
import { formatDuration, gradeSpan, kindIcon, kinds, misfitCode, shownState } from './kinds'

describe('a resource in words', () => {
  it('writes lengths as a player does', () => {
    expect(formatDuration(372)).toBe('6:12')
    expect(formatDuration(9)).toBe('0:09')
    expect(formatDuration(3725)).toBe('1:02:05')
  })
  it('names one grade, a span, or all', () => {
    expect(gradeSpan(5, 5).key).toBe('one')
    expect(gradeSpan(1, 6).key).toBe('span')
    expect(gradeSpan(1, 12).key).toBe('all')
  })
  it('has an icon for what it does not know', () => {
    expect(kindIcon('hologram')).toBe('file')
  })
  it('says when a published one has a newer version in review', () => {
    expect(shownState({ state: 'published', in_review: true })).toBe('published_in_review')
    expect(shownState({ state: 'draft', in_review: false })).toBe('draft')
  })
})

it('says of every kind what it is made of, in words that the server has', () => {
  for (const kind of kinds) expect(server).toHaveProperty([misfitCode(kind)])
})
