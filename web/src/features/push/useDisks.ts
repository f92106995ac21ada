import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { api } from '@/shared/api/client'
import { queryClient } from '@/shared/api/query'
import type { Pack, PackList, PackPlan, PackRow, PackWish } from './types'

const key = ['push', 'packs'] as const
export const packsChanged = () => queryClient.invalidateQueries({ queryKey: key })

/** Packs on disks; asked again while one is being made or taken by somebody else. */
export const usePacks = () =>
  useQuery({
    queryKey: key, queryFn: ({ signal }) => api.get<PackList>('/push/packs', { signal }), placeholderData: keepPreviousData,
    refetchInterval: (query) => (query.state.data?.items.some((one) => one.pack.state === 'working') ? 5_000 : 60_000),
  })
/** How large a pack would be. */
export const usePackPlan = (wish: Ref<PackWish>) =>
  useQuery({ queryKey: computed(() => [...key, 'plan', wish.value]), queryFn: ({ signal }) => api.post<PackPlan>('/push/pack-plan', wish.value, { signal, quiet: true }), enabled: computed(() => Boolean(wish.value.school_id)), retry: false, staleTime: 10_000 })
async function told<T>(work: Promise<T>): Promise<T> {
  const done = await work
  void packsChanged()
  return done
}
export const packActs = {
  make: (wish: PackWish, idempotencyKey: string) => told(api.post<PackRow>('/push/packs', wish, { idempotencyKey })),
  take: (file: string) => told(api.post<PackRow>('/push/pack-imports', { file_id: file })),
  remove: (id: string) => told(api.delete(`/push/packs/${id}`)),
}

export type Outcome = 'working' | 'ready' | 'failed' | 'whole' | 'known' | 'part' | 'none' | 'refused'
/** How a pack stands, in one word. */
export function outcomeOf(pack: Pack): Outcome {
  if (pack.state === 'working') return 'working'
  if (pack.way === 'made') return pack.state === 'ready' ? 'ready' : 'failed'
  if (pack.state === 'failed') return 'refused'
  const lacks = pack.cut || pack.lost > 0 || pack.missing_count > 0 || pack.not_for_here > 0
  if (lacks) return pack.came > 0 ? 'part' : 'none'
  return pack.came > 0 ? 'whole' : 'known'
}
