import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { api } from '@/shared/api/client'
import { listQuery } from '@/shared/composables/listState'
import { useListState } from '@/shared/composables/useListState'
import { subjectChoices, subjectTitle, type SubjectCode } from '@/shared/i18n/subjects'
import type { SearchResult, Textbook, TextbookView } from './types'

const facetKeys = ['subject', 'grade', 'kind', 'scope', 'stage', 'source', 'licence', 'intake', 'fine', 'school', 'starred', 'textbook', 'chapter', 'view']

/** The library's filters, as they stand in the address bar, and what they find. */
export function useLibrary() {
  const list = useListState(facetKeys)
  const one = (key: string) => computed(() => list.state.value.facets[key]?.[0] ?? '')
  const view = computed(() => (list.state.value.facets.view?.[0] === 'list' ? 'list' : 'cards'))
  const asked = computed(() => ({ ...listQuery(list.state.value, 24), view: null }))
  const found = useQuery({
    queryKey: computed(() => ['resources', 'search', asked.value]),
    queryFn: ({ signal }) => api.get<SearchResult>('/resources', { query: asked.value, signal }),
    placeholderData: keepPreviousData,
  })
  /** The first page carries the counts; later pages keep them. */
  const counts = useQuery({
    queryKey: computed(() => ['resources', 'facets', { ...asked.value, after: null }]),
    queryFn: ({ signal }) => api.get<SearchResult>('/resources', { query: { ...asked.value, after: null, limit: 1 }, signal }),
    enabled: computed(() => Boolean(list.state.value.after)),
    placeholderData: keepPreviousData,
  })
  const facets = computed(() => (list.state.value.after ? counts.data.value?.facets : found.data.value?.facets) ?? {})
  const only = (key: string, value: string) => {
    const had = list.state.value.facets[key]?.[0]
    if (had === value || (!had && !value)) return
    void list.toggle(key, value || had!, true)
  }
  const values = computed(() => Object.fromEntries(facetKeys.map((key) => [key, list.state.value.facets[key]?.[0] ?? ''])))
  const filtered = computed(() => Boolean(list.state.value.q) || facetKeys.some((key) => key !== 'view' && list.state.value.facets[key]?.length))
  return { list, found, facets, view, one, values, only, filtered }
}

export function useTextbooks() {
  return useQuery({ queryKey: ['textbooks'], queryFn: () => api.get<{ items: Textbook[] }>('/textbooks'), staleTime: 10 * 60_000 })
}

export function useTextbook(id: () => string) {
  return useQuery({ queryKey: computed(() => ['textbooks', id()]), queryFn: ({ signal }) => api.get<TextbookView>(`/textbooks/${id()}/chapters`, { signal }), enabled: computed(() => Boolean(id())), placeholderData: keepPreviousData })
}

/** Titles of subjects by code, in the language of the screen. */
export function useSubjects() {
  const codes = useQuery({ queryKey: ['codes', 'ZXXKC'], queryFn: () => api.get<{ items: SubjectCode[] }>('/codes/ZXXKC'), staleTime: 60 * 60_000 })
  const titles = computed(() => new Map((codes.data.value?.items ?? []).map((item) => [item.code, subjectTitle(item)])))
  const choices = computed(() => subjectChoices(codes.data.value?.items ?? []))
  const subject = (code: string) => titles.value.get(code) ?? ''
  return { titles, choices, subject }
}
