import { computed, onBeforeUnmount, ref, watch, type Ref } from 'vue'
import { api } from '@/shared/api/client'
import { asProblem } from '@/shared/api/problem'
import type { OriginalOrder, Outcome, RoomOriginals } from './computers'
import type { ClassView, OpenedResource } from './types'

/** `none`: no computer is enrolled for the room; `noRoom`: the timetable names none; `offline`: it has not asked for minutes. */
export type OriginalState = Outcome | 'idle' | 'none' | 'noRoom' | 'offline' | 'failed'
const refusals: Record<string, OriginalState> = { 'teaching.no_computer_in_room': 'none', 'teaching.computer_silent': 'offline', 'teaching.no_original': 'not_of_lesson' }

/** "Open the original": the lesson's own file in its own program, on the computer of the room. */
export function useOriginals(view: Ref<ClassView | null>) {
  const offer = ref<RoomOriginals | null>(null)
  const state = ref<OriginalState>('idle')
  const download = ref('')
  const room = computed(() => offer.value?.room ?? view.value?.session.room ?? '')
  let wanted = ''
  let again: ReturnType<typeof setTimeout> | undefined
  const base = () => `/class-sessions/${view.value?.session.id}/originals`

  /** Which files the room's computer may fetch now: asked when the lesson begins and when something is added to it. */
  watch(() => [view.value?.session.id, view.value?.resources.length] as const, async ([id]) => {
    if (!id) { offer.value = null; return }
    try { offer.value = await api.put<RoomOriginals>(base(), {}) } catch { offer.value = null /* the lesson goes on without it */ }
  }, { immediate: true })
  const opens = (resource: string) => Boolean(offer.value?.resources.includes(resource))

  function say(next: OriginalState) {
    state.value = next
    clearTimeout(again)
    if (next === 'opened') again = setTimeout(close, 8000)
    if (next !== 'opened' && next !== 'waiting' && next !== 'idle') void way()
  }
  const close = () => { clearTimeout(again); state.value = 'idle' }
  /** Another way to the file, where the computer does not open it. */
  async function way() {
    const asked = wanted
    try {
      const { download_url } = await api.get<OpenedResource>(`/resources/${asked}/open`, { query: { in_class: true } })
      if (asked === wanted) download.value = download_url
    } catch { download.value = '' }
  }
  async function open(resource: string) {
    if (state.value === 'waiting') return
    wanted = resource
    download.value = ''
    say('waiting')
    try {
      follow(await api.post<OriginalOrder>(base(), { resource_id: resource }))
    } catch (error) { refuse(error) }
  }
  const retry = () => open(wanted)
  function refuse(error: unknown) {
    const next = refusals[asProblem(error).code] ?? 'failed'
    say(next === 'none' && !room.value ? 'noRoom' : next)
  }
  function follow(order: OriginalOrder) {
    if (order.outcome !== 'waiting') return say(order.outcome)
    again = setTimeout(() => { api.get<OriginalOrder>(`${base()}/${order.id}`).then(follow, refuse) }, 1000)
  }
  watch(() => view.value?.session.id, close)
  onBeforeUnmount(() => clearTimeout(again))
  return { opens, open, retry, close, state, room, download }
}
