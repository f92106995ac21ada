import { reactive } from 'vue'
import { problemText } from '@/shared/api/problem'

export interface Toast { id: number; text: string; kind: 'ok' | 'bad'; undo?: () => void }
export const toasts = reactive<Toast[]>([])
let last = 0

function show(toast: Omit<Toast, 'id'>, forMs: number) {
  const id = ++last
  toasts.push({ ...toast, id })
  if (toasts.length > 3) toasts.shift()
  setTimeout(() => closeToast(id), forMs)
  return id
}
export function closeToast(id: number) {
  const index = toasts.findIndex((toast) => toast.id === id)
  if (index >= 0) toasts.splice(index, 1)
}

/** `toast.done('已删除', undo)`: with a way back for eight seconds; `toast.failed(error)` for what a page cannot show in place. */
export const toast = {
  done: (text: string, undo?: () => void) => show({ text, kind: 'ok', ...(undo ? { undo } : {}) }, undo ? 8000 : 4000),
  failed: (error: unknown) => show({ text: typeof error === 'string' ? error : problemText(error), kind: 'bad' }, 8000),
}
