/** Four corners of a shape from its border: geometry of the card reader. */
export type Point = [number, number]
/** Clockwise in the picture. */
export type Quad = [Point, Point, Point, Point]

const far = (points: readonly Point[], of: (point: Point) => number) => {
  let best = 0
  let most = -Infinity
  for (let i = 0; i < points.length; i++) {
    const value = of(points[i]!)
    if (value > most) { most = value; best = i }
  }
  return best
}
export const areaOf = (points: readonly Point[]) => {
  let sum = 0
  for (let i = 0; i < points.length; i++) {
    const [x0, y0] = points[i]!
    const [x1, y1] = points[(i + 1) % points.length]!
    sum += x0 * y1 - x1 * y0
  }
  return sum / 2
}

interface Line { x: number; y: number; nx: number; ny: number }
/** The line through points with the least squares, moved outwards by half a pixel: points are centres of dark pixels. */
function lineThrough(points: readonly Point[], centre: Point): { line: Line; off: number } | null {
  if (points.length < 4) return null
  let x = 0, y = 0
  for (const [px, py] of points) { x += px; y += py }
  x /= points.length
  y /= points.length
  let xx = 0, xy = 0, yy = 0
  for (const [px, py] of points) { xx += (px - x) ** 2; xy += (px - x) * (py - y); yy += (py - y) ** 2 }
  const angle = 0.5 * Math.atan2(2 * xy, xx - yy)
  let nx = -Math.sin(angle)
  let ny = Math.cos(angle)
  if ((centre[0] - x) * nx + (centre[1] - y) * ny > 0) { nx = -nx; ny = -ny }
  let off = 0
  for (const [px, py] of points) off = Math.max(off, Math.abs((px - x) * nx + (py - y) * ny))
  return { line: { x: x + nx * 0.5, y: y + ny * 0.5, nx, ny }, off }
}
function cross(a: Line, b: Line): Point | null {
  const whole = a.nx * b.ny - a.ny * b.nx
  if (Math.abs(whole) < 0.2) return null
  const ca = a.nx * a.x + a.ny * a.y
  const cb = b.nx * b.x + b.ny * b.y
  return [(ca * b.ny - cb * a.ny) / whole, (a.nx * cb - b.nx * ca) / whole]
}

/** The four corners of a border, exact to parts of a pixel; null when it has not four straight sides. */
export function quadOf(border: readonly Point[]): Quad | null {
  if (border.length < 40) return null
  let cx = 0, cy = 0
  for (const [x, y] of border) { cx += x; cy += y }
  const centre: Point = [cx / border.length, cy / border.length]
  const a = far(border, ([x, y]) => (x - centre[0]) ** 2 + (y - centre[1]) ** 2)
  const c = far(border, ([x, y]) => (x - border[a]![0]) ** 2 + (y - border[a]![1]) ** 2)
  const [ax, ay] = border[a]!
  const [ux, uy] = [border[c]![0] - ax, border[c]![1] - ay]
  const beside = ([x, y]: Point) => (x - ax) * uy - (y - ay) * ux
  const b = far(border, beside)
  const d = far(border, (point) => -beside(point))
  const order = [...new Set([a, b, c, d])].sort((p, q) => p - q)
  if (order.length < 4) return null
  const rough = order.map((index) => border[index]!)
  const size = Math.abs(areaOf(rough))
  const filled = Math.abs(areaOf(border))
  if (size < 120 || filled < size * 0.82 || filled > size * 1.2) return null
  const lines: Line[] = []
  for (let k = 0; k < 4; k++) {
    const from = order[k]!
    const length = (order[(k + 1) % 4]! - from + border.length) % border.length
    const skip = Math.ceil(length * 0.12)
    const points: Point[] = []
    for (let i = skip; i <= length - skip; i++) points.push(border[(from + i) % border.length]!)
    const found = lineThrough(points, centre)
    if (!found || found.off > 1.3 + length * 0.045) return null
    lines.push(found.line)
  }
  const corners: Point[] = []
  for (let k = 0; k < 4; k++) {
    const corner = cross(lines[(k + 3) % 4]!, lines[k]!)
    if (!corner) return null
    corners.push(corner)
  }
  const sides = corners.map(([x, y], k) => Math.hypot(x - corners[(k + 1) % 4]![0], y - corners[(k + 1) % 4]![1]))
  if (Math.min(...sides) < 11 || Math.max(...sides) > 3.2 * Math.min(...sides)) return null
  if (areaOf(corners) < 0) corners.reverse()
  return corners as Quad
}
