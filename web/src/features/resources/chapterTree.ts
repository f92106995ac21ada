import type { ChapterView } from './types'

export interface ChapterNode extends ChapterView { children: ChapterNode[]; depth: number; holes: number }

/** Chapters as a tree; `holes` counts the kinds that are missing at and below a node. */
export function chapterTree(chapters: readonly ChapterView[]): ChapterNode[] {
  const nodes = new Map<string, ChapterNode>(chapters.map((chapter) => [chapter.id, { ...chapter, children: [], depth: 0, holes: 0 }]))
  const roots: ChapterNode[] = []
  for (const node of nodes.values()) {
    const parent = node.parent_id ? nodes.get(node.parent_id) : undefined
    if (parent) parent.children.push(node)
    else roots.push(node)
  }
  const settle = (node: ChapterNode, depth: number): number => {
    node.depth = depth
    node.holes = (node.leaf ? node.missing.length : 0) + node.children.reduce((sum, child) => sum + settle(child, depth + 1), 0)
    return node.holes
  }
  for (const root of roots) settle(root, 0)
  return roots
}

/** Rows in reading order; with `onlyHoles` those where something is missing. */
export function chapterRows(roots: readonly ChapterNode[], onlyHoles = false): ChapterNode[] {
  return roots.flatMap((node) => (onlyHoles && node.holes === 0 ? [] : [node, ...chapterRows(node.children, onlyHoles)]))
}
