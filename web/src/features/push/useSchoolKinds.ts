import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { api } from '@/shared/api/client'

const every = ['village_primary', 'teaching_point', 'central_primary', 'nine_year', 'junior', 'complete_secondary', 'senior', 'vocational'] as const

/** Schools of one's own sight, by name. */
export const useSchools = () => useQuery({ queryKey: ['schools'], queryFn: () => api.get<{ items: { id: string; name: string; kind: string }[] }>('/schools') })

/** The kinds of school that there are among them, to choose from; one that is chosen already stays. */
export function useSchoolKinds(chosen: () => readonly string[]) {
  const { t } = useI18n()
  const schools = useSchools()
  const there = computed(() => new Set(schools.data.value?.items.map((one) => one.kind)))
  return computed(() => every.filter((kind) => there.value.has(kind) || schools.isError.value || chosen().includes(kind)).map((value) => ({ value, label: t(`roster.schoolKind.${value}`) })))
}
