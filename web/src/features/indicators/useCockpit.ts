import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, effectScope, ref, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { api } from '@/shared/api/client'
import { useTopic } from '@/shared/api/live'
import { formatNumber } from '@/shared/i18n/format'
import { useSession } from '@/shared/session/session'
import type { Cockpit, SchoolMark } from './model'
import { bySchool, mapOf, weekChart } from './rules'
import { useNames } from './useNames'
import { useWeek } from './useWeek'

const shownFirst = 3

/** The bureau's first page; renewed within seconds when a lesson moves its figures. */
export function useCockpit(mapTall?: number) {
  const { t } = useI18n()
  const { month, gapWords } = useNames()
  const client = useQueryClient()
  const session = useSession()
  const changed = ref(false)
  const all = ref(false)
  const { asked, week } = useWeek(() => page.value?.time.current_week ?? 1)
  const query = useQuery({
    queryKey: computed(() => ['indicators', 'cockpit', asked.value, session.session?.language]),
    queryFn: ({ signal }) => api.get<Cockpit>('/cockpit', { query: { week: asked.value || undefined }, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  })
  const page = computed<Cockpit | null>(() => query.data.value ?? null)

  let listening = false
  let pause: ReturnType<typeof setTimeout> | undefined
  const renew = async () => {
    await client.invalidateQueries({ queryKey: ['indicators'] })
    changed.value = true
    setTimeout(() => { changed.value = false }, 6000)
  }
  const scope = effectScope()
  watch(() => page.value?.topic, (topic) => {
    if (!topic || listening) return
    listening = true
    scope.run(() => useTopic(topic, () => {
      clearTimeout(pause)
      pause = setTimeout(() => void renew(), 800) // several lessons close together
    }))
  }, { immediate: true })

  const grouped = computed(() => bySchool(page.value?.exceptions ?? []))
  const cards = computed(() => grouped.value.slice(0, shownFirst))
  const rest = computed(() => grouped.value.slice(shownFirst))
  const figures = computed(() => (page.value?.numbers ?? []).filter((one) => one.code !== 'I25' && one.code !== 'I62'))
  const even = computed(() => page.value?.numbers.find((one) => one.code === 'I62'))
  const opened = computed(() => page.value?.numbers.find((one) => one.code === 'I25'))
  const stateText = (mark: SchoolMark) =>
    [mark.state === 'neutral' ? t('indicators.noLessons') : mark.hidden || mark.value === null ? '' : `${formatNumber(mark.value, 1)}%`, mark.exceptions ? t('indicators.things', { n: mark.exceptions }) : ''].filter(Boolean).join(t('indicators.dot')) || t('indicators.hidden')
  const map = computed(() => mapOf(page.value?.schools ?? [], stateText, (id) => ({ name: 'school-profile', params: { id }, query: asked.value ? { week: asked.value } : {} }), mapTall))
  const counts = computed(() => {
    const count = (state: string) => (page.value?.schools ?? []).filter((one) => one.state === state).length
    return { ok: count('ok'), warn: count('warn'), bad: count('bad'), neutral: count('neutral') }
  })
  const chart = computed(() => {
    const now = page.value!
    const coverage = now.numbers.find((one) => one.code === 'I21')
    const target = typeof coverage?.target === 'number' ? { value: coverage.target, label: `${t('ui.number.target')} ${coverage.target}%` } : null
    return weekChart(now.time, [
      { name: t('indicators.group.central'), values: now.central, points: now.central_points, color: 1 },
      { name: t('indicators.group.village'), values: now.village, points: now.village_points, color: 2 },
    ], { name: coverage?.declared ? `${month(coverage.declared.month)}${t('ui.measure.declared')}` : t('ui.measure.declared'), values: now.declared }, target, (n) => t('ui.week.nth', { n }), gapWords.value)
  })
  return { query, page, week, cards, rest, figures, even, opened, map, counts, chart, changed, all }
}
