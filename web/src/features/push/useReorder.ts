import { nextTick, ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { toast } from '@/shared/ui/toast'
import { peers } from './push'
import type { OrderRow } from './types'
import { pushActs } from './usePush'

/** Moves an order among those of the same need and priority, by buttons; the keyboard stays where it was. */
export function useReorder(rows: () => readonly OrderRow[]) {
  const { t } = useI18n()
  const busy = ref(false)
  const neighbour = (row: OrderRow, by: -1 | 1) => {
    const all = rows()
    const other = all[all.findIndex((one) => one.id === row.id) + by]
    return other && peers(row, other) ? other : undefined
  }
  async function move(row: OrderRow, by: -1 | 1) {
    const other = neighbour(row, by)
    if (!other || busy.value) return
    busy.value = true
    try {
      await (by < 0 ? pushActs.before(row, other) : pushActs.before(other, row))
      toast.done(t(by < 0 ? 'push.done.up' : 'push.done.down', { title: row.title, other: other.title }))
    } catch (error) { toast.failed(error) } finally { busy.value = false }
    await nextTick()
    const place = document.querySelector<HTMLElement>(`[data-order-row="${row.id}"]`)
    const button = place?.querySelector<HTMLElement>(`[data-move="${by}"]:not(:disabled)`) ?? place?.querySelector<HTMLElement>('[data-move]:not(:disabled)') ?? place?.querySelector<HTMLElement>('a')
    button?.focus()
  }
  return { busy, neighbour, move }
}
