import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { readListState, toggleFacet, writeListState, type ListState } from './listState'

/** List state that lives in the address bar. */
export function useListState(facetKeys: readonly string[], prefix = '') {
  const route = useRoute()
  const router = useRouter()
  const state = computed(() => readListState(route.query, facetKeys, prefix))
  const set = (next: ListState, push = false) => {
    const query = writeListState(route.query, next, facetKeys, prefix)
    return push ? router.push({ query, hash: route.hash }) : router.replace({ query, hash: route.hash })
  }
  return {
    state,
    setQ: (q: string) => set({ ...state.value, q, after: null }),
    setSort: (sort: string) => set({ ...state.value, sort, after: null }),
    setAfter: (after: string | null) => set({ ...state.value, after }, true),
    toggle: (key: string, value: string, single = false) => set(toggleFacet(state.value, key, value, single)),
    clear: () => set({ q: '', sort: state.value.sort, facets: {}, after: null }),
  }
}
