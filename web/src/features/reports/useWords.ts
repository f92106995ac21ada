import { useI18n } from 'vue-i18n'
import { formatDay, formatNumber } from '@/shared/i18n/format'
import { useSubjects } from '@/features/roster/useSubjects'
import { percent } from './rules'
import type { Change, ReportLine, ReportNumber, ReportPart } from './types'

/** Words of reports that depend on data. */
export function useWords() {
  const { t, te, locale } = useI18n()
  const { title: subject } = useSubjects()
  const month = (text: string) => new Intl.DateTimeFormat(locale.value === 'en' ? 'en-GB' : 'zh-CN', { year: 'numeric', month: 'long', timeZone: 'UTC' }).format(new Date(`${text}-15T00:00:00Z`))
  const title = (code: string) => t(`indicators.code.${code}.title`)
  const share = (one: ReportNumber | ReportPart) => {
    if ('above' in one && !one.above && one.denominator === 0) return t('indicators.hidden')
    const value = percent(one)
    return value === null ? '—' : `${formatNumber(value, 1)}%`
  }
  const made = (one: ReportNumber | ReportPart) => (one.denominator > 0 ? `${formatNumber(one.numerator)} / ${formatNumber(one.denominator)}` : '')
  const column = (key: string) => {
    const name = `indicators.column.${key.replace('.', '_')}`
    return te(name) ? t(name) : subject(key)
  }
  /** What an exception says, and where it stands. */
  const sentence = (line: ReportLine) => {
    if (line.kind === 'room_idle') return t(line.date ? 'reports.line.room_idle.text' : 'reports.line.room_idle.never', { place: line.place, day: line.date ? formatDay(line.date) : '' })
    if (line.kind === 'hours_short') return t('reports.line.hours_short.text', { place: line.place, courses: line.courses.map((one) => t('reports.line.course', { subject: subject(one.subject), taught: one.taught, due: one.due })).join(t('indicators.comma')) })
    if (line.kind === 'cancelled') return line.date ? t('reports.line.cancelled.text', { place: line.place, day: formatDay(line.date), n: line.lessons ?? 0 }) : t('reports.line.cancelled.one', { n: line.lessons ?? 0 })
    if (line.kind === 'not_taught') return line.place ? t('reports.line.not_taught.text', { place: line.place, day: line.date ? formatDay(line.date) : '', n: line.period }) : t('reports.line.not_taught.one')
    return t(line.measured ? 'reports.line.declared.text' : 'reports.line.declared.only', { declared: formatNumber(line.declared, 1), measured: formatNumber(line.measured, 1) })
  }
  /** The page on which an exception is mended. */
  const place = (line: ReportLine, school: string) => {
    if (line.kind === 'room_idle') return { name: 'roster-school', params: { id: school } }
    if (line.kind === 'hours_short') return { path: '/timetable/check', query: { school } }
    if (line.kind === 'cancelled') return { path: '/timetable/changes', query: line.date ? { date: line.date } : {} }
    if (line.kind === 'not_taught') return { path: '/timetable/patrol', query: line.date ? { date: line.date } : {} }
    return { name: 'indicator', params: { code: 'I21' }, query: { org: school } }
  }
  const changed = (one: Change) => (te(`reports.field.${one.key}`) ? t(`reports.field.${one.key}`) : title(one.key))
  return { t, month, title, share, made, column, sentence, place, changed }
}
