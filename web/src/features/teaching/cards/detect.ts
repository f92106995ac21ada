/** Finds code cards in a grey picture: dark shapes with four corners, their cells, the number, and which side is up. */
import { match, side } from './codes'
import { quadOf, type Point, type Quad } from './quads'

export interface Grey { width: number; height: number; data: Uint8Array }
/** A card in the picture. `answer`: 0–3 for A–D, the letter on its upper side; null when it is held too aslant to say. */
export interface SeenCard { number: number; answer: number | null; corners: Quad }

export function greyOf(pixels: Uint8ClampedArray, width: number, height: number): Grey {
  const data = new Uint8Array(width * height)
  for (let i = 0, at = 0; i < data.length; i++, at += 4) data[i] = (pixels[at]! * 77 + pixels[at + 1]! * 150 + pixels[at + 2]! * 29) >> 8
  return { width, height, data }
}

/** Every second pixel in both directions, as the mean of four. */
function halved({ width, height, data }: Grey): Grey {
  const w = width >> 1
  const h = height >> 1
  const out = new Uint8Array(w * h)
  for (let y = 0; y < h; y++) {
    for (let x = 0, at = 2 * y * width; x < w; x++, at += 2) out[y * w + x] = (data[at]! + data[at + 1]! + data[at + width]! + data[at + width + 1]! + 2) >> 2
  }
  return { width: w, height: h, data: out }
}

/** 1 where a pixel is darker than its surroundings. */
function darkerThanAround({ width, height, data }: Grey, radius: number, margin: number): Uint8Array {
  const sums = new Uint32Array((width + 1) * (height + 1))
  for (let y = 0; y < height; y++) {
    let row = 0
    for (let x = 0; x < width; x++) {
      row += data[y * width + x]!
      sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1]! + row
    }
  }
  const dark = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    const top = Math.max(0, y - radius) * (width + 1)
    const bottom = Math.min(height, y + radius + 1)
    const rows = bottom - Math.max(0, y - radius)
    for (let x = 0; x < width; x++) {
      const left = Math.max(0, x - radius)
      const right = Math.min(width, x + radius + 1)
      const sum = sums[bottom * (width + 1) + right]! - sums[bottom * (width + 1) + left]! - sums[top + right]! + sums[top + left]!
      if ((data[y * width + x]! + margin) * rows * (right - left) < sum) dark[y * width + x] = 1
    }
  }
  return dark
}

const dx = [1, 1, 0, -1, -1, -1, 0, 1]
const dy = [0, 1, 1, 1, 0, -1, -1, -1]

/** The outer border of the shape that begins at `start`, its first pixel in reading order. */
function borderOf(label: Int32Array, width: number, height: number, start: number, name: number, longest: number): Point[] | null {
  const border: Point[] = []
  let x = start % width
  let y = (start - x) / width
  const x0 = x
  const y0 = y
  let heading = 7
  do {
    border.push([x, y])
    if (border.length > longest) return null
    let found = false
    heading = (heading + 5) % 8 // look back to the left of where it came from
    for (let tries = 0; tries < 8; tries++, heading = (heading + 1) % 8) {
      const nx = x + dx[heading]!
      const ny = y + dy[heading]!
      if (nx < 0 || ny < 0 || nx >= width || ny >= height || label[ny * width + nx] !== name) continue
      x = nx
      y = ny
      found = true
      break
    }
    if (!found) return null
  } while (x !== x0 || y !== y0)
  return border
}

/** Quadrilaterals among the dark shapes. */
function quads(grey: Grey, radius: number, margin: number, least: number): Quad[] {
  const { width, height } = grey
  const dark = darkerThanAround(grey, radius, margin)
  const label = new Int32Array(width * height)
  const stack = new Int32Array(width * height)
  const found: Quad[] = []
  let name = 0
  for (let start = 0; start < dark.length; start++) {
    if (!dark[start] || label[start]) continue
    name++
    let top = 0
    stack[top++] = start
    label[start] = name
    let minX = width, maxX = 0, maxY = 0, area = 0
    const minY = Math.floor(start / width)
    while (top > 0) {
      const at = stack[--top]!
      const x = at % width
      const y = (at - x) / width
      area++
      if (x < minX) minX = x
      if (x > maxX) maxX = x
      if (y > maxY) maxY = y
      for (let way = 0; way < 8; way++) {
        const nx = x + dx[way]!
        const ny = y + dy[way]!
        if (nx < 0 || ny < 0 || nx >= width || ny >= height) continue
        const next = ny * width + nx
        if (!dark[next] || label[next]) continue
        label[next] = name
        stack[top++] = next
      }
    }
    const w = maxX - minX + 1
    const h = maxY - minY + 1
    if (w < least || h < least || w > 4 * h || h > 4 * w || area < 1.5 * (w + h) || minX === 0 || minY === 0 || maxX === width - 1 || maxY === height - 1) continue
    const border = borderOf(label, width, height, start, name, 8 * (w + h))
    const quad = border && quadOf(border)
    if (quad) found.push(quad)
  }
  return found
}

