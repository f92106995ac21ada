/** Ink over what is shown: pure rules. Points are x and y in turn, in thousandths of what they lie over. */
export type InkTool = 'pen' | 'marker'
export interface InkStroke { id: string; sheet: string; tool: InkTool; color: number; points: number[] }
export interface InkStep { add: InkStroke[]; remove: InkStroke[] }

const most = 3900
/** A line without points that say nothing: closer than a few thousandths to the one before. */
export function thinned(points: readonly number[]): number[] {
  let step = 3
  for (;;) {
    const out = points.slice(0, 2)
    for (let i = 2; i < points.length; i += 2) {
      const last = i + 2 >= points.length
      if (last || Math.hypot(points[i]! - out.at(-2)!, points[i + 1]! - out.at(-1)!) >= step) out.push(points[i]!, points[i + 1]!)
    }
    if (out.length <= most) return out.map((one) => Math.min(2000, Math.max(-1000, Math.round(one))))
    step *= 2
  }
}
/** Strokes that pass within `reach` of a place. */
export function touched(strokes: readonly InkStroke[], x: number, y: number, reach: number): InkStroke[] {
  return strokes.filter(({ points }) => {
    for (let i = 0; i < points.length; i += 2) {
      const [ax, ay] = [points[i]!, points[i + 1]!]
      const [bx, by] = i + 2 < points.length ? [points[i + 2]!, points[i + 3]!] : [ax, ay]
      const length = (bx - ax) ** 2 + (by - ay) ** 2
      const along = length ? Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length)) : 0
      if (Math.hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay)) <= reach) return true
    }
    return false
  })
}

/** All ink of a lesson, and what takes the last act back. */
export class Ink {
  strokes: InkStroke[] = []
  private done: InkStep[] = []
  load(strokes: readonly InkStroke[]) { this.strokes = [...strokes]; this.done = [] }
  of(sheet: string) { return this.strokes.filter((one) => one.sheet === sheet) }
  private apply({ add, remove }: InkStep) {
    const gone = new Set(remove.map((one) => one.id))
    this.strokes = [...this.strokes.filter((one) => !gone.has(one.id)), ...add]
  }
  act(step: InkStep): InkStep {
    this.apply(step)
    this.done.push(step)
    return step
  }
  /** The step that undoes the last one on a sheet; after a reload the last stroke goes. Null: nothing to undo. */
  undo(sheet: string): InkStep | null {
    const on = (step: InkStep) => [...step.add, ...step.remove].some((one) => one.sheet === sheet)
    let at = this.done.length - 1
    while (at >= 0 && !on(this.done[at]!)) at--
    const step = at >= 0 ? this.done.splice(at, 1)[0]! : { add: this.of(sheet).slice(-1), remove: [] }
    if (!step.add.length && !step.remove.length) return null
    const back = { add: step.remove, remove: step.add }
    this.apply(back)
    return back
  }
}
