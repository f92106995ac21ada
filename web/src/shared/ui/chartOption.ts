import type { ChartOption } from './chart'
import type { ChartData } from './chartData'

const token = (name: string) => getComputedStyle(document.body).getPropertyValue(name).trim()

/** Latin letters take about six tenths of a Chinese one. */
const wide = (text: string) => [...text].reduce((sum, one) => sum + (one.charCodeAt(0) < 0x2e80 ? 0.6 : 1), 0)
/** Pixels that the longest name at the end of a line takes. */
export function roomForNames(data: Pick<ChartData, 'series'>, size: number): number {
  return Math.round(Math.min(176, Math.max(64, ...data.series.filter((one) => one.kind !== 'declared').map((one) => wide(one.name) * size + 20))))
}

/** Rows that the names take above the drawing, where there is no room for them at the ends of the lines. */
export function rowsForNames(data: Pick<ChartData, 'series'>, size: number, width: number): number {
  let rows = 1
  let used = 0
  for (const one of data.series) {
    const room = wide(one.name) * size + 40
    if (used && used + room > width) { rows += 1; used = 0 }
    used += room
  }
  return rows
}
/** Below this many pixels lines are named above the drawing and not at their ends. */
const narrow = 480

/** Few series, named at their end (on a phone above), no box around: the drawing in the house's style. */
export function chartOption(data: ChartData, width = 960): ChartOption {
  const ink = token('--st-ink')
  const grey = token('--st-ink-3')
  const line = token('--st-line')
  const size = Number.parseInt(token('--st-small')) || 12
  const font = { fontFamily: token('--st-font'), fontSize: size, color: grey }
  const bars = data.series.some((series) => series.kind === 'bar')
  const above = bars || width < narrow
  return {
    animation: false,
    textStyle: font,
    aria: { enabled: false },
    grid: { left: 8, right: above ? 16 : roomForNames(data, size), top: above && !bars ? 16 + rowsForNames(data, size, width) * (size + 14) : 32, bottom: 8, containLabel: true },
    tooltip: { trigger: 'axis', renderMode: 'richText', confine: true, valueFormatter: (value: unknown) => (value === null || value === undefined ? '—' : `${String(value)}${data.unit ?? ''}`) },
    legend: above && data.series.length > 1 ? { top: 0, left: 0, itemWidth: 12, itemHeight: 12, textStyle: font } : undefined,
    xAxis: { type: 'category', data: [...data.categories], boundaryGap: bars, axisTick: { show: false }, axisLine: { lineStyle: { color: line } }, axisLabel: font },
    yAxis: { type: 'value', max: data.max, min: data.min, splitLine: { lineStyle: { color: line } }, axisLabel: { ...font, formatter: `{value}${data.unit === '%' ? '%' : ''}` } },
    series: data.series.map((series, index) => {
      const color = token(`--st-c${series.color ?? (index % 5) + 1}`)
      const first = index === 0
      if (series.kind === 'declared') {
        return { type: 'scatter' as const, name: series.name, data: [...series.values], symbolSize: 9, z: 5, itemStyle: { color: token('--st-card'), borderColor: token('--st-ink-2'), borderWidth: 1.5 }, label: { show: true, position: 'top' as const, ...font, formatter: `{c}${data.unit ?? ''}` } }
      }
      const aims = first && data.target ? [{ yAxis: data.target.value }] : []
      // A line along each week without a value, with the word why: no point is drawn where none is known.
      const gaps = (first ? data.gaps ?? [] : []).flatMap((why, at) => (why ? [{ xAxis: at, lineStyle: { color: grey, type: 'dotted' as const, width: 1 }, label: { ...font, position: 'insideEndTop' as const, formatter: why } }] : []))
      const lines = aims.length + gaps.length
        ? { silent: true, symbol: 'none', lineStyle: { color: ink, type: 'dashed' as const, width: 1.5 }, label: { ...font, color: ink, position: 'insideStartTop' as const, formatter: data.target?.label ?? '' }, data: [...aims, ...gaps] }
        : undefined
      const open = first && data.provisionalFrom !== undefined
        ? { silent: true, itemStyle: { color: token('--st-warn-soft') }, data: [[{ xAxis: data.categories[data.provisionalFrom] }, { xAxis: data.categories.at(-1) }]] as never }
        : undefined
      if (series.kind === 'bar') return { type: 'bar' as const, name: series.name, data: [...series.values], barMaxWidth: 28, itemStyle: { color, borderRadius: [3, 3, 0, 0] }, markLine: lines }
      return {
        type: 'line' as const, name: series.name, data: [...series.values], connectNulls: false, symbol: 'circle', symbolSize: 5, itemStyle: { color }, lineStyle: { color, width: 2 },
        endLabel: { show: !above, formatter: `{a}\n{c}${data.unit ?? ''}`, color, fontWeight: 600 as const, fontSize: size, lineHeight: size + 5, padding: [4, 0], fontFamily: token('--st-font') },
        // Names of lines that end close together are moved apart by their whole height, with air between.
        labelLayout: { moveOverlap: 'shiftY' as const }, markLine: lines, markArea: open,
      }
    }),
  }
}
