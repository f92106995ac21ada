import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { api } from '@/shared/api/client'
import { queryClient } from '@/shared/api/query'
import type { Summary } from './types'

export type Audience = 'self' | 'school'
export interface CollectionSummary { id: string; name: string; note: string; audience: Audience; mine: boolean; owner_name: string; items: number; holds: boolean; updated_at: number }
export interface CollectionRow { resource_id: string; note: string; item: Summary | null; title: string; recalled_reason: string }
export interface Collection { about: CollectionSummary; rows: CollectionRow[] }
export interface CollectionChange { name?: string; note?: string; audience?: Audience }

/** One's own collections and those of colleagues; with a resource: which of them hold it. */
export function useCollections(resource: () => string = () => '', enabled: () => boolean = () => true) {
  return useQuery({ queryKey: computed(() => ['collections', 'list', resource()]), queryFn: ({ signal }) => api.get<{ mine: CollectionSummary[]; shown: CollectionSummary[] }>('/collections', { query: { resource_id: resource() }, signal }), enabled: computed(enabled) })
}
export function useCollection(id: () => string) {
  return useQuery({ queryKey: computed(() => ['collections', 'one', id()]), queryFn: ({ signal }) => api.get<Collection>(`/collections/${id()}`, { signal }) })
}
function changed<T extends Collection>(view: T): T {
  queryClient.setQueryData(['collections', 'one', view.about.id], view)
  void queryClient.invalidateQueries({ queryKey: ['collections', 'list'] })
  return view
}
export const collectionActs = {
  add: async (wish: CollectionChange) => changed(await api.post<Collection>('/collections', wish)),
  change: async (id: string, wish: CollectionChange) => changed(await api.patch<Collection>(`/collections/${id}`, wish)),
  put: async (id: string, resource: string) => changed(await api.post<Collection>(`/collections/${id}/items`, { resource_id: resource, note: '' })),
  set: async (view: Collection, rows: CollectionRow[]) => changed(await api.put<Collection>(`/collections/${view.about.id}/items`, { items: rows.map((row) => ({ resource_id: row.resource_id, note: row.note })), updated_at: view.about.updated_at })),
  async remove(id: string) {
    await api.delete(`/collections/${id}`)
    void queryClient.invalidateQueries({ queryKey: ['collections', 'list'] })
  },
}
export async function setStar(id: string, on: boolean) {
  await (on ? api.put(`/resources/${id}/star`, {}) : api.delete(`/resources/${id}/star`))
  void queryClient.invalidateQueries({ queryKey: ['resources'], predicate: (query) => query.queryKey[1] === 'search' || query.queryKey[1] === 'facets' || query.queryKey[1] === 'one' })
}

/** The row at `from` moved one place; the list as it was at the ends. */
export function moved<T>(rows: T[], from: number, by: -1 | 1): T[] {
  const to = from + by
  if (to < 0 || to >= rows.length) return rows
  const next = [...rows]
  next.splice(to, 0, ...next.splice(from, 1))
  return next
}
