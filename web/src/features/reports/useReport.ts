import { useQuery } from '@tanstack/vue-query'
import { computed, ref } from 'vue'
import { useRoute } from 'vue-router'
import { api } from '@/shared/api/client'
import { queryClient } from '@/shared/api/query'
import { asProblem } from '@/shared/api/problem'
import { confirm } from '@/shared/ui/confirm'
import { toast } from '@/shared/ui/toast'
import { unexplained } from './rules'
import type { Report } from './types'
import { useWords } from './useWords'

/** One report and what its reader may do with it. */
export function useReport() {
  const route = useRoute()
  const { t, month } = useWords()
  const school = computed(() => String(route.params.school))
  const version = computed(() => Number(route.query.version ?? 0))
  const key = computed(() => ['reports', 'one', school.value, route.params.month, version.value])
  const path = computed(() => `/school-reports/${school.value}/${String(route.params.month)}`)
  const query = useQuery({ queryKey: key, queryFn: ({ signal }) => api.get<Report>(path.value, { query: { version: version.value || undefined }, signal }) })
  const report = computed(() => query.data.value ?? null)
  const left = computed(() => (report.value ? unexplained(report.value) : []))
  const busy = ref(false)

  function take(next: Report) {
    queryClient.setQueryData(['reports', 'one', school.value, route.params.month, 0], next)
    void queryClient.invalidateQueries({ queryKey: ['reports', 'board'] })
    void queryClient.invalidateQueries({ queryKey: ['shell', 'counts'] })
  }
  /** Sends, takes the answer, and reads again when somebody else was faster. */
  async function act(work: () => Promise<Report>, done: string): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    try {
      take(await work())
      toast.done(done)
      return true
    } catch (error) {
      toast.failed(error)
      if (asProblem(error).status === 409) await query.refetch()
      return false
    } finally {
      busy.value = false
    }
  }
  /** A refusal is left to the field that asks. */
  const explain = async (line: string, reason: string) => take(await api.put<Report>(`${path.value}/reasons`, { line, reason }))
  async function sign() {
    const one = report.value!
    if (!(await confirm({ title: t('reports.signAsk', { school: one.school, month: month(one.month) }), text: t(one.central_school ? 'reports.signTextCentral' : 'reports.signText', { central: one.central_school ?? '' }), confirmText: t('reports.sign') }))) return
    await act(() => api.post<Report>(`${path.value}/sign`, { content_hash: one.content_hash }), t('reports.signed'))
  }
  async function passOn() {
    if (!(await confirm({ title: t('reports.passAsk', { school: report.value!.school }), text: t('reports.passText'), confirmText: t('reports.passOn') }))) return
    await act(() => api.post<Report>(`${path.value}/pass-on`, {}), t('reports.passed'))
  }
  const sendBack = async (reason: string) => { take(await api.post<Report>(`${path.value}/return`, { reason })); toast.done(t('reports.returnedDone')) }
  async function correct() {
    if (!(await confirm({ title: t('reports.correctAsk'), text: t('reports.correctText'), confirmText: t('reports.correct') }))) return
    await act(() => api.post<Report>(`${path.value}/correct`, {}), t('reports.corrected'))
  }
  return { query, report, school, version, left, busy, explain, sign, passOn, sendBack, correct }
}
