import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { api } from '@/shared/api/client'
import { currentLanguage } from '@/shared/i18n'
import { useSession } from '@/shared/session/session'
import { weekOfTerm } from '@/shared/time/weeks'
import type { Choices } from './model'

interface CodeTable { items: { code: string; title: string; title_en: string }[] }

/** Names of subjects by their code. */
export function useSubjects() {
  const query = useQuery({ queryKey: ['codes', 'ZXXKC'], queryFn: () => api.get<CodeTable>('/codes/ZXXKC'), staleTime: Infinity })
  const names = computed(() => new Map((query.data.value?.items ?? []).map((one) => [one.code, currentLanguage() === 'en' ? one.title_en || one.title : one.title])))
  return (code: string) => names.value.get(code) ?? code
}

/** Whose timetables may be opened; the school stands in the address (`?school=`). */
export function useChoices() {
  const route = useRoute()
  const router = useRouter()
  const session = useSession()
  const asked = computed(() => String(route.query.school ?? ''))
  const query = useQuery({
    queryKey: computed(() => ['timetable', 'choices', asked.value, session.place?.id]),
    queryFn: ({ signal }) => api.get<Choices>('/timetable/choices', { query: { school_id: asked.value || undefined }, signal }),
    placeholderData: keepPreviousData,
  })
  const choices = computed(() => query.data.value ?? null)
  const school = computed({
    get: () => choices.value?.school_id ?? '',
    set: (id: string) => { void router.replace({ query: { ...route.query, school: id, class: undefined, teacher: undefined } }) },
  })
  const current = computed(() => (choices.value ? Math.max(1, weekOfTerm(choices.value.today, choices.value.week_one_monday)) : 1))
  const week = computed({
    get: () => { const n = Number(route.query.week); return Number.isInteger(n) && n > 0 ? n : current.value },
    set: (n: number) => { void router.replace({ query: { ...route.query, week: n === current.value ? undefined : String(n) } }) },
  })
  return { query, choices, school, week, current }
}
