import { describe, expect, it } from 'vitest'
import { attach, differences, emptySection, fit, lines, minutesTyped, savable, units, replaceIn } from './plan'
import type { ChapterNode, PlanContent } from './types'

const content = (minutes: number[], hours = 1): PlanContent => ({ title: '面积', hours, homework: '', sections: minutes.map((one) => ({ ...emptySection(), minutes: one })) })
const node = (id: string, parent: string | null, leaf: boolean): ChapterNode => ({ id, parent_id: parent, title: id, hours: 1, leaf, state: 'none', done: 0, total: 0, missing_resources: false })

describe('a lesson plan', () => {
  it('fits its periods or says by how much it does not', () => {
    expect(fit(content([0, 5, 15, 8, 10, 2]))).toEqual({ kind: 'exact', by: 0 })
    expect(fit(content([30, 15]))).toEqual({ kind: 'over', by: 5 })
    expect(fit(content([30], 2))).toEqual({ kind: 'under', by: 50 })
  })
  it('takes whole minutes that a part may have, and nothing else', () => {
    expect(['0', '7', ' 90 ', '91', '-5', '3.5', '', 'x'].map(minutesTyped)).toEqual([0, 7, 90, null, null, null, null, null])
  })
  it('saves what is finished and keeps the last good value of the rest', () => {
    const now = { ...content([5]), title: ' ' }
    now.sections[0]!.questions = [{ text: '', options: ['A', 'B'] }, { text: '变不变？', options: ['变', ''] }, { text: '变不变？', options: ['变', '不变'] }]
    now.sections[0]!.resources = [{ resource_id: 'r1', page_from: 2.5, page_to: 3, for_pupils: false }]
    const kept = savable(now, content([5]))
    expect(kept.title).toBe('面积')
    expect(kept.sections[0]!.questions).toEqual([{ text: '变不变？', options: ['变', '不变'] }])
    expect(kept.sections[0]!.resources[0]).toMatchObject({ page_from: null, page_to: 3 })
  })
  it('takes a resource into a part once', () => {
    const part = emptySection()
    expect(attach(part, 'r1')).toBe(true)
    expect(attach(part, 'r1')).toBe(false)
    expect(part.resources).toHaveLength(1)
  })
  it('names what differs between two versions', () => {
    const mine = { ...content([5, 5]), homework: '甲' }
    const theirs = { ...content([5, 6]), homework: '乙' }
    expect(differences(mine, theirs).map((one) => one.title)).toEqual(['section 1', 'homework'])
  })
  it('reads goals line by line', () => expect(lines(' 一 \n\n二')).toEqual(['一', '二']))
  it('groups chapters into units', () => {
    const found = units([node('u', null, false), node('a', 'u', true), node('b', 'u', true), node('v', null, true)])
    expect(found.map((unit) => [unit.node.id, unit.leaves.map((leaf) => leaf.id)])).toEqual([['u', ['a', 'b']], ['v', []]])
  })
})

it('another resource takes every place of a recalled one, once in each part', () => {
  const part = (...resources: { resource_id: string; for_pupils: boolean; page_from?: number }[]) => ({ ...emptySection(), resources })
  const content = { title: 't', hours: 1, homework: '', sections: [part({ resource_id: 'old', for_pupils: true, page_from: 2 }), part({ resource_id: 'x', for_pupils: false }), part({ resource_id: 'new', for_pupils: false }, { resource_id: 'old', for_pupils: true })] }
  expect(replaceIn(content, 'old', 'new')).toBe(2)
  expect(content.sections.map((one) => one.resources)).toEqual([[{ resource_id: 'new', for_pupils: true }], [{ resource_id: 'x', for_pupils: false }], [{ resource_id: 'new', for_pupils: true }]])
})
