import type { Kind, Licence, Scope, Source, State, Summary } from './types'
import type { IconName } from '@/shared/ui/icons'

export const kinds: readonly Kind[] = ['plan', 'slides', 'video', 'exercise', 'interactive', 'picture', 'audio', 'document', 'scorm', 'link']
/** What every chapter needs to be taught from the library. */
export const needs: readonly Kind[] = ['plan', 'slides', 'video', 'exercise']
export const licences: readonly Licence[] = ['cc_by', 'cc_by_nc', 'cc_by_sa', 'cc_by_nc_sa', 'cc_by_nc_nd', 'region_teaching', 'cc0', 'public_domain']
export const sources: readonly Source[] = ['own_work', 'adapted', 'bought', 'open_web', 'legacy']
export const scopes: readonly Scope[] = ['school', 'district', 'public']
export const grades: readonly number[] = Array.from({ length: 12 }, (_, index) => index + 1)

const icons: Record<Kind, IconName> = {
  plan: 'pencil', slides: 'screen', video: 'video', audio: 'bell', picture: 'image', exercise: 'list', interactive: 'hand', document: 'file', scorm: 'book', link: 'link',
}
export const kindIcon = (kind: string): IconName => icons[kind as Kind] ?? 'file'

/** 6:12, 1:02:05 */
export function formatDuration(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor((seconds % 3600) / 60)
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}

export type Tone = 'ok' | 'warn' | 'bad' | 'neutral' | 'info'
export const stateTone: Record<State, Tone> = { draft: 'neutral', in_review: 'info', published: 'ok', returned: 'warn', recalled: 'bad' }

/** The state that a list shows: a published one may have its next version in review. */
export const shownState = (item: Pick<Summary, 'state' | 'in_review'>) => (item.state === 'published' && item.in_review ? 'published_in_review' : item.state)

/** Grades of one resource as one key of texts: a single one, a span, or all. */
export function gradeSpan(from: number, to: number): { key: 'one' | 'span' | 'all'; from: number; to: number } {
  if (from <= 1 && to >= 12) return { key: 'all', from, to }
  return { key: from === to ? 'one' : 'span', from, to }
}
