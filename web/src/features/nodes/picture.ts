import type { Branch } from './links'

export interface Spot { branch: Branch; x: number; y: number }
export interface Edge { id: string; path: string; box: boolean; cut: boolean }
export interface Picture { width: number; height: number; spots: Spot[]; edges: Edge[] }

const column = 210
const row = 24
const margin = 16

/** Where a line may begin so that it does not run through the name. */
const nameWidth = (name: string) => 18 + [...name].reduce((sum, one) => sum + (one.charCodeAt(0) < 0x2e80 ? 7 : 12), 0)

/** Places by depth from left to right, each leaf on a row of its own, a parent in the middle of its children. */
export function picture(branches: readonly Branch[]): Picture {
  const spots: Spot[] = branches.map((branch) => ({ branch, x: margin + branch.depth * column, y: 0 }))
  const parents: number[] = []
  const childrenOf: number[][] = spots.map(() => [])
  const path: number[] = []
  spots.forEach((spot, at) => {
    path.length = spot.branch.depth
    const parent = path.at(-1)
    parents.push(parent ?? -1)
    if (parent !== undefined) childrenOf[parent]!.push(at)
    path.push(at)
  })
  let next = margin
  for (let at = 0; at < spots.length; at++) {
    if (childrenOf[at]!.length) continue
    spots[at]!.y = next
    next += row
  }
  for (let at = spots.length - 1; at >= 0; at--) {
    const under = childrenOf[at]!
    if (under.length) spots[at]!.y = (spots[under[0]!]!.y + spots[under.at(-1)!]!.y) / 2
  }
  const edges = spots.flatMap((spot, at) => {
    const from = spots[parents[at]!]
    if (!from) return []
    const begin = Math.min(from.x + nameWidth(from.branch.place.name), spot.x - 16)
    const middle = (begin + spot.x) / 2
    const lag = spot.branch.box?.status.lag ?? -1
    return [{ id: spot.branch.place.id, path: `M${begin} ${from.y}C${middle} ${from.y} ${middle} ${spot.y} ${spot.x} ${spot.y}`, box: lag >= 0, cut: lag > 120 }]
  })
  const deepest = Math.max(0, ...branches.map((one) => one.depth))
  return { width: margin * 2 + deepest * column + column, height: Math.max(next, 48), spots, edges }
}
