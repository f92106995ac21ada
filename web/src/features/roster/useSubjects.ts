import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { api } from '@/shared/api/client'
import { currentLanguage } from '@/shared/i18n'
import type { CodeItem } from './types'

/** Subjects of the code tables, by the language of the screens. */
export function useSubjects() {
  const table = useQuery({ queryKey: ['codes', 'ZXXKC'], queryFn: () => api.get<{ items: CodeItem[] }>('/codes/ZXXKC', { quiet: true }), staleTime: Infinity })
  const subjects = computed(() => (table.data.value?.items ?? []).map((item) => ({ code: item.code, title: currentLanguage() === 'en' && item.title_en ? item.title_en : item.title })))
  const title = (code: string) => subjects.value.find((one) => one.code === code)?.title ?? code
  return { subjects, title }
}
