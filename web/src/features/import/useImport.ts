import { useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, reactive, ref, watch, type Ref } from 'vue'
import { api, send, type Page } from '@/shared/api/client'
import { asProblem } from '@/shared/api/problem'
import { toast } from '@/shared/ui/toast'
import { busy, type Decision, type ImportKind, type ImportRow, type ImportSummary, type ImportView, type RowState, type UntoldGuardian } from './model'

export function useImports() {
  return useQuery({ queryKey: ['imports'], queryFn: ({ signal }) => api.get<Page<ImportSummary>>('/imports', { signal }) })
}

/** The import of a file that has just been uploaded. */
export async function beginImport(uploadUrl: string, kind: ImportKind): Promise<ImportView> {
  const answer = await send('HEAD', new URL(uploadUrl, location.href).pathname, undefined, { headers: { 'Tus-Resumable': '1.0.0' } })
  return api.post<ImportView>('/imports', { file_id: answer.headers.get('Santong-File-Id'), kind })
}

/** One import: where it stands, its columns, what can be done with it. */
export function useImport(id: Ref<string>) {
  const client = useQueryClient()
  const key = computed(() => ['import', id.value])
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.get<ImportView>(`/imports/${id.value}`, { signal }),
    refetchInterval: (one) => (one.state.data && busy(one.state.data.state) ? 1500 : false),
  })
  const view = computed(() => query.data.value ?? null)
  const working = ref(false)
  const chosen = reactive<Record<number, string>>({})
  watch(() => view.value?.columns, (columns) => { for (const column of columns ?? []) chosen[column.index] = column.field ?? '' }, { immediate: true })
  watch(() => view.value?.state, (now, before) => { if (now !== before) void client.invalidateQueries({ queryKey: ['import-rows', id.value] }) })

  async function act(work: () => Promise<ImportView>) {
    if (working.value) return
    working.value = true
    try {
      client.setQueryData(key.value, await work())
      void client.invalidateQueries({ queryKey: ['imports'] })
    } catch (error) {
      toast.failed(error)
      // Another window was quicker: what stands here is not so any more.
      if (asProblem(error).status === 409) await query.refetch()
    } finally {
      working.value = false
    }
  }
  const mapping = () => ({ columns: (view.value?.columns ?? []).map((column) => ({ index: column.index, field: chosen[column.index] || null })), remember: true })
  return {
    query, view, working, chosen,
    tryOut: () => act(async () => {
      await api.put<ImportView>(`/imports/${id.value}/mapping`, mapping())
      return api.post<ImportView>(`/imports/${id.value}/dry-run`, {})
    }),
    write: (endIn: readonly string[], endGuardians: readonly string[] = []) => act(() => api.post<ImportView>(`/imports/${id.value}/write`, { end_in: endIn, end_guardians: endGuardians })),
    drop: () => api.delete(`/imports/${id.value}`),
    refresh: () => query.refetch(),
  }
}

/** People whom the file leaves out at one place; a class or a school's staff, so one page holds them. */
export function useAbsent(id: Ref<string>, place: Ref<string>) {
  return useQuery({
    queryKey: computed(() => ['import-rows', id.value, 'ended', place.value]),
    queryFn: ({ signal }) => api.get<Page<ImportRow>>(`/imports/${id.value}/rows`, { query: { state: 'ended', place: place.value, limit: 200 }, signal }),
    enabled: computed(() => place.value !== ''),
  })
}

/** Guardians whom the file no longer tells, and taking back the end of one. */
export function useUntold(id: Ref<string>, any: Ref<boolean>) {
  const client = useQueryClient()
  const key = computed(() => ['import-rows', id.value, 'guardians'])
  const query = useQuery({ queryKey: key, queryFn: ({ signal }) => api.get<Page<UntoldGuardian>>(`/imports/${id.value}/guardians`, { signal }), enabled: any })
  const restoring = ref('')
  async function restore(row: UntoldGuardian) {
    if (restoring.value) return
    restoring.value = row.guardianship_id
    try {
      client.setQueryData(key.value, await api.post<Page<UntoldGuardian>>(`/imports/${id.value}/guardians/${row.guardianship_id}/restore`, {}))
    } catch (error) {
      toast.failed(error)
      await query.refetch()
    } finally {
      restoring.value = ''
    }
  }
  return { query, restoring, restore }
}

/** Rows of one state, with filters by school and reason. */
export function useRows(id: Ref<string>, state: Ref<RowState>) {
  const client = useQueryClient()
  const school = ref('')
  const reason = ref('')
  const after = ref<number[]>([])
  watch([state, school, reason], () => { after.value = [] })
  const key = computed(() => ['import-rows', id.value, state.value, school.value, reason.value, after.value.at(-1) ?? 0])
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.get<Page<ImportRow>>(`/imports/${id.value}/rows`, { query: { state: state.value, school: school.value, reason: reason.value, after: after.value.at(-1) ?? 0, limit: 50 }, signal }),
    placeholderData: (before) => before,
  })
  async function fix(row: ImportRow, body: { cells?: { column: number; value: string }[]; use_suggestions?: boolean; decision?: Decision }): Promise<ImportRow | null> {
    try {
      const answer = await api.patch<ImportRow>(`/imports/${id.value}/rows/${row.number}`, body)
      await Promise.all([client.invalidateQueries({ queryKey: ['import-rows', id.value] }), client.invalidateQueries({ queryKey: ['import', id.value] })])
      return answer
    } catch (error) {
      toast.failed(error)
      return null
    }
  }
  return {
    query, school, reason, fix,
    page: computed(() => query.data.value ?? null),
    back: computed(() => after.value.length > 0),
    next: () => { const to = Number(query.data.value?.next); if (to) after.value = [...after.value, to] },
    previous: () => { after.value = after.value.slice(0, -1) },
  }
}
