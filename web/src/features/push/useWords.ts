import { useI18n } from 'vue-i18n'
import { useSubjects } from '@/features/roster/useSubjects'
import { serverText } from '@/shared/i18n/server'
import { formatBytes, formatDay, formatRate, formatTime, formatWeekday, nearness } from '@/shared/i18n/format'
import { useSession } from '@/shared/session/session'
import { clock } from './push'
import type { RuleRow, SchoolRow, Window } from './types'

/** Words of pushing that depend on data. */
export function useWords() {
  const { t } = useI18n()
  const { title: subject } = useSubjects()
  const session = useSession()
  /** 今天, 明天, 周一 within the week ahead; what is past or further off by its date. */
  function day(at: number) {
    const near = nearness(at, session.now())
    return near === 'week' ? formatWeekday(at) : near === 'far' ? formatDay(at) : t(`push.${near}`)
  }
  /** 明天 第1节, or the time where there is no lesson. */
  function need(one: { due_at?: number | null; due_period: number }) {
    if (!one.due_at) return t('push.noNeed')
    return one.due_period ? t('push.needLesson', { day: day(one.due_at), n: one.due_period }) : moment(one.due_at)
  }
  /** 今天 22:00, 11月14日 04:29 */
  const moment = (at: number) => `${day(at)} ${formatTime(at)}`
  const windows = (all: readonly Window[]) => (all.length ? all.map((one) => `${clock(one.from)}–${clock(one.until)}`).join(t('push.comma')) : t('push.allDay'))
  const cap = (kbit: number) => (kbit ? t('push.perSchool', { rate: formatRate(kbit) }) : t('push.noCap'))
  const place = (row: SchoolRow) => [row.township, row.boxed ? formatRate(row.rate_kbit) : t('push.onHub')].filter(Boolean).join(' · ')
  const use = (row: SchoolRow) => (row.uses > 0 ? t('push.usedN', { n: row.uses }, row.uses) : row.whole_at ? t('push.unusedYet') : '—')
  /** What the line did not carry, where that is worth a word: 邻近盒子 12 MB, U 盘. */
  function spared(row: SchoolRow) {
    if (row.near_bytes) return t('push.fromNear', { size: formatBytes(row.near_bytes) })
    return row.way === 'pack' || row.way === 'neighbour' ? t(`push.way.${row.way}`) : ''
  }
  /** 到达 as it is, or as it is expected. */
  function arrival(row: SchoolRow) {
    if (row.standing === 'hosted') return t('push.standing.hosted')
    if (row.whole_at) return t(row.standing === 'here_late' ? 'push.arrivedLate' : 'push.arrived', { at: moment(row.whole_at) })
    if (row.standing === 'missed' || row.standing === 'paused') return t(`push.standing.${row.standing}`)
    if (!row.expected_at) return t('push.never')
    return t(row.standing === 'will_miss' ? 'push.expectedLate' : 'push.expected', { at: moment(row.expected_at) })
  }
  const reason = (key: string) => serverText(key, {}) ?? key
  /** 村小 三年级至四年级 英语 · 章节资源包 · 上课前 */
  function ruleWords({ rule, chapter_title: chapter }: RuleRow) {
    const kinds = rule.school_kinds.map((one) => t(`roster.schoolKind.${one}`)).join(t('push.comma'))
    const grades = rule.grade_from === rule.grade_to ? t(`resources.grade.${rule.grade_from}`) : t('resources.grades.span', { from: t(`resources.grade.${rule.grade_from}`), to: t(`resources.grade.${rule.grade_to}`) })
    const when = rule.due === 'lesson' ? t('push.rule.before', { n: rule.days_ahead }, rule.days_ahead) : t('push.rule.by', { day: t(`push.weekday.${rule.weekday}`), at: clock(rule.minute) })
    return [kinds || t('push.rule.allSchools'), `${grades} ${subject(rule.subject)}`, chapter || (rule.what === 'newest' ? '' : t('push.rule.byPlans')), t(`push.what.${rule.what}`), when, rule.priority === 'usual' ? '' : t(`push.priority.${rule.priority}`)].filter(Boolean).join(' · ')
  }
  return { reason, ruleWords, subject, need, moment, windows, cap, place, use, spared, arrival }
}
