import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import type { Edition } from '@/course/protocol'
import type { Activity } from '@/course/sequencing'
import { api } from '@/shared/api/client'
import { queryClient } from '@/shared/api/query'
import { listQuery } from '@/shared/composables/listState'
import { useListState } from '@/shared/composables/useListState'
import type { FacetValue, Kind, Licence, Source, Viewer } from './types'

export interface OpenItem {
  id: string; title: string; kind: Kind; subject: string; subject_title: string; grade_from: number; grade_to: number; chapter_title: string; school_name: string; attribution: string
  licence: Licence; fine: boolean; size: number; pages: number; duration_seconds: number; published_at: number | null; thumbnail_url: string
}
export interface OpenFound { items: OpenItem[]; next: string | null; total: number; facets: Record<string, FacetValue[]> }
export interface OpenOne {
  item: OpenItem; description: string; textbook_title: string; source: Source; source_note: string; holder: string; terms: string; valid_until: string | null
  viewer: Viewer; url: string; download_url: string; file_name: string; things: OpenItem[]; course?: OpenCourse | null
}
/** A course as it is played at the door. */
export interface OpenCourse { edition: Edition; title: string; player_url: string; pages: { sco: string; title: string; url: string; launch_data: string; mastery_score: string; reports: boolean }[]; activities: Activity[] }

export const openFacets = ['subject', 'grade', 'kind', 'stage', 'licence', 'school'] as const

/** What is public, with its filters in the address bar. The client is named: nothing of the shell is loaded at the door. */
export function useOpen() {
  const list = useListState([...openFacets, 'fine'])
  const asked = computed(() => listQuery(list.state.value, 24))
  const found = useQuery({ queryKey: computed(() => ['open', 'search', asked.value]), queryFn: ({ signal }) => api.get<OpenFound>('/open/resources', { query: asked.value, signal, quiet: true }), placeholderData: keepPreviousData }, queryClient)
  /** Later pages carry no counts: the first one's stay. */
  const counts = useQuery({ queryKey: computed(() => ['open', 'facets', { ...asked.value, after: null }]), queryFn: ({ signal }) => api.get<OpenFound>('/open/resources', { query: { ...asked.value, after: null, limit: 1 }, signal, quiet: true }), enabled: computed(() => Boolean(list.state.value.after)), placeholderData: keepPreviousData }, queryClient)
  const facets = computed(() => (list.state.value.after ? counts.data.value?.facets : found.data.value?.facets) ?? {})
  const values = computed(() => Object.fromEntries([...openFacets, 'fine'].map((key) => [key, list.state.value.facets[key]?.[0] ?? ''])))
  const only = (key: string, value: string) => {
    const had = list.state.value.facets[key]?.[0]
    if (had !== value && (had || value)) void list.toggle(key, value || had!, true)
  }
  return { list, found, facets, values, only }
}

const fewPicks = 5
/** The recommendations that stand on the page: a few, or all of them. */
export const shownPicks = <T>(picks: readonly T[], all: boolean): T[] => picks.slice(0, all ? undefined : fewPicks)
/** What the district recommends of it. */
export const useOpenPicks = () => useQuery({ queryKey: ['open', 'picks'], queryFn: ({ signal }) => api.get<{ items: { item: OpenItem; since: number }[] }>('/open/recommended', { signal, quiet: true }), retry: false }, queryClient)

export function useOpenOne(id: () => string) {
  return useQuery({ queryKey: computed(() => ['open', 'one', id()]), queryFn: ({ signal }) => api.get<OpenOne>(`/open/resources/${id()}`, { signal, quiet: true }), staleTime: 5 * 60_000, gcTime: 0 }, queryClient)
}
