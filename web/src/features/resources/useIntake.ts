import { useQuery } from '@tanstack/vue-query'
import { computed, onScopeDispose, reactive, ref, type Ref } from 'vue'
import { api, csrfToken, type Page } from '@/shared/api/client'
import { queryClient } from '@/shared/api/query'
import { stopped } from '@/shared/composables/useUploads'
import { toast } from '@/shared/ui/toast'
import { busy, folderName, pathOf, stillWanted, type IntakeChange, type IntakeRow, type IntakeSubmit, type IntakeView } from './intake'

export function useIntakes() {
  return useQuery({
    queryKey: ['intakes'],
    queryFn: ({ signal }) => api.get<Page<IntakeView>>('/intakes', { signal }),
    refetchInterval: (query) => (query.state.data?.items.some((one) => busy(one.state)) ? 3000 : false),
  })
}

/** Folders chosen on the page before: their files go on when the batch's page opens. */
const chosen = new Map<string, File[]>()

export async function beginFolder(files: File[], fallback: string): Promise<IntakeView> {
  const entries = files.map((file) => ({ path: pathOf(file), size: file.size }))
  const made = await api.post<IntakeView>('/intakes', { name: folderName(files) || fallback, entries })
  chosen.set(made.id, files)
  return made
}
export const beginArchive = (name: string, fileId: string) => api.post<IntakeView>('/intakes', { name: name.replace(/\.(zip|iso)$/i, ''), file_id: fileId, entries: [] })

/** One batch: where it stands and what can be done with it. */
export function useIntake(id: Ref<string>) {
  const key = computed(() => ['intakes', 'one', id.value])
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.get<IntakeView>(`/intakes/${id.value}`, { signal }),
    refetchInterval: (one) => (one.state.data && busy(one.state.data.state) ? 2000 : false),
  })
  const working = ref(false)
  function rowsChanged() {
    void queryClient.invalidateQueries({ queryKey: ['intake-rows'] })
    void queryClient.invalidateQueries({ queryKey: ['intakes'] })
  }
  async function act<T>(work: () => Promise<T>): Promise<T | null> {
    if (working.value) return null
    working.value = true
    try {
      return await work()
    } catch (error) {
      toast.failed(error)
      return null
    } finally {
      working.value = false
      rowsChanged()
    }
  }
  return {
    query, working, rowsChanged,
    view: computed(() => query.data.value),
    work: () => act(() => api.post<IntakeView>(`/intakes/${id.value}/work`, {})),
    change: (change: IntakeChange) => act(() => api.patch<{ changed: number; left_out: number }>(`/intakes/${id.value}/rows`, change)),
    submit: (wish: IntakeSubmit) => api.post<IntakeView>(`/intakes/${id.value}/submit`, wish).finally(rowsChanged),
    remove: () => api.delete(`/intakes/${id.value}`),
  }
}

/** Sends a folder's files, three at a time; what was sent is noted on the server, so that a cut costs one file at most. */
export function useFolder(id: Ref<string>, noted: () => void) {
  const state = reactive({ running: false, done: 0, total: 0, bytes: 0, allBytes: 0, name: '', cut: false, ready: chosen.has(id.value) })
  let arrived: { number: number; file_id?: string; refused?: string }[] = []
  let halted = false
  const running = new Set<{ abort: (remove?: boolean) => Promise<void> }>()

  async function wanted() {
    const rows: IntakeRow[] = []
    for (let after: string | null = '0'; after;) {
      const page: Page<IntakeRow> = await api.get<Page<IntakeRow>>(`/intakes/${id.value}/rows`, { query: { verdict: 'expected', after, limit: 200 } })
      rows.push(...page.items)
      after = page.next
    }
    return rows
  }
  async function note(least: number) {
    if (arrived.length < least || !arrived.length) return
    const files = arrived.splice(0)
    try {
      await api.post(`/intakes/${id.value}/files`, { files })
    } catch (error) {
      arrived = [...files, ...arrived]
      throw error
    }
  }
  async function sendOne(number: number, file: File) {
    const tus = await import('tus-js-client')
    let fileId = ''
    let before = 0
    await new Promise<void>((resolve, reject) => {
      const upload = new tus.Upload(file, {
        endpoint: '/api/v1/uploads', chunkSize: 8 * 1024 * 1024, retryDelays: [0, 1000, 3000, 10_000, 30_000], metadata: { filename: file.name },
        onBeforeRequest: (request) => request.setHeader('X-CSRF-Token', csrfToken()),
        onAfterResponse: (_, response) => { fileId = response.getHeader('Santong-File-Id') ?? fileId },
        onProgress: (sent) => { state.bytes += sent - before; before = sent },
        onError: (error) => {
          running.delete(upload)
          const end = stopped(error)
          if (end.state !== 'refused') return reject(end.problem)
          arrived.push({ number, refused: end.problem.code })
          resolve()
        },
        onSuccess: () => {
          running.delete(upload)
          arrived.push({ number, file_id: fileId })
          resolve()
        },
      })
      running.add(upload)
      void upload.findPreviousUploads().then((earlier) => {
        if (earlier[0]) upload.resumeFromPreviousUpload(earlier[0])
        upload.start()
      })
    })
    state.done += 1
    state.name = file.name
    await note(20)
  }
  /** True when all has come. */
  async function start(files?: File[]): Promise<boolean> {
    const given = files ?? chosen.get(id.value) ?? []
    if (state.running || !given.length) return false
    Object.assign(state, { running: true, cut: false, done: 0, bytes: 0 })
    halted = false
    try {
      const rows = await wanted()
      const queue = stillWanted(given, rows)
      state.total = queue.length
      state.allBytes = queue.reduce((sum, one) => sum + one.file.size, 0)
      chosen.set(id.value, given)
      state.ready = true
      const lane = async () => { for (let next = queue.shift(); next && !halted; next = queue.shift()) await sendOne(next.number, next.file) }
      await Promise.all([lane(), lane(), lane()])
      await note(1)
      noted()
      return !halted && rows.length === state.done
    } catch (error) {
      state.cut = true
      halted = true
      await note(1).catch(() => undefined)
      toast.failed(error)
      return false
    } finally {
      state.running = false
    }
  }
  function halt() {
    halted = true
    state.cut = true
    for (const one of running) void one.abort()
    running.clear()
    state.running = false
    void note(1).then(noted).catch(() => undefined)
  }
  onScopeDispose(() => { if (state.running) halt() })
  return { state, start, halt }
}
