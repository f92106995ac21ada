import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { api } from '@/shared/api/client'
import { currentLanguage, i18n } from '@/shared/i18n'
import { serverText } from '@/shared/i18n/server'
import { formatTime } from '@/shared/i18n/format'
import type { ClassSession, Section, UsedResource } from './types'

/** One picture for a kind, in the library as in a lesson. */
export { kindIcon } from '../resources/kinds'

/** Heading of a part: its own, or the usual one of its key in the language of the page. */
export const sectionTitle = (section: Pick<Section, 'key' | 'title'>) =>
  section.title || serverText(`teaching.section.${section.key}`) || serverText('teaching.section.own') || ''

/** "5:20" of a video, "12 页" of slides. */
export function sizeWords(pages: number, seconds: number): string {
  if (seconds > 0) return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  return pages > 0 ? i18n.global.t('teaching.pages', { n: pages }) : ''
}

/** Whether more was done than to open the class view and close it; the server's own rule. */
export const used = (one: ClassSession) =>
  one.kind !== 'class_view' || one.minutes_band !== 'b0_10' || one.resource_count > 0 || one.question_count > 0 || (one.present ?? null) !== null

/** What a measured lesson used, in the same words for its teacher and his school. */
export function usedWords(one: ClassSession, resources?: readonly UsedResource[]): string {
  const t = i18n.global.t
  if (!used(one)) return t('teaching.mark.opened')
  const nothing = t(one.kind === 'helper' ? 'teaching.use.ownSlides' : 'teaching.use.noMaterial')
  const shown = resources?.length ? titlesOf(resources) : one.resource_count > 0 ? t('teaching.today.resources', { n: one.resource_count }) : nothing
  return [shown, one.question_count > 0 ? t('teaching.use.questions', { n: one.question_count }) : ''].filter(Boolean).join(' · ')
}
/** Titles once each; two resources of one title say that they are two. */
export function titlesOf(resources: readonly UsedResource[]): string {
  const counts = new Map<string, number>()
  for (const one of resources) counts.set(one.title, (counts.get(one.title) ?? 0) + 1)
  return [...counts].map(([title, n]) => (n > 1 ? i18n.global.t('teaching.use.several', { title, n }) : title)).join(i18n.global.t('teaching.pupil.comma'))
}

export const timeSpan = (from: number, to: number) => `${formatTime(from)}–${formatTime(to)}`
export const minutesBetween = (from: number, to: number) => Math.max(0, Math.ceil((to - from) / 60_000))

interface CodeTable { items: { code: string; title: string; title_en: string }[] }

/** Names of subjects by their code; the code itself until they are known. */
export function useSubjects() {
  const query = useQuery({ queryKey: ['codes', 'ZXXKC'], queryFn: () => api.get<CodeTable>('/codes/ZXXKC'), staleTime: Infinity })
  const names = computed(() => new Map((query.data.value?.items ?? []).map((one) => [one.code, currentLanguage() === 'en' ? one.title_en || one.title : one.title])))
  return (code: string) => names.value.get(code) ?? code
}
