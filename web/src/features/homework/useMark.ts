import { useQuery } from '@tanstack/vue-query'
import { computed, ref, watch, type Ref } from 'vue'
import { api } from '@/shared/api/client'
import { asProblem, type Problem } from '@/shared/api/problem'
import { queryClient } from '@/shared/api/query'
import { strokesOf } from './ink'
import type { InkSheetData, Result, Stroke, SubmissionView } from './types'

const quiet = 700 // ms without a stroke before it is saved

/** One work on the desk: its newest round can be marked, every change goes to the server by itself. */
export function useMark(id: Ref<string>) {
  const query = useQuery({ queryKey: ['homework-work', id], queryFn: ({ signal }) => api.get<SubmissionView>(`/homework-submissions/${id.value}`, { signal }), gcTime: 0, refetchOnWindowFocus: false })
  const view = computed(() => query.data.value)
  const last = computed(() => view.value?.rounds[view.value.rounds.length - 1])
  const open = computed(() => view.value?.submission.state === 'handed_in')
  const ink = ref<InkSheetData[]>([])
  const result = ref<Result>('none')
  const comment = ref('')
  const version = ref(0)
  const problem = ref<Problem | null>(null)
  const saving = ref(false)
  const changed = ref(false)
  const sheets = new Set<number>()
  const past: { sheet: number; strokes: Stroke[] }[] = []
  const undoable = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> = Promise.resolve()

  watch(last, (round) => {
    ink.value = round ? round.ink.map((one) => ({ ...one, strokes: [...one.strokes] })) : []
    result.value = round?.work.result ?? 'none'
    comment.value = round?.work.comment ?? ''
    version.value = round?.work.mark_version ?? 0
    sheets.clear()
    past.length = 0
    undoable.value = changed.value = false
    problem.value = null
  }, { immediate: true })

  function later() {
    changed.value = true
    clearTimeout(timer)
    timer = setTimeout(() => void flush(), quiet)
  }
  function set(sheet: number, strokes: Stroke[]) {
    ink.value = [...ink.value.filter((one) => one.sheet !== sheet), { sheet, strokes }]
    sheets.add(sheet)
    later()
  }
  function draw(sheet: number, strokes: Stroke[]) {
    past.push({ sheet, strokes: strokesOf(ink.value, sheet) })
    undoable.value = true
    set(sheet, strokes)
  }
  function undo() {
    const step = past.pop()
    undoable.value = past.length > 0
    if (step) set(step.sheet, step.strokes)
  }
  function say(next: { result?: Result; comment?: string }) {
    if (next.result !== undefined) result.value = next.result
    if (next.comment !== undefined) comment.value = next.comment
    later()
  }
  async function save() {
    if (!changed.value || !last.value || !open.value) return
    const written = [...sheets]
    sheets.clear()
    changed.value = false
    saving.value = true
    try {
      const done = await api.put<{ mark_version: number }>(`/homework-submissions/${id.value}/mark`, {
        round: last.value.work.round, mark_version: version.value, result: result.value, comment: comment.value,
        ink: written.map((sheet) => ({ sheet, strokes: strokesOf(ink.value, sheet) })),
      })
      version.value = done.mark_version
      problem.value = null
    } catch (error) {
      for (const sheet of written) sheets.add(sheet)
      changed.value = true
      problem.value = asProblem(error)
    } finally {
      saving.value = false
    }
  }
  /** Saves what is not saved yet; true when all of it is on the server. */
  async function flush(): Promise<boolean> {
    clearTimeout(timer)
    running = running.then(save)
    await running
    return !changed.value
  }
  async function giveBack(correction: boolean) {
    if (!(await flush())) return false
    await api.post(`/homework-submissions/${id.value}/return`, { correction })
    await queryClient.invalidateQueries({ queryKey: ['homework'] })
    return true
  }
  async function takeBack(which: string) {
    await api.post(`/homework-submissions/${which}/take-back`, {})
    await Promise.all([query.refetch(), queryClient.invalidateQueries({ queryKey: ['homework'] })])
  }
  async function reload() {
    changed.value = false
    sheets.clear()
    await query.refetch()
  }
  return { query, view, last, open, ink, result, comment, problem, saving, changed, undoable, draw, undo, say, flush, giveBack, takeBack, reload }
}
