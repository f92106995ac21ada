import { ref, shallowRef, watch, type Ref } from 'vue'
import { api } from '@/shared/api/client'
import { newId } from '@/shared/composables/useForm'
import type { classLine } from './classLine'
import { Ink, type InkStep, type InkStroke } from './ink'
import type { ClassView } from './types'

/** Ink of the running lesson: on the screen at once, told to the server stroke by stroke, there again after a crash. */
export function useInk(view: Ref<ClassView | null>, wire: ReturnType<typeof classLine>) {
  const ink = new Ink()
  const strokes = shallowRef<InkStroke[]>([])
  const loaded = ref('')
  const show = () => { strokes.value = ink.strokes }
  async function load(id: string) {
    ink.load([])
    show()
    try {
      const kept = await api.get<InkStroke[]>(`/class-sessions/${id}/ink`)
      if (view.value?.session.id !== id) return
      // what was drawn while this was asked for stays
      const drawn = ink.strokes.filter((one) => !kept.some((known) => known.id === one.id))
      ink.load([...kept, ...drawn])
      show()
    } catch { /* without a server the lesson goes on with new ink */ }
  }
  watch(() => view.value?.session.id ?? '', (id) => { if (id && id !== loaded.value) void load(id); loaded.value = id }, { immediate: true })

  function tell({ add, remove }: InkStep) {
    const id = view.value?.session.id
    show()
    if (id) wire.post({ key: `ink ${newId()}`, method: 'POST', path: `/class-sessions/${id}/ink`, body: { add, remove: remove.map((one) => one.id) } })
  }
  /** What somebody else has drawn meanwhile. */
  async function again() {
    const id = view.value?.session.id
    if (!id || wire.waiting()) return
    try {
      const kept = await api.get<InkStroke[]>(`/class-sessions/${id}/ink`)
      if (view.value?.session.id !== id || wire.waiting() || kept.length === ink.strokes.length) return
      ink.load(kept)
      show()
    } catch { /* the next call brings it */ }
  }
  const act = (step: InkStep) => tell(ink.act(step))
  function undo(sheet: string) {
    const step = ink.undo(sheet)
    if (step) tell(step)
  }
  const clear = (sheet: string) => { const all = ink.of(sheet); if (all.length) act({ add: [], remove: all }) }
  return { strokes, act, undo, clear, again }
}
