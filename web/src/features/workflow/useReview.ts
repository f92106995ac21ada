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

export function useSummary(of: () => string = () => '') {
  return useQuery({ queryKey: computed(() => [...reviewKeys, 'summary', of()]), queryFn: ({ signal }) => api.get<ReviewSummary>('/reviews/summary', { query: { subject_kind: of() }, signal }), placeholderData: keepPreviousData, refetchInterval: 60_000 })
}

/** The queue and the item that is open; both stand in the address bar. */
export function useQueue() {
  const route = useRoute()
  const router = useRouter()
  const state = computed<'mine' | 'done'>(() => (route.query.state === 'done' ? 'done' : 'mine'))
  const kind = computed(() => String(route.query.kind ?? ''))
  /** Resources, articles, or all. */
  const of = computed(() => String(route.query.of ?? ''))
  const query = useQuery({
    queryKey: computed(() => [...reviewKeys, 'queue', state.value, of.value, kind.value]),
    queryFn: ({ signal }) => api.get<Page<ReviewRow>>('/reviews', { query: { state: state.value, subject_kind: of.value, kind: kind.value, limit: 100 }, signal }),
    placeholderData: keepPreviousData,
  })
  const rows = computed(() => query.data.value?.items ?? [])
  const id = computed(() => String(route.params.id ?? ''))
  const go = (next: string, replace = false) => {
    const to = { name: next ? 'review-item' : 'review', params: next ? { id: next } : {}, query: { ...route.query, resource: undefined } }
    return replace ? router.replace(to) : router.push(to)
  }
  const step = (by: 1 | -1) => {
    const next = neighbour(rows.value, id.value, by)
    if (next && next !== id.value) void go(next, true)
  }
  const show = (over: Record<string, string | undefined>) => router.replace({ name: 'review', params: {}, query: { ...route.query, ...over } })
  return { state, kind, of, query, rows, id, go, step, show }
}

export function useReviewItem(id: () => string) {
  return useQuery({ queryKey: computed(() => [...reviewKeys, 'one', id()]), queryFn: ({ signal }) => api.get<Review>(`/reviews/${id()}`, { signal }), enabled: computed(() => Boolean(id())) })
}

/**
 * Ticks are kept on the server as they are made: one save at a time, each of the latest state of its item. A cut line keeps
 * them here and tries again; `settled` waits for what is under way, so that no save comes after a decision.
 */
export function useTicks(review: () => Review | undefined) {
  const ticked = ref<string[]>([])
  const problem = ref<unknown>(null)
  const unsaved = new Map<string, string[]>()
  let saving: Promise<void> | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(() => review()?.item.id, (id) => {
    if (unsaved.size) void flush()
    ticked.value = (id && unsaved.get(id)) || (review()?.sheet.filter((line) => line.ticked).map((line) => line.key) ?? [])
  }, { immediate: true })

  /** False when the line is cut. */
  async function save(id: string, keys: string[]): Promise<boolean> {
    try {
      const view = await api.put<Review>(`/reviews/${id}/checklist`, { ticked: keys })
      problem.value = null
      queryClient.setQueryData([...reviewKeys, 'one', id], view)
      void queryClient.invalidateQueries({ queryKey: [...reviewKeys, 'queue'] })
    } catch (error) {
      problem.value = error
      if (asProblem(error).status !== 0) return true
      if (!unsaved.has(id)) unsaved.set(id, keys)
      return false
    }
    return true
  }
  async function saveAll() {
    for (let next = unsaved.entries().next(); !next.done; next = unsaved.entries().next()) {
      const [id, keys] = next.value
      unsaved.delete(id)
      if (await save(id, keys)) continue
      timer = setTimeout(() => void flush(), 10_000)
      return
    }
  }
  function flush(): Promise<void> {
    clearTimeout(timer)
    return (saving ??= saveAll().finally(() => { saving = null }))
  }
  function toggle(key: string) {
    ticked.value = ticked.value.includes(key) ? ticked.value.filter((one) => one !== key) : [...ticked.value, key]
    unsaved.set(review()!.item.id, [...ticked.value])
    clearTimeout(timer)
    timer = setTimeout(() => void flush(), 400)
  }
  /** A decision carries its own ticks: those that wait are dropped, the save under way is waited for. */
  async function settled(id: string) {
    clearTimeout(timer)
    unsaved.delete(id)
    await saving
    unsaved.delete(id)
  }
  onScopeDispose(() => { if (unsaved.size) void flush() })
  return { ticked, toggle, problem, settled }
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

/** `settled`: asked before each decision, so that nothing of the same item is still on its way. */
export function useDecide(settled: (id: string) => Promise<void> = async () => {}) {
  const busy = ref(false)
  const problem = ref<unknown>(null)
  /** True when it was done, or will be as soon as the line is back. */
  async function decide(review: Review, decision: 'approve' | 'return', reason: string, ticked: string[]): Promise<'done' | 'waiting' | 'refused'> {
    if (busy.value) return 'refused'
    busy.value = true
    problem.value = null
    const one = { id: review.item.id, title: review.item.title, decision, reason, ticked }
    try {
      await settled(one.id)
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
      if (asProblem(error).status === 410) await changed()
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
