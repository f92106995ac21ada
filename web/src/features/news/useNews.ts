import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { api } from '@/shared/api/client'
import { queryClient } from '@/shared/api/query'
import { listQuery } from '@/shared/composables/listState'
import { useListState } from '@/shared/composables/useListState'
import type { Desk, List, OpenList, OpenOne, Place, Receipts, View } from './types'

const key = ['news'] as const
/** What has changed about an article is asked again everywhere: lists, the number at the rail, the reviewers' queue. */
export const changed = () => Promise.all([key, ['me', 'counts'], ['reviews']].map((queryKey) => queryClient.invalidateQueries({ queryKey })))

export function useNewsList() {
  const list = useListState(['kind', 'unread'])
  const asked = computed(() => listQuery(list.state.value, 20))
  const query = useQuery({ queryKey: computed(() => [...key, 'list', asked.value]), queryFn: ({ signal }) => api.get<List>('/news', { query: asked.value, signal }), placeholderData: keepPreviousData })
  return { list, query }
}
/** The newest few for a home page. */
export const useNewest = (n: number) => useQuery({ queryKey: [...key, 'newest', n], queryFn: ({ signal }) => api.get<List>('/news', { query: { limit: n }, signal }), staleTime: 60_000 })
export function useArticle(id: () => string, latest: () => boolean) {
  return useQuery({ queryKey: computed(() => [...key, 'one', id(), latest()]), queryFn: ({ signal }) => api.get<View>(`/news/${id()}`, { query: { latest: latest() || null }, signal }), enabled: computed(() => Boolean(id())) })
}
/** How many of how many have read a notice. */
export const useReceipts = (id: () => string) => useQuery({ queryKey: computed(() => [...key, 'receipts', id()]), queryFn: ({ signal }) => api.get<Receipts>(`/news/${id()}/receipts`, { signal }) })
/** What is being written: never from memory, so that nothing older is written over it. */
export const useDraft = (id: () => string) => useQuery({ queryKey: computed(() => [...key, 'draft', id()]), queryFn: ({ signal }) => api.get<View>(`/news/${id()}`, { query: { latest: true }, signal }), enabled: computed(() => Boolean(id())), staleTime: 0, gcTime: 0 })
export const usePlaces = () => useQuery({ queryKey: [...key, 'places'], queryFn: ({ signal }) => api.get<{ items: Place[] }>('/my/news/places', { signal }), staleTime: 5 * 60_000 })
export function useDesk() {
  const list = useListState(['state', 'overseen'])
  const asked = computed(() => ({ ...listQuery(list.state.value, 20), q: null, sort: null }))
  const query = useQuery({ queryKey: computed(() => [...key, 'desk', asked.value]), queryFn: ({ signal }) => api.get<Desk>('/my/news', { query: asked.value, signal }), placeholderData: keepPreviousData })
  return { list, query }
}
export async function act(id: string, what: 'submit' | 'take-back' | 'withdraw' | 'seen', body: object = {}): Promise<View> {
  const view = await api.post<View>(`/news/${id}/${what}`, body)
  queryClient.setQueryData([...key, 'one', id, false], what === 'submit' || what === 'take-back' ? undefined : view)
  void changed()
  return view
}

/** The public door: its client is named, nothing of the shell is loaded there. */
export function useOpenNews() {
  const list = useListState(['kind'])
  const asked = computed(() => ({ ...listQuery(list.state.value, 12), sort: null }))
  const query = useQuery({ queryKey: computed(() => ['open', 'news', asked.value]), queryFn: ({ signal }) => api.get<OpenList>('/open/news', { query: asked.value, signal, quiet: true }), placeholderData: keepPreviousData }, queryClient)
  return { list, query }
}
export const useOpenArticle = (id: () => string) => useQuery({ queryKey: computed(() => ['open', 'news', 'one', id()]), queryFn: ({ signal }) => api.get<OpenOne>(`/open/news/${id()}`, { signal, quiet: true }), staleTime: 5 * 60_000, gcTime: 0 }, queryClient)
