import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { api } from '@/shared/api/client'
import { currentLanguage, i18n } from '@/shared/i18n'
import { serverText } from '@/shared/i18n/server'
import { formatTime } from '@/shared/i18n/format'
import type { ResourceKind, Section } from './types'

const kindIcons: Record<ResourceKind, string> = {
  plan: 'book', slides: 'screen', video: 'video', audio: 'play', picture: 'image', exercise: 'pencil', interactive: 'grid', document: 'file', scorm: 'folder', link: 'link',
}
export const kindIcon = (kind: string) => kindIcons[kind as ResourceKind] ?? 'file'

/** Heading of a part: its own, or the usual one of its key in the language of the page. */
export const sectionTitle = (section: Pick<Section, 'key' | 'title'>) =>
  section.title || serverText(`teaching.section.${section.key}`) || serverText('teaching.section.own') || ''

/** "5:20" of a video, "12 页" of slides. */
export function sizeWords(pages: number, seconds: number): string {
  if (seconds > 0) return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  return pages > 0 ? i18n.global.t('teaching.pages', { n: pages }) : ''
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
