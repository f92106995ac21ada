import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { api, type Query } from '@/shared/api/client'
import { queryClient } from '@/shared/api/query'
import type { Board, OrderList, OrderView, Preview, Priority, ReceiptList, Wish } from './types'

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
  need: (id: string, school: string, due: number | null) => taken(api.put<OrderView>(`/push/orders/${id}/need`, { school_id: school, due_at: due })),
}
