import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { formatDay, formatNumber } from '@/shared/i18n/format'
import type { Figure, MatrixColumn, PointState, SchoolException, Week } from './model'
import { columnKey, gapsOf } from './rules'

/** Words of this feature that depend on data. */
export function useNames() {
  const { t, te, locale } = useI18n()
  const title = (code: string) => t(`indicators.code.${code}.title`)
  const named = (code: string) => te(`indicators.code.${code}.title`)
  /** For a tile, where the full name does not fit. */
  const brief = (code: string) => (te(`indicators.code.${code}.short`) ? t(`indicators.code.${code}.short`) : title(code))
  const month = (text: string) => new Intl.DateTimeFormat(locale.value === 'en' ? 'en-GB' : 'zh-CN', { month: 'short', timeZone: 'UTC' }).format(new Date(`${text}-15T00:00:00Z`))
  const span = (week: Week) => `${formatDay(week.monday)}–${formatDay(week.sunday)}`
  const column = (one: MatrixColumn) => {
    const key = `indicators.column.${columnKey(one.key)}`
    return te(key) ? t(key) : one.titles.join(t('indicators.and'))
  }
  const subjects = (titles: readonly string[]) => titles.join(t('indicators.comma'))
  /** The sentence of an exception and the fact under it. */
  const sentence = (one: SchoolException) =>
    t(`indicators.exception.${one.kind}.text`, { ...one.facts, month: one.facts.month ? month(one.facts.month) : '', week: one.week, subjects: subjects(one.subjects.slice(0, 4)), n: one.subjects.length })
  const fact = (one: SchoolException) =>
    one.kind === 'silent' && !one.facts.before ? t('indicators.exception.silent.never') : t(`indicators.exception.${one.kind}.fact`, { ...one.facts, week: one.week })
  const made = (figure: Figure) => (figure.hidden || figure.denominator === 0 ? '' : t(`indicators.code.${figure.code}.made`, { a: formatNumber(figure.numerator), b: formatNumber(figure.denominator) }))
  const reach = (figure: Figure) => t(`indicators.reach.${figure.reach}`, { n: figure.schools })
  /** Why a curve has a hole: in the drawing, and as a sentence under it. */
  const gapWords = computed(() => ({ hidden: t('indicators.gapIn.hidden'), nothing: t('indicators.gapIn.nothing') }))
  const gapNote = (weeks: readonly Week[], ...points: readonly (readonly PointState[])[]) => {
    const states = gapsOf(points, weeks.length)
    return (['hidden', 'nothing'] as const).flatMap((kind) => {
      const found = weeks.filter((_, at) => states[at] === kind).map((week) => t('ui.week.nth', { n: week.number }))
      return found.length ? [t(`indicators.gapIn.${kind}Why`, { weeks: found.join(t('indicators.comma')) })] : []
    }).join(' ')
  }
  return { t, gapWords, gapNote, title, named, brief, month, span, column, subjects, sentence, fact, made, reach }
}
