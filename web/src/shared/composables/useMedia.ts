import { onScopeDispose, ref } from 'vue'

export function useMedia(query: string) {
  const list = window.matchMedia(query)
  const matches = ref(list.matches)
  const update = () => { matches.value = list.matches }
  list.addEventListener('change', update)
  onScopeDispose(() => list.removeEventListener('change', update))
  return matches
}
export const usePhone = () => useMedia('(max-width: 720px)')
