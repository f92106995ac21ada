import { onBeforeUnmount, ref, watch, type Ref } from 'vue'
import { api } from '@/shared/api/client'
import { asProblem, problemText } from '@/shared/api/problem'
import { i18n } from '@/shared/i18n'
import type { OriginalOrder, RoomOriginals } from './computers'
import type { ClassView } from './types'

/** "Open the original": the lesson's own file in its own program, on the computer of the room. */
export function useOriginals(view: Ref<ClassView | null>) {
  const t = i18n.global.t
  const room = ref<RoomOriginals | null>(null)
  const state = ref<'idle' | 'waiting' | 'opened' | 'failed'>('idle')
  const words = ref('')
  let again: ReturnType<typeof setTimeout> | undefined
  const base = () => `/class-sessions/${view.value?.session.id}/originals`

  /** Which files the room's computer may fetch now: asked when the lesson begins and when something is added to it. */
  watch(() => [view.value?.session.id, view.value?.resources.length] as const, async ([id]) => {
    if (!id) { room.value = null; return }
    try { room.value = await api.put<RoomOriginals>(base(), {}) } catch { room.value = null /* the lesson goes on without it */ }
  }, { immediate: true })
  const opens = (resource: string) => Boolean(room.value?.resources.includes(resource))

  function say(next: typeof state.value, text: string) {
    state.value = next
    words.value = text
    clearTimeout(again)
    if (next === 'opened') again = setTimeout(() => { state.value = 'idle'; words.value = '' }, 6000)
  }
  async function open(resource: string) {
    if (state.value === 'waiting') return
    say('waiting', t('teaching.original.waiting'))
    try {
      const order = await api.post<OriginalOrder>(base(), { resource_id: resource })
      void follow(order)
    } catch (error) { say('failed', problemText(asProblem(error))) }
  }
  async function follow(order: OriginalOrder) {
    if (order.outcome === 'opened') return say('opened', t('teaching.original.opened'))
    if (order.outcome !== 'waiting') return say('failed', t(`teaching.original.${order.outcome}`))
    again = setTimeout(() => {
      api.get<OriginalOrder>(`${base()}/${order.id}`).then(follow, (error: unknown) => say('failed', problemText(asProblem(error))))
    }, 1000)
  }
  onBeforeUnmount(() => clearTimeout(again))
  return { opens, open, state, words }
}
