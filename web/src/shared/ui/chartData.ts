/** What a chart shows, apart from how: also the table behind it and its csv. */
export interface ChartSeries {
  name: string
  values: readonly (number | null)[]
  kind?: 'line' | 'bar' | 'declared'
  /** 1–5, the same colour for the same thing everywhere. */
  color?: 1 | 2 | 3 | 4 | 5
}
export interface ChartData {
  categories: readonly string[]
  series: readonly ChartSeries[]
  unit?: string
  target?: { value: number; label?: string } | null
  max?: number
  min?: number
  provisionalFrom?: number
  /** Of each category: why it has no value, in a word or two; empty where it has one. */
  gaps?: readonly string[]
}

export function chartRows(data: ChartData): (string | number | null)[][] {
  return data.categories.map((category, index) => [category, ...data.series.map((series) => series.values[index] ?? null)])
}

/** Excel reads the BOM as "this is UTF-8"; a cell that looks like a formula is kept as text. */
export function chartCsv(data: ChartData, head: string): string {
  const cell = (value: string | number | null) => {
    if (value === null) return ''
    if (typeof value === 'number') return String(value)
    const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
    return /[",\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text
  }
  return '\ufeff' + [[head, ...data.series.map((series) => series.name)], ...chartRows(data)].map((row) => row.map(cell).join(',')).join('\r\n')
}
