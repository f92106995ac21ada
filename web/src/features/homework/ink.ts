import type { InkSheetData, Stroke } from './types'

/** Places on a sheet are ten-thousandths of its width and height, so that ink fits on every screen. */
export const sheetSize = 10_000
/** What the server takes of one sheet. */
export const mostStrokes = 400
export const mostPoints = 24_000
/** How sheets are numbered: 0 the text, then the files, further pages of a PDF a hundred higher each. */
export const sheetOf = (file: number, page: number) => file + 1 + (page - 1) * 100
/** A thick PDF is shown in portions of so many pages: a phone cannot hold all of them at once. */
export const portion = 20
/** The pages of one portion, from nought, of a file with so many. */
export const pagesOfPortion = (total: number, at: number) => Array.from({ length: Math.max(0, Math.min(portion, total - at * portion)) }, (_, index) => at * portion + index + 1)
/** Portions of a file, each with how many of its pages bear ink. */
export function portionsOf(total: number, file: number, inked: readonly number[]): { from: number; to: number; marked: number }[] {
  return Array.from({ length: Math.ceil(total / portion) }, (_, at) => {
    const pages = pagesOfPortion(total, at)
    return { from: pages[0]!, to: pages.at(-1)!, marked: pages.filter((page) => inked.includes(sheetOf(file, page))).length }
  })
}
const nearest = 25 // shorter steps of the pen are not kept
const reach = 350 // how near the eraser must come

const clamp = (value: number) => Math.min(sheetSize, Math.max(0, Math.round(value)))
export const place = (x: number, y: number, width: number, height: number): [number, number] => [clamp((x / width) * sheetSize), clamp((y / height) * sheetSize)]

/** Adds a point to a pen stroke unless it is hardly a step away; true if it was added. */
export function extend(stroke: Stroke, [x, y]: [number, number]): boolean {
  const points = stroke.points
  const [lastX, lastY] = [points[points.length - 2], points[points.length - 1]]
  if (lastX !== undefined && Math.hypot(x - lastX, y - lastY!) < nearest) return false
  points.push(x, y)
  return true
}
/** Whether one more stroke of so many points still fits on a sheet. */
export function fits(strokes: readonly Stroke[], more = 2): boolean {
  return strokes.length < mostStrokes && strokes.reduce((sum, one) => sum + one.points.length, 0) + more <= mostPoints
}
export function pathOf(stroke: Stroke): string {
  let path = ''
  for (let i = 0; i + 1 < stroke.points.length; i += 2) path += `${i ? 'L' : 'M'}${stroke.points[i]} ${stroke.points[i + 1]}`
  return stroke.points.length === 2 ? `${path}l1 1` : path
}
/** The stroke under the eraser, the newest first; -1 if there is none. */
export function hit(strokes: readonly Stroke[], [x, y]: [number, number]): number {
  for (let at = strokes.length - 1; at >= 0; at--) {
    const points = strokes[at]!.points
    for (let i = 0; i + 1 < points.length; i += 2) if (Math.hypot(points[i]! - x, points[i + 1]! - y) < reach) return at
  }
  return -1
}
export const strokesOf = (ink: readonly InkSheetData[], sheet: number): Stroke[] => ink.find((one) => one.sheet === sheet)?.strokes ?? []
