import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { useRoute } from 'vue-router'
import { api } from '@/shared/api/client'
import { useSession } from '@/shared/session/session'
import type { IndicatorDetail, LessonList } from './model'
import { rising, running, weekChart } from './rules'
import { useNames } from './useNames'
import { useWeek } from './useWeek'

/** One indicator of the district, or of the school in `?org=`. */
export function useIndicator() {
  const route = useRoute()
  const session = useSession()
  const { t, month, gapWords } = useNames()
  const code = computed(() => String(route.params.code))
  const org = computed(() => String(route.query.org ?? ''))
  const detail = computed<IndicatorDetail | null>(() => query.data.value ?? null)
  const { asked, week } = useWeek(() => detail.value?.time.current_week ?? 1)
  const query = useQuery({
    queryKey: computed(() => ['indicators', 'one', code.value, org.value, asked.value, session.session?.language]),
    queryFn: ({ signal }) => api.get<IndicatorDetail>(`/indicators/${encodeURIComponent(code.value)}`, { query: { week: asked.value || undefined, org: org.value }, signal }),
    placeholderData: keepPreviousData,
  })
  const chart = computed(() => {
    const now = detail.value!
    const target = typeof now.number.target === 'number' ? { value: now.number.target, label: `${t('ui.number.target')} ${now.number.target}%` } : null
    const declared = now.number.declared
    return weekChart(now.time, [{ name: t('ui.measure.measured'), values: now.number.series, points: now.number.points, color: 1 }],
      { name: declared ? `${month(declared.month)}${t('ui.measure.declared')}` : t('ui.measure.declared'), values: now.declared_series }, target, (n) => t('ui.week.nth', { n }), gapWords.value)
  })
  const risen = computed(() => { const now = detail.value; return now ? rising(running(now.time) ? now.number.series.slice(0, -1) : now.number.series) : 0 })
  return { query, detail, code, org, asked, week, chart, risen }
}

/** Lessons behind a figure of one's own school. */
export function useLessons(code: () => string, org: () => string, week: () => number, subject: () => string, on: () => boolean) {
  return useQuery({
    queryKey: computed(() => ['indicators', 'lessons', code(), org(), week(), subject()]),
    queryFn: ({ signal }) => api.get<LessonList>(`/indicators/${encodeURIComponent(code())}/lessons`, { query: { week: week() || undefined, org: org(), subject: subject() }, signal }),
    enabled: computed(on),
  })
}
