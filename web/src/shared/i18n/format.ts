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
const toDate = (value: number | string) => (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? new Date(`${value}T00:00:00+08:00`) : new Date(value))

/** 2026年11月21日 / 21 Nov 2026 */
export const formatDate = (value: number | string) =>
  formatter({ year: 'numeric', month: currentLanguage() === 'en' ? 'short' : 'long', day: 'numeric' }).format(toDate(value))
/** 11月21日 / 21 Nov */
export const formatDay = (value: number | string) => formatter({ month: currentLanguage() === 'en' ? 'short' : 'long', day: 'numeric' }).format(toDate(value))
/** 周四 / Thu */
export const formatWeekday = (value: number | string) => formatter({ weekday: 'short' }).format(toDate(value))
/** 07:12 */
export const formatTime = (value: number | string) => formatter({ hour: '2-digit', minute: '2-digit' }).format(toDate(value))
/** 11月21日 07:12 */
export const formatDateTime = (value: number | string) => `${formatDay(value)} ${formatTime(value)}`

export function formatNumber(value: number, digits?: number): string {
  return new Intl.NumberFormat(currentLanguage() === 'en' ? 'en-GB' : 'zh-CN', {
    minimumFractionDigits: digits ?? 0, maximumFractionDigits: digits ?? 2,
  }).format(value)
}

/** 3.8 MB */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB']
  let size = bytes
  let unit = 0
  while (size >= 1000 && unit < units.length - 1) { size /= 1024; unit++ }
  return `${formatNumber(size, unit > 0 && size < 10 ? 1 : 0)} ${units[unit]}`
}
