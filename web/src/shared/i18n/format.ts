import { currentLanguage } from './index'

const zone = 'Asia/Shanghai'
const cache = new Map<string, Intl.DateTimeFormat>()
function formatter(options: Intl.DateTimeFormatOptions) {
  const locale = currentLanguage() === 'en' ? 'en-GB' : 'zh-CN'
  const key = locale + JSON.stringify(options)
  let found = cache.get(key)
  if (!found) cache.set(key, (found = new Intl.DateTimeFormat(locale, { timeZone: zone, hourCycle: 'h23', ...options })))
  return found
}
/** What a moment is shown as; the demo, which has a calendar of its own, sets another rule (`session.ts`). */
let shownAt = (moment: number) => moment
export function showMoments(rule: ((moment: number) => number) | null) { shownAt = rule ?? ((moment) => moment) }
const toDate = (value: number | string) => {
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)) return new Date(`${value}T00:00:00+08:00`)
  return new Date(shownAt(new Date(value).getTime()))
}

/** 2026年11月21日 / 21 Nov 2026 */
export const formatDate = (value: number | string) =>
  formatter({ year: 'numeric', month: currentLanguage() === 'en' ? 'short' : 'long', day: 'numeric' }).format(toDate(value))
/** 11月21日 / 21 Nov */
export const formatDay = (value: number | string) => formatter({ month: currentLanguage() === 'en' ? 'short' : 'long', day: 'numeric' }).format(toDate(value))
/** 17–23 Nov / 11月17日–23日, within one month */
export const formatDayRange = (from: string, to: string) => (currentLanguage() === 'en' ? `${Number(from.slice(8))}–${formatDay(to)}` : `${formatDay(from)}–${Number(to.slice(8))}日`)
/** 周四 / Thu */
export const formatWeekday = (value: number | string) => formatter({ weekday: 'short' }).format(toDate(value))
/** The weekday stands behind its day in Chinese, before it in English. */
const named = (value: number | string, day: string) => (currentLanguage() === 'en' ? `${formatWeekday(value)} ${day}` : `${day} ${formatWeekday(value)}`)
/** 11月21日 周四 / Thu 21 Nov */
export const formatNamedDay = (value: number | string) => named(value, formatDay(value))
/** 2026年11月21日 周六 / Sat 21 Nov 2026 */
export const formatNamedDate = (value: number | string) => named(value, formatDate(value))
/** 07:12 */
export const formatTime = (value: number | string) => formatter({ hour: '2-digit', minute: '2-digit' }).format(toDate(value))
/** How a moment's day is said from now: a weekday alone is plain only for the days just ahead. */
export function nearness(value: number, now: number): 'today' | 'tomorrow' | 'week' | 'far' {
  const dayOf = (at: number) => Math.floor((toDate(at).getTime() + 8 * 3_600_000) / 86_400_000)
  const days = dayOf(value) - dayOf(now)
  if (days < 0 || days > 6) return 'far'
  return days === 0 ? 'today' : days === 1 ? 'tomorrow' : 'week'
}
/** 11月21日 07:12 */
export const formatDateTime = (value: number | string) => `${formatDay(value)} ${formatTime(value)}`

export function formatNumber(value: number, digits?: number): string {
  return new Intl.NumberFormat(currentLanguage() === 'en' ? 'en-GB' : 'zh-CN', {
    minimumFractionDigits: digits ?? 0, maximumFractionDigits: digits ?? 2,
  }).format(value)
}

/** What a line carries: 8500 → "8.5 M", 13 464 300 → "13.5 G" (in English "Mbit/s", "Gbit/s"). */
export function formatRate(kbit: number): string {
  const [rate, unit] = kbit >= 999_950 ? [kbit / 1_000_000, 'G'] : [kbit / 1000, 'M']
  const digits = rate < 1 ? 2 : 1
  return `${formatNumber(Math.round(rate * 10 ** digits) / 10 ** digits)} ${unit}${currentLanguage() === 'en' ? 'bit/s' : ''}`
}

/** 3.8 MB */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB']
  let size = bytes
  let unit = 0
  while (size >= 1000 && unit < units.length - 1) { size /= 1024; unit++ }
  return `${formatNumber(size, unit > 0 && size < 10 ? 1 : 0)} ${units[unit]}`
}
