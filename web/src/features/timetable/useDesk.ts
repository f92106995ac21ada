import { useQueryClient } from '@tanstack/vue-query'
import { computed, ref, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { api } from '@/shared/api/client'
import { useTopic } from '@/shared/api/live'
import { serverText } from '@/shared/i18n/server'
import { confirm } from '@/shared/ui/confirm'
import { toast } from '@/shared/ui/toast'
import { isLive, partOf, queueOrder, type Part } from './changes'
import type { ChangeView, DecidedRequest } from './model'
import { useQueue } from './useChanges'

/** The office's desk: requests by what they need, decided singly or many at once. */
export function useDesk(school: Ref<string>, schoolId: string) {
  const { t } = useI18n()
  const client = useQueryClient()
  const query = useQueue(school)
  const all = computed(() => queueOrder(query.data.value?.items ?? []))
  const live = computed(() => all.value.filter((one) => isLive(one.request.state)))
  const part = ref<Part | 'live'>('live')
  const count = (of: Part) => all.value.filter((one) => partOf(one.request.state) === of).length
  const parts = computed(() => [{ value: 'live' as const, label: t('timetable.queue.live', { n: live.value.length }) }, ...(['open', 'ready', 'asked', 'decided'] as const).map((value) => ({ value, label: t(`timetable.queue.${value}`, { n: count(value) }) }))])
  const shown = computed(() => (part.value === 'live' ? live.value : all.value.filter((one) => partOf(one.request.state) === part.value)))
  const picked = ref<string[]>([])
  const chosen = computed(() => live.value.filter((one) => picked.value.includes(one.request.id)))
  const busy = ref(false)
  const changed = () => client.invalidateQueries({ queryKey: ['timetable'] })
  useTopic(`changes:${schoolId}`, () => void client.invalidateQueries({ queryKey: ['timetable', 'queue'] }))

  const decision = async (views: readonly ChangeView[], approve: boolean, note: string, anyway = false) =>
    (await api.post<{ items: DecidedRequest[] }>('/change-requests/decide', { requests: views.map((one) => ({ id: one.request.id, version: one.request.version })), approve, note, anyway })).items
  const onRecord = ['timetable.lesson_runs', 'timetable.lesson_on_record']
  /** Lessons with a record are asked about once more. */
  async function decided(views: readonly ChangeView[], approve: boolean, note: string): Promise<DecidedRequest[]> {
    const first = await decision(views, approve, note)
    const known = first.filter((one) => onRecord.includes(one.refused))
    if (!known.length) return first
    const title = known.map((one) => serverText(one.refused, one.params)).join(' ')
    if (!(await confirm({ title, text: t('timetable.queue.anywayText'), confirmText: t('timetable.change.anyway') }))) return first.filter((one) => !known.includes(one))
    const again = await decision(views.filter((view) => known.some((one) => one.id === view.request.id)), approve, note, true)
    return first.map((one) => again.find((other) => other.id === one.id) ?? one)
  }
  const refusals = ref<{ view: ChangeView; text: string }[]>([])
  async function decide(views: readonly ChangeView[], approve: boolean, note = '') {
    if (busy.value || !views.length) return
    busy.value = true
    try {
      const done = await decided(views, approve, note)
      refusals.value = done.filter((one) => one.refused).flatMap((one) => { const view = views.find((other) => other.request.id === one.id); return view ? [{ view, text: serverText(one.refused, one.params) ?? one.refused }] : [] })
      const written = done.filter((one) => !one.refused)
      const undo = written.flatMap((one) => (one.substitution_id ? [one.substitution_id] : []))
      if (written.length) toast.done(t(approve ? 'timetable.queue.approved' : 'timetable.queue.refused', { n: written.length }), undo.length ? () => void takeBack(undo) : undefined)
      picked.value = []
    } catch (error) { toast.failed(error) }
    busy.value = false
    await changed()
  }
  async function takeBack(ids: readonly string[]) {
    try {
      for (const id of ids) await api.delete(`/substitutions/${id}`)
      toast.done(t('timetable.undone'))
    } catch (error) { toast.failed(error) }
    await changed()
  }
  return { query, all, shown, part, parts, picked, chosen, busy, decide, refusals, changed }
}
