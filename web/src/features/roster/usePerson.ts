import { useQuery } from '@tanstack/vue-query'
import { computed, ref, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { api } from '@/shared/api/client'
import { queryClient } from '@/shared/api/query'
import { confirm } from '@/shared/ui/confirm'
import { toast } from '@/shared/ui/toast'
import type { BondView, CodeSlip, PersonDetail, PostView } from './types'

/** Somebody's page and what may be done on it. */
export function usePerson(id: Ref<string>) {
  const { t } = useI18n()
  const page = useQuery({ queryKey: computed(() => ['roster', 'person', id.value]), queryFn: ({ signal }) => api.get<PersonDetail>(`/people/${id.value}`, { signal }) })
  const person = computed(() => page.data.value)
  const may = (permission: string) => person.value?.may.includes(permission) ?? false
  const slip = ref<CodeSlip | null>(null)
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['roster'] })

  async function act(question: Parameters<typeof confirm>[0], done: string, work: () => Promise<unknown>) {
    if (!(await confirm(question))) return
    try {
      await work()
      if (done) toast.done(done)
      await refresh()
    } catch (error) {
      toast.failed(error)
    }
  }
  const name = () => person.value?.name ?? ''
  const reset = () => act({ title: t('roster.class.resetAsk', { name: name() }), text: t('roster.class.resetText'), confirmText: t('roster.class.reset') }, '', async () => { slip.value = await api.post<CodeSlip>(`/people/${id.value}/reset-code`, {}) })
  const endPost = (post: PostView) => act({ title: t('roster.person.endPostAsk', { name: name(), post: t(`app.role.${post.kind}`) }), text: t('roster.person.endPostText'), confirmText: t('roster.person.endPost'), danger: true }, t('roster.person.postEnded'), () => api.post(`/people/${id.value}/posts/${post.id}/end`, {}))
  const leave = () => act({ title: t('roster.person.leaveAsk', { name: name() }), text: t('roster.person.leaveText'), confirmText: t('roster.person.leave'), danger: true }, t('roster.person.hasLeft', { name: name() }), () => api.post(`/people/${id.value}/leave`, { status: 'left' }))
  const endBond = (bond: BondView) => act({ title: t('roster.person.endBondAsk', { name: bond.name }), text: t('roster.person.endBondText'), confirmText: t('roster.person.endBond'), danger: true }, t('roster.person.bondEnded'), () => api.delete(`/people/${id.value}/guardians/${bond.id}`))
  return { page, person, may, slip, refresh, reset, endPost, leave, endBond }
}
