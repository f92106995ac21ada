import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { api } from '@/shared/api/client'
import { queryClient } from '@/shared/api/query'
import type { History, ResourceView, Scope, SearchResult } from './types'

export function useResource(id: () => string) {
  return useQuery({ queryKey: computed(() => ['resources', 'one', id()]), queryFn: ({ signal }) => api.get<ResourceView>(`/resources/${id()}`, { signal }), enabled: computed(() => Boolean(id())) })
}

export function useHistory(id: () => string) {
  return useQuery({ queryKey: computed(() => ['resources', 'history', id()]), queryFn: ({ signal }) => api.get<History>(`/resources/${id()}/history`, { signal }), enabled: computed(() => Boolean(id())) })
}

/** What else stands at the same chapter. */
export function useNeighbours(chapter: () => string | null | undefined) {
  return useQuery({ queryKey: computed(() => ['resources', 'neighbours', chapter()]), queryFn: ({ signal }) => api.get<SearchResult>('/resources', { query: { chapter: chapter(), sort: 'used', limit: 6 }, signal }), enabled: computed(() => Boolean(chapter())) })
}

/** After a change: what is shown of it anywhere is asked again. */
export function resourceChanged(view?: ResourceView) {
  if (view) queryClient.setQueryData(['resources', 'one', view.item.id], view)
  void queryClient.invalidateQueries({ queryKey: ['resources'], predicate: (query) => query.queryKey[1] !== 'open' })
  void queryClient.invalidateQueries({ queryKey: ['textbooks'] })
}

export const resourceActs = {
  submit: (id: string, scope: Scope) => api.post<ResourceView>(`/resources/${id}/submit`, { scope }),
  withdraw: (id: string) => api.post<ResourceView>(`/resources/${id}/withdraw`, {}),
  recall: (id: string, reason: string) => api.post<ResourceView>(`/resources/${id}/recall`, { reason }),
  mark: (id: string, fine: boolean, reason: string) => api.post<ResourceView>(`/resources/${id}/mark`, { fine, reason }),
  remove: (id: string) => api.delete(`/resources/${id}`),
}
