import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { api } from '@/shared/api/client'
import { useLive } from '@/shared/api/live'
import { queryClient } from '@/shared/api/query'
import { useSession } from '@/shared/session/session'
import { activeEntry, navFor } from './nav'

/** Parts of the shell that a small installation may not have answer 404; then they stay hidden. */
const gentle = { retry: false, refetchInterval: 120_000, staleTime: 60_000 } as const

/** `alone`: this server has no parent, so nothing is synchronised; `above`: it has boxes, and the reader may see them. */
export interface SyncStatus { state: 'ok' | 'late' | 'offline' | 'alone' | 'above'; last_at?: number | null; waiting_up?: number; boxes?: number; online?: number; note?: string; to?: string }

export function useSyncStatus() {
  useLive('sync.changed', () => void queryClient.invalidateQueries({ queryKey: ['shell', 'sync'] }))
  return useQuery({ queryKey: ['shell', 'sync'], queryFn: () => api.get<SyncStatus>('/sync/status', { quiet: true }), ...gentle, refetchInterval: (asked) => (asked.state.data && asked.state.data.state !== 'alone' ? 15_000 : 120_000), staleTime: 10_000 })
}

/** Numbers beside the entries of the rail and at the bell: what waits for the reader. */
export function useCounts() {
  const counts = useQuery({ queryKey: ['shell', 'counts'], queryFn: () => api.get<Record<string, number>>('/me/counts', { quiet: true }), ...gentle })
  useLive('counts.changed', () => void queryClient.invalidateQueries({ queryKey: ['shell', 'counts'] }))
  return (key?: string) => (key ? counts.data.value?.[key] ?? 0 : 0)
}

export function useNav() {
  const session = useSession()
  const router = useRouter()
  const route = useRoute()
  const count = useCounts()
  const sections = computed(() => navFor(router.getRoutes(), session.role, session.can, count))
  const active = computed(() => activeEntry(sections.value, route.path, session.posts.filter((one) => one.role === 'homeroom').map((one) => one.org_id)))
  return { sections, active, count }
}