/** From the square of 7×7 cells to the picture. */
function plane(corners: Quad, cells: number): (x: number, y: number) => Point {
  const [[x0, y0], [x1, y1], [x2, y2], [x3, y3]] = corners
  const sx = x0 - x1 + x2 - x3
  const sy = y0 - y1 + y2 - y3
  const ax = x1 - x2, bx = x3 - x2, ay = y1 - y2, by = y3 - y2
  const whole = ax * by - bx * ay
  const g = (sx * by - bx * sy) / whole
  const h = (ax * sy - sx * ay) / whole
  const a = x1 - x0 + g * x1, b = x3 - x0 + h * x3, d = y1 - y0 + g * y1, e = y3 - y0 + h * y3
  return (x, y) => {
    const u = x / cells
    const v = y / cells
    const w = g * u + h * v + 1
    return [(a * u + b * v + x0) / w, (d * u + e * v + y0) / w]
  }
}
function light({ width, height, data }: Grey, [x, y]: Point): number {
  const cx = Math.min(width - 1.001, Math.max(0, x))
  const cy = Math.min(height - 1.001, Math.max(0, y))
  const ix = Math.floor(cx), iy = Math.floor(cy)
  const fx = cx - ix, fy = cy - iy
  const at = iy * width + ix
  return (data[at]! * (1 - fx) + data[at + 1]! * fx) * (1 - fy) + (data[at + width]! * (1 - fx) + data[at + width + 1]! * fx) * fy
}
const middle = (values: number[]) => values.sort((p, q) => p - q)[values.length >> 1]!

const whole = side + 2
const offsets = [[0, 0], [-0.2, -0.2], [0.2, -0.2], [-0.2, 0.2], [0.2, 0.2]] as const

/** What the cells say, or null when it is no card: a black frame, light around it, one of the patterns. */
function decode(grey: Grey, corners: Quad): { number: number; turn: number } | null {
  const to = plane(corners, whole)
  const cell = (x: number, y: number) => {
    let sum = 0
    for (const [ox, oy] of offsets) sum += light(grey, to(x + 0.5 + ox, y + 0.5 + oy))
    return sum / offsets.length
  }
  // light and dark on each of the four sides, so that a shadow across the card does not matter
  const out: number[][] = [[], [], [], []]
  const frame: number[][] = [[], [], [], []]
  for (let i = 0; i < whole; i++) {
    const at = i + 0.5
    const around: Point[] = [to(at, -0.65), to(whole + 0.65, at), to(at, whole + 0.65), to(-0.65, at)]
    const own = [cell(i, 0), cell(whole - 1, i), cell(i, whole - 1), cell(0, i)]
    for (let k = 0; k < 4; k++) { out[k]!.push(light(grey, around[k]!)); frame[k]!.push(own[k]!) }
  }
  const whites = out.map((values) => middle([...values]))
  const blacks = frame.map((values) => middle([...values]))
  const limits = whites.map((value, k) => (value + blacks[k]!) / 2)
  if (whites.some((value, k) => value - blacks[k]! < 22)) return null
  let bad = 0
  for (let k = 0; k < 4; k++) {
    bad += out[k]!.filter((value) => value < limits[k]!).length
    bad += 2 * frame[k]!.filter((value) => value > limits[k]!).length
  }
  if (bad > 7) return null
  let bits = 0
  for (let y = 1; y <= side; y++) {
    for (let x = 1; x <= side; x++) {
      const u = (x + 0.5) / whole
      const v = (y + 0.5) / whole
      const limit = (limits[3]! * (1 - u) + limits[1]! * u + limits[0]! * (1 - v) + limits[2]! * v) / 2
      bits = (bits << 1) | (cell(x, y) < limit ? 1 : 0)
    }
  }
  return match(bits, 2)
}

/** How far a card may be held from upright and still say something, in degrees. */
const aslant = 36
/** The letter on the upper side. A stands on the card's own upper side, B on its right, C below, D on its left. */
export function answerOf(corners: Quad): number | null {
  const [a, b, c, d] = corners
  const up: Point = [(a[0] + b[0] - c[0] - d[0]) / 2, (a[1] + b[1] - c[1] - d[1]) / 2]
  const turn = (Math.atan2(up[0], -up[1]) * 180) / Math.PI
  const quarter = Math.round(turn / 90)
  if (Math.abs(turn - quarter * 90) > aslant) return null
  return [0, 3, 2, 1][(quarter + 4) % 4]!
}

/** All cards in a picture, each number once. */
export function detect(grey: Grey): SeenCard[] {
  const small = halved(grey)
  const candidates = [
    ...quads(grey, 12, 8, 14),
    ...quads(small, 14, 10, 16).map((quad) => quad.map(([x, y]) => [x * 2 + 0.5, y * 2 + 0.5]) as Quad),
  ]
  const seen = new Map<number, SeenCard>()
  for (const quad of candidates) {
    const read = decode(grey, quad)
    if (!read || seen.has(read.number)) continue
    // the corner at which the card's own upper left cell lies
    const first = (4 - read.turn) % 4
    const corners = [0, 1, 2, 3].map((k) => quad[(first + k) % 4]!) as Quad
    seen.set(read.number, { number: read.number, answer: answerOf(corners), corners })
  }
  return [...seen.values()]
}
