import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { api, type Query } from '@/shared/api/client'
import { queryClient } from '@/shared/api/query'
import type { Arrivals, AtSchoolList, Board, Display, OrderList, OrderRow, OrderView, Preview, Priority, RecallStatus, ReceiptList, RequestList, RequestView, RuleContent, RuleList, RuleRow, RuleTrial, Wish } from './types'

const key = ['push'] as const
/** What has changed about pushing is asked again everywhere. */
export const pushChanged = () => queryClient.invalidateQueries({ queryKey: key })

export const useBoard = (week: Ref<number>) =>
  useQuery({ queryKey: computed(() => [...key, 'board', week.value]), queryFn: ({ signal }) => api.get<Board>('/push/board', { query: { week: week.value || null }, signal }), placeholderData: keepPreviousData, refetchInterval: 30_000 })
export const useOrder = (id: () => string) =>
  useQuery({ queryKey: computed(() => [...key, 'order', id()]), queryFn: ({ signal }) => api.get<OrderView>(`/push/orders/${id()}`, { signal }), enabled: computed(() => Boolean(id())), placeholderData: keepPreviousData, refetchInterval: 30_000 })
export const useOrders = (asked: Ref<Query>) =>
  useQuery({ queryKey: computed(() => [...key, 'orders', asked.value]), queryFn: ({ signal }) => api.get<OrderList>('/push/orders', { query: asked.value, signal }), placeholderData: keepPreviousData })
export const useReceipts = (asked: Ref<Query>) =>
  useQuery({ queryKey: computed(() => [...key, 'receipts', asked.value]), queryFn: ({ signal }) => api.get<ReceiptList>('/push/receipts', { query: asked.value, signal }), placeholderData: keepPreviousData })

async function taken(work: Promise<OrderView>): Promise<OrderView> {
  const view = await work
  queryClient.setQueryData([...key, 'order', view.order.id], view)
  void pushChanged()
  return view
}
export const pushActs = {
  preview: (wish: Wish) => api.post<Preview>('/push/order-preview', wish),
  make: (wish: Wish, idempotencyKey: string) => taken(api.post<OrderView>('/push/orders', wish, { idempotencyKey })),
  act: (view: OrderView, what: 'pause' | 'resume' | 'cancel') => taken(api.post<OrderView>(`/push/orders/${view.order.id}/${what}`, { updated_at: view.order.updated_at })),
  priority: (view: OrderView, priority: Priority, before: string | null = null) => taken(api.put<OrderView>(`/push/orders/${view.order.id}/priority`, { priority, before, updated_at: view.order.updated_at })),
  display: (view: OrderView, display: Display) => taken(api.put<OrderView>(`/push/orders/${view.order.id}/display`, { display, updated_at: view.order.updated_at })),
  /** One order just before another one; both are of the same need and priority. */
  before: async (row: OrderRow, other: OrderRow) => { await api.put<OrderView>(`/push/orders/${row.id}/priority`, { priority: row.priority, before: other.id, updated_at: row.updated_at }); await pushChanged() },
  need: (id: string, school: string, due: number | null) => taken(api.put<OrderView>(`/push/orders/${id}/need`, { school_id: school, due_at: due })),
}

/** Where resources are, seen from one's own school. */
export const useAtSchool = (ids: () => readonly string[]) =>
  useQuery({ queryKey: computed(() => [...key, 'at-school', ids().join()]), queryFn: ({ signal }) => api.get<AtSchoolList>('/push/at-school', { query: { resources: ids().join() }, signal, quiet: true }), enabled: computed(() => ids().length > 0), staleTime: 15_000 })
export const useRequests = () => useQuery({ queryKey: [...key, 'requests'], queryFn: ({ signal }) => api.get<RequestList>('/my/push/requests', { signal }), refetchInterval: 15_000 })
export const useArrivals = () => useQuery({ queryKey: [...key, 'arrivals'], queryFn: ({ signal }) => api.get<Arrivals>('/my/push/arrivals', { signal, quiet: true }), staleTime: 60_000 })
/** A pupil's own, or those of a guardian's child. */
export const usePupilArrivals = (child: () => string | undefined = () => undefined) =>
  useQuery({ queryKey: computed(() => [...key, 'pupil-arrivals', child() ?? '']), queryFn: ({ signal }) => api.get<Arrivals>(child() ? `/children/${child()}/push/arrivals` : '/pupil/push/arrivals', { signal, quiet: true }), staleTime: 60_000 })
export const useRecall = (id: () => string) => useQuery({ queryKey: computed(() => [...key, 'recall', id()]), queryFn: ({ signal }) => api.get<RecallStatus>(`/push/recalls/${id()}`, { signal, quiet: true }), retry: false, refetchInterval: 15_000 })
export const requestActs = {
  ask: async (id: string) => { const made = await api.post<RequestView>('/push/requests', { resource_id: id }); void pushChanged(); return made },
  takeBack: async (id: string) => { await api.delete(`/push/requests/${id}`); void pushChanged() },
}

export const useRules = () => useQuery({ queryKey: [...key, 'rules'], queryFn: ({ signal }) => api.get<RuleList>('/push/rules', { signal }) })
export const ruleActs = {
  try: (content: RuleContent, id: string | null) => api.post<RuleTrial>('/push/rule-trial', { content, id }),
  add: async (content: RuleContent, idempotencyKey: string) => { const made = await api.post<RuleRow>('/push/rules', content, { idempotencyKey }); void pushChanged(); return made },
  save: async (id: string, content: RuleContent, seen: number) => { const made = await api.put<RuleRow>(`/push/rules/${id}`, { content, updated_at: seen }); void pushChanged(); return made },
  remove: async (id: string) => { await api.delete(`/push/rules/${id}`); void pushChanged() },
  run: async (id: string) => { const trial = await api.post<RuleTrial>(`/push/rules/${id}/run`, {}); void pushChanged(); return trial },
}
