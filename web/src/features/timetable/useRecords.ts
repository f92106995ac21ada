import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed } from 'vue'
import { api } from '@/shared/api/client'
import { weekByNumber } from '@/shared/time/weeks'
import { useChoices, useSubjects } from './useChoices'

/** What was recorded for a school in the chosen week: substitutions or patrol exceptions. */
export function useRecords<View>(path: '/substitutions' | '/patrol-exceptions') {
  const place = useChoices()
  const subject = useSubjects()
  const client = useQueryClient()
  const span = computed(() => (place.choices.value ? weekByNumber(place.week.value, place.choices.value.week_one_monday) : null))
  const list = useQuery({
    queryKey: computed(() => ['timetable', path, place.school.value, place.week.value]),
    queryFn: ({ signal }) => api.get<{ items: View[] }>(path, { query: { school_id: place.school.value, from: span.value!.from, to: span.value!.to }, signal }),
    enabled: computed(() => place.school.value !== '' && span.value !== null),
    placeholderData: keepPreviousData,
  })
  const items = computed(() => list.data.value?.items ?? null)
  const problem = computed(() => place.query.error.value ?? list.error.value)
  const again = () => { void place.query.refetch(); if (place.school.value) void list.refetch() }
  const changed = () => client.invalidateQueries({ queryKey: ['timetable'] })
  return { ...place, subject, items, problem, again, changed }
}
