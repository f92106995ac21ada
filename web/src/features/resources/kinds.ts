import type { Intake, Kind, Licence, PackRole, Scope, Source, State, Summary } from './types'
import type { IconName } from '@/shared/ui/icons'

export const kinds: readonly Kind[] = ['plan', 'slides', 'video', 'exercise', 'interactive', 'picture', 'audio', 'document', 'scorm', 'link', 'pack']
/** What every chapter needs to be taught from the library. */
export const needs: readonly Kind[] = ['plan', 'slides', 'video', 'exercise']
export const licences: readonly Licence[] = ['cc_by', 'cc_by_nc', 'cc_by_sa', 'cc_by_nc_sa', 'cc_by_nc_nd', 'region_teaching', 'cc0', 'public_domain', 'bought']
export const sources: readonly Source[] = ['own_work', 'adapted', 'bought', 'open_web', 'legacy']
export const intakes: readonly Intake[] = ['made', 'called', 'bought']
export const scopes: readonly Scope[] = ['group', 'school', 'area', 'district', 'public']
export const packRoles: readonly PackRole[] = ['plan', 'slides', 'video', 'exercise', 'other']
/** The role in a pack that a kind of resource usually has. */
export const roleOf = (kind: Kind): PackRole => (kind === 'audio' ? 'video' : (['plan', 'slides', 'video', 'exercise'] as const).find((one) => one === kind) ?? 'other')
export const grades: readonly number[] = Array.from({ length: 12 }, (_, index) => index + 1)

const icons: Record<Kind, IconName> = {
  plan: 'book', slides: 'screen', video: 'video', audio: 'play', picture: 'image', exercise: 'pencil', interactive: 'grid', document: 'file', scorm: 'folder', link: 'link', pack: 'folder',
}
export const kindIcon = (kind: string): IconName => icons[kind as Kind] ?? 'file'

/** The server's code for a file that this kind cannot be made of. */
export function misfitCode(kind: Kind): string {
  if (kind === 'video' || kind === 'audio' || kind === 'picture' || kind === 'link') return `resources.misfit_${kind}`
  if (kind === 'pack') return 'resources.content_needed'
  return kind === 'interactive' || kind === 'scorm' ? 'resources.misfit_package' : 'resources.misfit_document'
}

/** 6:12, 1:02:05 */
export function formatDuration(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor((seconds % 3600) / 60)
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}

export type Tone = 'ok' | 'warn' | 'bad' | 'neutral' | 'info'
export const stateTone: Record<State, Tone> = { draft: 'neutral', in_review: 'info', published: 'ok', returned: 'warn', recalled: 'bad', ended: 'bad' }

/** The state that a list shows: a published one may have its next version in review. */
export const shownState = (item: Pick<Summary, 'state' | 'in_review'>) => (item.state === 'published' && item.in_review ? 'published_in_review' : item.state)

/** Grades of one resource as one key of texts: a single one, a span, or all. */
export function gradeSpan(from: number, to: number): { key: 'one' | 'span' | 'all'; from: number; to: number } {
  if (from <= 1 && to >= 12) return { key: 'all', from, to }
  return { key: from === to ? 'one' : 'span', from, to }
}
