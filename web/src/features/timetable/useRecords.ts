import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { api } from '@/shared/api/client'
import { weekByNumber } from '@/shared/time/weeks'
import { confirm } from '@/shared/ui/confirm'
import { toast } from '@/shared/ui/toast'
import { useChoices, useSubjects } from './useChoices'

/** What was recorded for a school in the chosen week: substitutions or patrol exceptions. */
export function useRecords<View>(path: '/substitutions' | '/patrol-exceptions') {
  const { t } = useI18n()
  const place = useChoices()
  const subject = useSubjects()
  const client = useQueryClient()
  const span = computed(() => (place.choices.value ? weekByNumber(place.week.value, place.choices.value.week_one_monday) : null))
  const list = useQuery({
    queryKey: computed(() => ['timetable', path, place.school.value, place.week.value]),
    queryFn: ({ signal }) => api.get<{ items: View[] }>(path, { query: { school_id: place.school.value, from: span.value!.from, to: span.value!.to }, signal }),
    enabled: computed(() => place.school.value !== '' && span.value !== null),
    placeholderData: keepPreviousData,
  })
  const items = computed(() => list.data.value?.items ?? null)
  const problem = computed(() => place.query.error.value ?? list.error.value)
  const again = () => { void place.query.refetch(); if (place.school.value) void list.refetch() }
  const changed = () => client.invalidateQueries({ queryKey: ['timetable'] })
  async function remove(id: string) {
    await api.delete(`${path}/${id}`)
    await changed()
  }
  /** Takes a record back after asking; the timetable holds again. */
  async function takeBack(id: string, words: { title: string; text: string }) {
    if (!(await confirm({ ...words, confirmText: t('ui.undo') }))) return
    try {
      await remove(id)
      toast.done(t('timetable.undone'))
    } catch (error) { toast.failed(error) }
  }
  return { ...place, subject, items, problem, again, changed, remove, takeBack }
}
