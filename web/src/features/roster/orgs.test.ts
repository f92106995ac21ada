import { describe, expect, it } from 'vitest'
import { kindsBelow, openLines, wayTo } from './orgs'
import type { OrgNode } from './types'

const node = (id: string, nodes: OrgNode[] = []): OrgNode => ({ id, kind: 'school', name: id, short_name: id, children: nodes.length, nodes })
const roots = [node('county', [node('town', [node('school', [node('class')])]), node('other')])]

describe('the org tree on the screen', () => {
  it('shows only what stands below open nodes', () => {
    expect(openLines(roots, new Set()).map((line) => line.node.id)).toEqual(['county'])
    expect(openLines(roots, new Set(['county', 'school'])).map((line) => `${line.node.id}${line.depth}`)).toEqual(['county1', 'town2', 'other2'])
  })
  it('finds the way down to a node', () => {
    expect(wayTo(roots, 'class')).toEqual(['county', 'town', 'school', 'class'])
    expect(wayTo(roots, 'nowhere')).toEqual([])
  })
  it('offers below a class nothing and below a school its classes first', () => {
    expect(kindsBelow('class_group')).toEqual([])
    expect(kindsBelow('school')[0]).toBe('class_group')
  })
})
