import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { api } from '@/shared/api/client'
import { queryClient } from '@/shared/api/query'
import { packRoles, roleOf } from './kinds'
import type { Pack, PackRole, PackRow, Summary } from './types'
import { resourceChanged } from './useResource'

export function usePack(id: () => string) {
  return useQuery({ queryKey: computed(() => ['packs', id()]), queryFn: ({ signal }) => api.get<Pack>(`/packs/${id()}`, { signal }), enabled: computed(() => Boolean(id())) })
}

const sent = (rows: readonly PackRow[]) => rows.map(({ resource_id, role, note }) => ({ resource_id, role, note: note.trim() }))
function changed(pack: Pack): Pack {
  queryClient.setQueryData(['packs', pack.id], pack)
  resourceChanged()
  return pack
}
export const packActs = {
  add: async (about: { chapter_id: string; title: string; description: string }, rows: readonly PackRow[]) => changed(await api.post<Pack>('/packs', { ...about, items: sent(rows) })),
  set: async (pack: Pack, rows: readonly PackRow[]) => changed(await api.put<Pack>(`/packs/${pack.id}/items`, { items: sent(rows), updated_at: pack.updated_at })),
  /** A new lesson plan of one's own that holds all of it. */
  take: (id: string) => api.post<{ plan: { id: string }; resources: unknown[] }>('/lesson-plans/from-pack', { pack_id: id, lesson_ids: [] }),
}

/** What somebody puts in, in the role that its kind usually has. */
export const rowOf = (item: Summary): PackRow => ({ role: roleOf(item.kind), resource_id: item.id, note: '', item, title: '', gone_reason: '' })

/** Rows under their roles, in the order of a lesson; roles without rows are left out. */
export function byRole(rows: readonly PackRow[]): { role: PackRole; rows: PackRow[] }[] {
  return packRoles.map((role) => ({ role, rows: rows.filter((row) => row.role === role) })).filter((one) => one.rows.length > 0)
}
/** Roles that a lesson wants and that nothing usable fills. */
export const missingRoles = (rows: readonly PackRow[]) => packRoles.filter((role) => role !== 'other' && !rows.some((row) => row.role === role && row.item))
