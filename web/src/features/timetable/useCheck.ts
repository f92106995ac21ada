import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { api } from '@/shared/api/client'
import type { CourseCheckRow } from './model'
import { shortfall, worstFirst } from './rules'

/** The course check of one school. */
export function useCheck(school: () => string) {
  const query = useQuery({
    queryKey: computed(() => ['timetable', 'check', school()]),
    queryFn: ({ signal }) => api.get<{ items: CourseCheckRow[] }>('/course-check', { query: { school_id: school() }, signal }),
    enabled: computed(() => school() !== ''),
    placeholderData: keepPreviousData,
  })
  const rows = computed(() => query.data.value?.items ?? null)
  const short = computed(() => worstFirst((rows.value ?? []).filter((row) => shortfall(row) !== 'met')))
  const count = computed(() => {
    const counts = { missing: 0, few: 0, lost: 0, met: 0 }
    for (const row of rows.value ?? []) counts[shortfall(row)]++
    return counts
  })
  return { query, rows, short, count }
}
