import { useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { api } from '@/shared/api/client'
import { useTopic } from '@/shared/api/live'
import { formatNamedDay } from '@/shared/i18n/format'
import { serverText } from '@/shared/i18n/server'
import { useSession } from '@/shared/session/session'
import type { ChangeView, MyChanges, SubstitutionView } from './model'
import { useSubjects } from './useChoices'

/** Words for requests and changes that several screens share. */
export function useChangeWords() {
  const { t } = useI18n()
  const subject = useSubjects()
  const when = (date: string, period: number) => `${formatNamedDay(date)} ${t('timetable.nth', { n: period })}`
  /** "请李四代课（上语文）", "与李四 11月24日 周一 第3节 语文 对调" */
  function wayText(view: ChangeView) {
    const { way, swap_date, swap_period, swap_subject, other_subject } = view.request
    const name = view.colleague_name
    if (way === 'swap' && view.request.third_id)
      return t('timetable.ask.ringWith', { name, when: when(swap_date ?? '', swap_period ?? 0), subject: subject(swap_subject), third: view.third_name, thirdWhen: when(view.request.third_date ?? '', view.request.third_period ?? 0), thirdSubject: subject(view.request.third_subject) })
    if (way === 'swap') return t('timetable.ask.swapWith', { name, when: when(swap_date ?? '', swap_period ?? 0), subject: subject(swap_subject) })
    if (way === 'substitute') return t(other_subject ? 'timetable.ask.takenWith' : 'timetable.ask.takenBy', { name, subject: subject(other_subject) })
    if (way === 'self_study' && name) return t('timetable.ask.watchedBy', { name })
    return t(`timetable.way.${way}`)
  }
  const trouble = (view: ChangeView) => (view.trouble ? serverText(view.trouble, view.trouble_params) ?? '' : '')
  /** What a recorded change makes of a lesson. */
  function nowText(row: SubstitutionView) {
    const off = row.change.kind === 'cancelled' || row.change.kind === 'self_study'
    return [off ? '' : subject(row.change.subject || row.planned_subject), row.teacher_name].filter(Boolean).join(' ')
  }
  const plannedText = (row: SubstitutionView) => [row.planned_subject ? subject(row.planned_subject) : '', row.planned_teacher_name].filter(Boolean).join(' ')
  return { subject, when, wayText, trouble, nowText, plannedText }
}

/** What concerns oneself; read anew when something of it changes. */
export function useMyChanges(live = false) {
  const session = useSession()
  const client = useQueryClient()
  const query = useQuery({ queryKey: ['timetable', 'my-changes', computed(() => session.session?.person_id)], queryFn: ({ signal }) => api.get<MyChanges>('/change-requests/mine', { signal }), refetchInterval: 120_000 })
  const changed = async () => { await Promise.all([client.invalidateQueries({ queryKey: ['timetable'] }), client.invalidateQueries({ queryKey: ['today'] })]) }
  if (live && session.session) useTopic(`changes:${session.session.person_id}`, () => void client.invalidateQueries({ queryKey: ['timetable', 'my-changes'] }))
  return { query, mine: computed(() => query.data.value ?? null), changed }
}

/** A school's requests, for its office. */
export function useQueue(school: Ref<string>) {
  return useQuery({
    queryKey: computed(() => ['timetable', 'queue', school.value]),
    queryFn: ({ signal }) => api.get<{ items: ChangeView[] }>('/change-requests', { query: { school_id: school.value }, signal }),
    enabled: computed(() => school.value !== ''),
    refetchInterval: 120_000,
  })
}
