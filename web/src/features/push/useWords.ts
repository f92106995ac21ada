import { useI18n } from 'vue-i18n'
import { useSubjects } from '@/features/roster/useSubjects'
import { formatTime, formatWeekday } from '@/shared/i18n/format'
import { clock, megabits } from './push'
import type { SchoolRow, Window } from './types'

/** Words of pushing that depend on data. */
export function useWords() {
  const { t } = useI18n()
  const { title: subject } = useSubjects()
  /** 周一 第1节, or the time where there is no lesson. */
  function need(one: { due_at?: number | null; due_period: number }) {
    if (!one.due_at) return t('push.noNeed')
    const weekday = formatWeekday(one.due_at)
    return one.due_period ? t('push.needLesson', { day: weekday, n: one.due_period }) : `${weekday} ${formatTime(one.due_at)}`
  }
  /** 周一 04:29 */
  const moment = (at: number) => `${formatWeekday(at)} ${formatTime(at)}`
  const windows = (all: readonly Window[]) => (all.length ? all.map((one) => `${clock(one.from)}–${clock(one.until)}`).join(t('push.comma')) : t('push.allDay'))
  const cap = (kbit: number) => (kbit ? t('push.mbit', { n: megabits(kbit) }) : t('push.noCap'))
  const place = (row: SchoolRow) => [row.township, row.boxed ? t('push.line', { n: megabits(row.rate_kbit) }) : t('push.onHub')].filter(Boolean).join(' · ')
  const use = (row: SchoolRow) => (row.uses > 0 ? t('push.usedN', { n: row.uses }, row.uses) : row.whole_at ? t('push.unusedYet') : '—')
  /** 到达 as it is, or as it is expected. */
  function arrival(row: SchoolRow) {
    if (row.standing === 'hosted') return t('push.standing.hosted')
    if (row.whole_at) return t(row.standing === 'here_late' ? 'push.arrivedLate' : 'push.arrived', { at: moment(row.whole_at) })
    if (row.standing === 'missed' || row.standing === 'paused') return t(`push.standing.${row.standing}`)
    if (!row.expected_at) return t('push.never')
    return t(row.standing === 'will_miss' ? 'push.expectedLate' : 'push.expected', { at: moment(row.expected_at) })
  }
  return { subject, need, moment, windows, cap, place, use, arrival }
}
