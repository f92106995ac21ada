/** How a number is judged and drawn: filled bar = measured, hollow circle = declared, tick = target, line = eight weeks. */
export type Direction = 'at_least' | 'at_most'
export type StateKind = 'ok' | 'warn' | 'bad' | 'neutral'

/** Whether a value meets its target: ok, within a tenth of it (warn), or further off (bad). */
export function judge(value: number | null, target: number | null | undefined, direction: Direction = 'at_least'): StateKind {
  if (value === null || target === null || target === undefined) return 'neutral'
  if (direction === 'at_least' ? value >= target : value <= target) return 'ok'
  if (target === 0) return 'bad'
  const gap = Math.abs(value - target) / Math.abs(target)
  return gap <= 0.1 ? 'warn' : 'bad'
}

export interface Bar { max: number; value: number | null; declared: number | null; target: number | null }

/** Places (0–1) of the marks on the bar; the scale ends at `max`, at 100 for percentages, else at the largest mark. */
export function barPlaces(input: { value: number | null; declared?: number | null; target?: number | null; max?: number; unit?: string }): Bar {
  const marks = [input.value, input.declared, input.target].filter((mark): mark is number => typeof mark === 'number')
  const largest = Math.max(0, ...marks)
  const max = input.max ?? (input.unit === '%' && largest <= 100 ? 100 : largest) ?? 1
  const place = (mark: number | null | undefined) => (typeof mark === 'number' && max > 0 ? Math.min(1, Math.max(0, mark / max)) : null)
  return { max: max || 1, value: place(input.value), declared: place(input.declared), target: place(input.target) }
}

/** Points of a sparkline in a box; gaps (null) split the line. */
export function sparkLines(series: readonly (number | null)[], width: number, height: number, inset = 4): { x: number; y: number }[][] {
  const known = series.filter((value): value is number => value !== null)
  if (known.length === 0) return []
  const low = Math.min(...known)
  const high = Math.max(...known)
  const step = series.length > 1 ? (width - 2 * inset) / (series.length - 1) : 0
  const round = (value: number) => Math.round(value * 10) / 10
  const lines: { x: number; y: number }[][] = []
  let line: { x: number; y: number }[] = []
  series.forEach((value, index) => {
    if (value === null) {
      if (line.length) lines.push(line)
      line = []
      return
    }
    const part = high === low ? 0.5 : (value - low) / (high - low)
    line.push({ x: round(inset + index * step), y: round(height - inset - part * (height - 2 * inset)) })
  })
  if (line.length) lines.push(line)
  return lines
}

/** "+1.6", "−0.16", "0": with a real minus sign. */
export function signed(delta: number, digits = 1): string {
  const size = Math.abs(delta).toFixed(digits).replace(/\.0+$/, '')
  if (Number(size) === 0) return '0'
  return `${delta > 0 ? '+' : '−'}${size}`
}
