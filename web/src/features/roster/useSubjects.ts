import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { api } from '@/shared/api/client'
import { subjectChoices, subjectTitle } from '@/shared/i18n/subjects'
import type { CodeItem } from './types'

/** Subjects of the code tables, by the language of the screens. */
export function useSubjects() {
  const table = useQuery({ queryKey: ['codes', 'ZXXKC'], queryFn: () => api.get<{ items: CodeItem[] }>('/codes/ZXXKC', { quiet: true }), staleTime: Infinity })
  const subjects = computed(() => subjectChoices(table.data.value?.items ?? []))
  const title = (code: string) => {
    const found = table.data.value?.items.find((one) => one.code === code)
    return found ? subjectTitle(found) : code
  }
  return { subjects, title }
}
