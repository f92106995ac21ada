import { useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, effectScope, watch } from 'vue'
import { api } from '@/shared/api/client'
import { useTopic } from '@/shared/api/live'
import { useSession } from '@/shared/session/session'
import type { PrincipalHome } from './model'
import { weekChart } from './rules'
import { useNames } from './useNames'

/** The principal's day: what waits, how the school stands. */
export function usePrincipal() {
  const session = useSession()
  const client = useQueryClient()
  const { t } = useNames()
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
  const waiting = computed(() => (page.value?.today.filter((one) => !one.over).length ?? 0) + (page.value?.week.length ?? 0))
  const chart = computed(() => {
    const target = coverage.value?.target
    return weekChart(page.value!.time, [{ name: t('indicators.principal.own'), values: coverage.value?.series ?? [], color: 1 }], null,
      typeof target === 'number' ? { value: target, label: `${t('ui.number.target')} ${target}%` } : null, (n) => t('ui.week.nth', { n }))
  })
  return { query, page, chart, coverage, waiting }
}
