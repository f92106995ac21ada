import { useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, ref } from 'vue'
import { api } from '@/shared/api/client'
import { i18n } from '@/shared/i18n'
import { toast } from '@/shared/ui/toast'
import type { LostResource, PlanView, ResourceBrief } from './types'

/** What was recalled in the caller's plans, and one press to replace it. */
export function useLost() {
  const client = useQueryClient()
  const query = useQuery({ queryKey: ['prepare-lost'], queryFn: ({ signal }) => api.get<LostResource[]>('/prepare/lost-resources', { signal }) })
  const busy = ref('')
  async function replace(row: LostResource, by: ResourceBrief) {
    if (busy.value) return
    busy.value = `${row.plan_id}${row.resource.id}`
    try {
      await api.post<PlanView>(`/lesson-plans/${row.plan_id}/replace`, { version: row.version, resource_id: row.resource.id, by: by.id })
      toast.done(i18n.global.t('teaching.lost.done', { title: by.title, plan: row.plan_title }))
    } catch (error) {
      toast.failed(error)
    } finally {
      await client.invalidateQueries({ queryKey: ['prepare-lost'] })
      void client.invalidateQueries({ queryKey: ['prepare-tree'] })
      busy.value = ''
    }
  }
  return { query, rows: computed(() => query.data.value ?? []), busy, replace }
}
