import { useQuery } from '@tanstack/vue-query'
import { computed, ref, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { api } from '@/shared/api/client'
import { queryClient } from '@/shared/api/query'
import { confirm } from '@/shared/ui/confirm'
import { toast } from '@/shared/ui/toast'
import type { ClassDetail, CodeSlip, OrgDetail, PinSlips } from './types'

/** A class's page: what is shown and what its homeroom teacher may do there. */
export function useClass(id: Ref<string>) {
  const { t } = useI18n()
  const page = useQuery({ queryKey: computed(() => ['roster', 'class', id.value]), queryFn: ({ signal }) => api.get<ClassDetail>(`/classes/${id.value}`, { signal }) })
  const detail = computed(() => page.data.value)
  const may = (permission: string) => detail.value?.may.includes(permission) ?? false
  /** Whoever may not see the pupils is told how many there are instead; undefined for everybody else. */
  const blind = computed(() => Boolean(detail.value) && !['roster.view_people', 'roster.issue_codes', 'roster.record_consent'].some(may))
  const place = useQuery({ queryKey: computed(() => ['roster', 'org', id.value]), queryFn: ({ signal }) => api.get<OrgDetail>(`/orgs/${id.value}`, { signal }), enabled: blind })
  const unseen = computed(() => (blind.value ? place.data.value?.figures.pupils : undefined))
  const busy = ref('')
  const slip = ref<CodeSlip | null>(null)
  const pins = ref<PinSlips | null>(null)
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['roster', 'class', id.value] })

  async function run(what: string, act: () => Promise<void>) {
    if (busy.value) return
    busy.value = what
    try {
      await act()
      await refresh()
    } catch (error) {
      toast.failed(error)
    } finally {
      busy.value = ''
    }
  }
  const consents = (pupils: string[]) => run('consents', async () => {
    const names = (detail.value?.pupils ?? []).filter((pupil) => pupils.includes(pupil.person_id)).map((pupil) => pupil.name).join(t('ui.comma'))
    if (!(await confirm({ title: t('roster.class.consentAsk', { n: pupils.length }), text: t('roster.class.consentText', { names }), confirmText: t('roster.class.consentAll', { n: pupils.length }) }))) return
    const answer = await api.post<{ recorded: number; activated: number }>(`/classes/${id.value}/consents`, { pupils, method: 'paper' })
    toast.done(t('roster.class.consented', { n: answer.recorded, m: answer.activated }))
  })
  const withdraw = (person: { person_id: string; name: string }) => run('withdraw', async () => {
    if (!(await confirm({ title: t('roster.class.withdrawAsk', { name: person.name }), text: t('roster.class.withdrawText'), confirmText: t('roster.class.withdraw'), danger: true }))) return
    await api.delete(`/people/${person.person_id}/consent`)
    toast.done(t('roster.class.withdrawn', { name: person.name }))
  })
  const reset = (person: { person_id: string; name: string }) => run('reset', async () => {
    if (!(await confirm({ title: t('roster.class.resetAsk', { name: person.name }), text: t('roster.class.resetText'), confirmText: t('roster.class.reset') }))) return
    slip.value = await api.post<CodeSlip>(`/people/${person.person_id}/reset-code`, {})
  })
  const issuePins = (pupils: string[]) => run('pins', async () => {
    const n = pupils.length || (detail.value?.pupils.filter((pupil) => pupil.account === 'active').length ?? 0)
    if (!(await confirm({ title: t(pupils.length ? 'roster.class.pinsAsk' : 'roster.class.pinsAskAll', { n }), text: t('roster.class.pinsText'), confirmText: t('roster.class.pins') }))) return
    pins.value = await api.post<PinSlips>(`/classes/${id.value}/pins`, { pupils })
  })
  const open = (minutes: number) => run('open', async () => {
    const answer = await api.post<{ closes_at: number; without_pin: number }>(`/classes/${id.value}/open`, { minutes })
    toast.done(answer.without_pin ? t('roster.class.openedWithout', { n: answer.without_pin }) : t('roster.class.opened'))
  })
  const close = () => run('open', async () => {
    await api.delete(`/classes/${id.value}/open`)
    toast.done(t('roster.class.closed'))
  })
  return { page, detail, may, blind, unseen, busy, slip, pins, consents, withdraw, reset, issuePins, open, close }
}
