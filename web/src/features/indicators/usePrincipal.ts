import { useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, effectScope, watch } from 'vue'
import { api } from '@/shared/api/client'
import { useTopic } from '@/shared/api/live'
import { useSession } from '@/shared/session/session'
import type { PrincipalHome } from './model'
import { weekChart } from './rules'
import { useNames } from './useNames'

export interface Together { figures: { schools: number; classes: number; pupils: number } }

/** The principal's day: what waits, how the school stands. */
export function usePrincipal() {
  const session = useSession()
  const client = useQueryClient()
  const { t, sentence, gapWords } = useNames()
  const org = computed(() => (session.post?.role === 'principal' ? session.post.org_id : ''))
  const query = useQuery({
    queryKey: computed(() => ['indicators', 'principal', org.value, session.session?.language]),
    queryFn: ({ signal }) => api.get<PrincipalHome>('/principal/home', { query: { org: org.value }, signal }),
    refetchInterval: 60_000,
  })
  const page = computed<PrincipalHome | null>(() => query.data.value ?? null)
  const scope = effectScope()
  const stop = watch(() => page.value?.topic, (topic) => {
    if (!topic) return
    scope.run(() => useTopic(topic, () => void client.invalidateQueries({ queryKey: ['indicators'] })))
    queueMicrotask(() => stop())
  }, { immediate: true })
  const coverage = computed(() => page.value?.numbers.find((one) => one.code === 'I21'))
  /** What waits, each with its name and its place on the page; the most urgent first. One thing alone stands in its card only. */
  const waiting = computed(() => [
    ...(page.value?.today ?? []).filter((one) => !one.over).map((one) => ({ text: t(`indicators.principal.${one.kind}.title`, { class: one.class_name, n: one.period, subject: one.subject_title }), hash: '#today' })),
    ...(page.value?.week ?? []).map((one) => ({ text: `${t(`indicators.exception.${one.kind}.tag`)}${t('indicators.colon')}${sentence(one)}`, hash: `#week-${one.kind}` })),
  ])
  /** The school with all that belongs to it, when other schools do: the numbers of this page are its own alone. */
  const place = useQuery({
    queryKey: computed(() => ['indicators', 'principal-place', page.value?.school_id]),
    queryFn: ({ signal }) => api.get<Together>(`/orgs/${page.value!.school_id}`, { signal }),
    enabled: computed(() => page.value !== null && session.can('roster.view_orgs')),
  })
  const together = computed(() => (place.data.value && place.data.value.figures.schools > 1 ? place.data.value.figures : null))
  const chart = computed(() => {
    const target = coverage.value?.target
    return weekChart(page.value!.time, [{ name: t('indicators.principal.own'), values: coverage.value?.series ?? [], points: coverage.value?.points, color: 1 }], null,
      typeof target === 'number' ? { value: target, label: `${t('ui.number.target')} ${target}%` } : null, (n) => t('ui.week.nth', { n }), gapWords.value)
  })
  return { query, page, chart, coverage, waiting, together }
}
