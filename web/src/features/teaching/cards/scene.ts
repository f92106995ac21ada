/** Pictures of cards for the tests: seen in perspective, out of focus, in bad light, with a camera's noise. */
import { isBlack } from './codes'
import type { Grey } from './detect'

export interface Held { number: number; answer: number; x: number; y: number; size: number; tilt?: number; lean?: number; shade?: number }
export interface Conditions { width?: number; height?: number; blur?: number; noise?: number; bright?: number; contrast?: number; seed?: number }

/** The same numbers every time. */
function dice(seed: number) {
  let state = seed >>> 0
  return () => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return state / 4294967296 }
}
/** Light of a point of a card whose picture is 7 cells wide: paper with a wide margin around it; undefined beside the paper. */
function paper(number: number, x: number, y: number): number | undefined {
  if (x < -1.6 || y < -1.2 || x > 8.6 || y > 8.2) return undefined
  if (x < 0 || y < 0 || x >= 7 || y >= 7) return 0.93
  return isBlack(number, Math.floor(x), Math.floor(y)) ? 0.07 : 0.93
}
function smooth(values: Float32Array, width: number, height: number, radius: number) {
  const span = 2 * radius + 1
  const out = new Float32Array(values.length)
  for (const [step, line, lines, length] of [[1, width, height, width], [width, 1, width, height]] as const) {
    for (let l = 0; l < lines; l++) {
      let sum = 0
      const at = (i: number) => l * line + Math.min(length - 1, Math.max(0, i)) * step
      for (let i = -radius; i <= radius; i++) sum += values[at(i)]!
      for (let i = 0; i < length; i++) { out[at(i)] = sum / span; sum += values[at(i + radius + 1)]! - values[at(i - radius)]! }
    }
    values.set(out)
  }
}
export function scene(cards: readonly Held[], { width = 1920, height = 1080, blur = 0, noise = 0, bright = 1, contrast = 1, seed = 1 }: Conditions = {}): Grey {
  const random = dice(seed)
  const light = new Float32Array(width * height)
  // a room: benches, windows, a wall that is lighter on one side
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) light[y * width + x] = 0.3 + 0.25 * (x / width) + 0.1 * Math.sin(x / 37) * Math.sin(y / 23)
  for (let i = 0; i < 60; i++) {
    const [bx, by, bw, bh, value] = [random() * width, random() * height, 20 + random() * 120, 20 + random() * 90, random()]
    for (let y = Math.floor(by); y < Math.min(height, by + bh); y++) for (let x = Math.floor(bx); x < Math.min(width, bx + bw); x++) light[y * width + x] = value
  }
  for (const card of cards) {
    // held with the letter upwards: the card turned by so many quarters against the clock, and a little aslant
    const turn = -card.answer * (Math.PI / 2) + (card.tilt ?? 0)
    const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
    const cell = card.size / 7
    const reach = Math.ceil(card.size * 1.1)
    for (let py = Math.floor(card.y) - reach; py <= card.y + reach; py++) {
      for (let px = Math.floor(card.x) - reach; px <= card.x + reach; px++) {
        if (px < 0 || py < 0 || px >= width || py >= height) continue
        let sum = 0
        let inside = 0
        for (const [ox, oy] of [[0.17, 0.17], [0.5, 0.17], [0.83, 0.17], [0.17, 0.5], [0.5, 0.5], [0.83, 0.5], [0.17, 0.83], [0.5, 0.83], [0.83, 0.83]]) {
          const dx = px + ox! - card.x
          const dy = py + oy! - card.y
          // leaning to one side: narrower, and the far edge smaller
          const lean = card.lean ?? 0
          const deep = 1 + (dx / card.size) * Math.sin(lean) * 0.35
          const [rx, ry] = [(dx / Math.cos(lean)) * deep, dy * deep]
          const value = paper(card.number, (rx * cos + ry * sin) / cell + 3.5, (-rx * sin + ry * cos) / cell + 3.5)
          if (value === undefined) continue
          sum += value * (1 - (card.shade ?? 0) * Math.min(1, Math.max(0, 0.5 + dx / card.size)))
          inside++
        }
        if (inside) light[py * width + px] = (sum + (9 - inside) * light[py * width + px]!) / 9
      }
    }
  }
  for (let k = 0; k < 2 && blur; k++) smooth(light, width, height, blur)
  const data = new Uint8Array(width * height)
  for (let i = 0; i < data.length; i++) {
    const grain = noise ? (random() + random() + random() - 1.5) * noise : 0
    data[i] = Math.min(255, Math.max(0, ((light[i]! - 0.5) * contrast + 0.5) * 235 * bright + 8 + grain))
  }
  return { width, height, data }
}
/** So many cards in rows, as a class holds them up. */
export function classroom(count: number, size: number, change: Partial<Held> = {}, seed = 3): Held[] {
  const random = dice(seed)
  const columns = Math.ceil(Math.sqrt((count * 1920) / 1080))
  const rows = Math.ceil(count / columns)
  return Array.from({ length: count }, (_, i) => ({
    number: i + 1, answer: Math.floor(random() * 4), size,
    x: ((i % columns) + 0.5) * (1920 / columns) + (random() - 0.5) * 20, y: (Math.floor(i / columns) + 0.5) * (1080 / rows) + (random() - 0.5) * 20,
    tilt: (random() - 0.5) * 0.5, ...change,
  }))
}
