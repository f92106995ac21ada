import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { computed, onScopeDispose, ref, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { api, type Page } from '@/shared/api/client'
import { asProblem } from '@/shared/api/problem'
import { queryClient } from '@/shared/api/query'
import { afterLeaving, neighbour } from './sheet'
import type { BatchAnswer, Decision, Review, ReviewRow, ReviewSummary } from './types'

export const reviewKeys = ['reviews'] as const
const changed = () => Promise.all([queryClient.invalidateQueries({ queryKey: reviewKeys }), queryClient.invalidateQueries({ queryKey: ['me', 'counts'] })])

export function useSummary() {
  return useQuery({ queryKey: [...reviewKeys, 'summary'], queryFn: ({ signal }) => api.get<ReviewSummary>('/reviews/summary', { signal }), refetchInterval: 60_000 })
}

/** The queue and the item that is open; both stand in the address bar. */
export function useQueue() {
  const route = useRoute()
  const router = useRouter()
  const state = computed<'mine' | 'done'>(() => (route.query.state === 'done' ? 'done' : 'mine'))
  const kind = computed(() => String(route.query.kind ?? ''))
  const query = useQuery({
    queryKey: computed(() => [...reviewKeys, 'queue', state.value, kind.value]),
    queryFn: ({ signal }) => api.get<Page<ReviewRow>>('/reviews', { query: { state: state.value, kind: kind.value, limit: 100 }, signal }),
    placeholderData: keepPreviousData,
  })
  const rows = computed(() => query.data.value?.items ?? [])
  const id = computed(() => String(route.params.id ?? ''))
  const go = (next: string, replace = false) => {
    const to = { name: 'review', params: next ? { id: next } : {}, query: { ...route.query, resource: undefined } }
    return replace ? router.replace(to) : router.push(to)
  }
  const step = (by: 1 | -1) => {
    const next = neighbour(rows.value, id.value, by)
    if (next && next !== id.value) void go(next, true)
  }
  const show = (over: Record<string, string | undefined>) => router.replace({ name: 'review', params: {}, query: { ...route.query, ...over } })
  return { state, kind, query, rows, id, go, step, show }
}

export function useReviewItem(id: () => string) {
  return useQuery({ queryKey: computed(() => [...reviewKeys, 'one', id()]), queryFn: ({ signal }) => api.get<Review>(`/reviews/${id()}`, { signal }), enabled: computed(() => Boolean(id())) })
}

/** Ticks are kept on the server as they are made; a cut line keeps them here and tries again. */
export function useTicks(review: () => Review | undefined) {
  const ticked = ref<string[]>([])
  const problem = ref<unknown>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(() => review()?.item.id, () => { ticked.value = review()?.sheet.filter((line) => line.ticked).map((line) => line.key) ?? [] }, { immediate: true })
  async function save(id: string) {
    try {
      const view = await api.put<Review>(`/reviews/${id}/checklist`, { ticked: ticked.value })
      problem.value = null
      queryClient.setQueryData([...reviewKeys, 'one', id], view)
      void queryClient.invalidateQueries({ queryKey: [...reviewKeys, 'queue'] })
    } catch (error) {
      problem.value = error
      if (asProblem(error).status === 0) timer = setTimeout(() => void save(id), 10_000)
    }
  }
  function toggle(key: string) {
    ticked.value = ticked.value.includes(key) ? ticked.value.filter((one) => one !== key) : [...ticked.value, key]
    clearTimeout(timer)
    const id = review()!.item.id
    timer = setTimeout(() => void save(id), 400)
  }
  onScopeDispose(() => clearTimeout(timer))
  return { ticked, toggle, problem }
}

interface Waiting { id: string; title: string; decision: Decision; reason: string; ticked: string[] }
/** Decisions that wait for the line (待发); they go out by themselves when it is back. */
const waiting = ref<Waiting[]>([])
let retry: ReturnType<typeof setInterval> | undefined

async function post(one: Waiting) {
  await api.post<Review>(`/reviews/${one.id}/decision`, { decision: one.decision, reason: one.reason, checklist: one.ticked })
}
async function sendWaiting() {
  for (const one of [...waiting.value]) {
    try {
      await post(one)
    } catch (error) {
      if (asProblem(error).status === 0) return
    }
    waiting.value = waiting.value.filter((other) => other.id !== one.id)
    await changed()
  }
  if (!waiting.value.length) { clearInterval(retry); retry = undefined }
}

export function useDecide() {
  const busy = ref(false)
  const problem = ref<unknown>(null)
  /** True when it was done, or will be as soon as the line is back. */
  async function decide(review: Review, decision: 'approve' | 'return', reason: string, ticked: string[]): Promise<'done' | 'waiting' | 'refused'> {
    if (busy.value) return 'refused'
    busy.value = true
    problem.value = null
    const one = { id: review.item.id, title: review.item.title, decision, reason, ticked }
    try {
      await post(one)
      await changed()
      return 'done'
    } catch (error) {
      if (asProblem(error).status === 0) {
        waiting.value = [...waiting.value.filter((other) => other.id !== one.id), one]
        retry ??= setInterval(() => void sendWaiting(), 10_000)
        return 'waiting'
      }
      problem.value = error
      return 'refused'
    } finally {
      busy.value = false
    }
  }
  async function batch(ids: readonly string[], decision: 'approve' | 'return', reason: string): Promise<BatchAnswer> {
    const answer = await api.post<BatchAnswer>('/reviews/decisions', { item_ids: ids, decision, reason })
    await changed()
    return answer
  }
  const online = () => void sendWaiting()
  window.addEventListener('online', online)
  onScopeDispose(() => window.removeEventListener('online', online))
  return { busy, problem, decide, batch, waiting, afterLeaving }
}
