import { computed, onScopeDispose, ref, watch } from 'vue'
import { liveState } from './live'

/**
 * Whether this device reaches the server: one truth for all that says so. A school without the internet is not offline as
 * long as its own server answers, so the server itself is asked whenever there is a doubt.
 */
const online = ref(navigator.onLine)
const answered = ref(true)
const doubtful = computed(() => !online.value || liveState.value === 'lost')
let timer: ReturnType<typeof setTimeout> | undefined

async function ask() {
  clearTimeout(timer)
  try {
    answered.value = (await fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(4000) })).ok
  } catch {
    answered.value = false
  }
  if (doubtful.value || !answered.value) timer = setTimeout(ask, 4000)
}
const update = () => { online.value = navigator.onLine; void ask() }
for (const type of ['online', 'offline']) window.addEventListener(type, update)
watch(doubtful, (now) => { if (now) void ask() }, { immediate: true })

export const reached = computed(() => answered.value)

/** Words of a page that keeps what is written and sends it by itself; the banner says them while the page lives. */
export const ownWords = ref<string | null>(null)
export function useOfflineWords(key: string) {
  ownWords.value = key
  onScopeDispose(() => { if (ownWords.value === key) ownWords.value = null })
}
