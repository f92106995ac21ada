import type { OrgKind, OrgNode } from './types'

export const isSchool = (kind: OrgKind) => kind === 'school' || kind === 'teaching_point'

/** Kinds that may stand directly under a node, in the order in which they are offered. */
export function kindsBelow(parent: OrgKind): OrgKind[] {
  switch (parent) {
    case 'province': return ['city', 'county', 'school', 'department', 'alliance']
    case 'city': return ['county', 'school', 'department', 'alliance']
    case 'county': return ['township', 'school', 'teaching_point', 'department', 'alliance']
    case 'township': return ['school', 'teaching_point', 'department']
    case 'school': return ['class_group', 'teaching_point', 'department']
    case 'teaching_point': return ['class_group', 'department']
    case 'grade': return ['class_group']
    default: return []
  }
}

/** Only a district opens schools and what stands above them; a school opens its own classes and departments. */
export const isInsideSchool = (kind: OrgKind) => kind === 'class_group' || kind === 'department' || kind === 'grade'

/** Ids of the nodes above one, from the top; empty if it is not in the tree. */
export function wayTo(roots: readonly OrgNode[], id: string): string[] {
  for (const node of roots) {
    if (node.id === id) return [node.id]
    const below = wayTo(node.nodes, id)
    if (below.length) return [node.id, ...below]
  }
  return []
}

/** Nodes as lines of a list: those whose parents are all open, with their depth. */
export function openLines(roots: readonly OrgNode[], open: ReadonlySet<string>, depth = 1): { node: OrgNode; depth: number; open: boolean }[] {
  return roots.flatMap((node) => {
    const isOpen = open.has(node.id) && node.nodes.length > 0
    return [{ node, depth, open: isOpen }, ...(isOpen ? openLines(node.nodes, open, depth + 1) : [])]
  })
}
