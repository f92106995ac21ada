import { describe, expect, it } from 'vitest'
import { chapterRows, chapterTree } from './chapterTree'
import type { ChapterView } from './types'

const chapter = (id: string, parent: string | null, missing: ChapterView['missing'] = []): ChapterView => ({ id, parent_id: parent, title: id, hours: 1, leaf: parent !== null, count: 0, kinds: {}, missing })

describe('the chapters of a textbook', () => {
  const tree = chapterTree([chapter('u1', null), chapter('c1', 'u1', ['video']), chapter('c2', 'u1'), chapter('u2', null), chapter('c3', 'u2')])
  it('stand under their unit', () => {
    expect(tree.map((node) => node.children.map((child) => child.id))).toEqual([['c1', 'c2'], ['c3']])
  })
  it('add their holes up to the unit', () => {
    expect(tree.map((node) => node.holes)).toEqual([1, 0])
  })
  it('can be narrowed to what is missing', () => {
    expect(chapterRows(tree).map((node) => node.id)).toEqual(['u1', 'c1', 'c2', 'u2', 'c3'])
    expect(chapterRows(tree, true).map((node) => node.id)).toEqual(['u1', 'c1'])
  })
})
