import { useQuery } from '@tanstack/vue-query'
import { api } from '@/shared/api/client'
import { queryClient } from '@/shared/api/query'
import type { EndingLicence, Intake, ResourceView, State } from './types'
import { resourceChanged } from './useResource'

/** The terms of a licence as a form writes them; an empty day is none. */
export interface Terms { intake: Intake; holder: string; terms: string; valid_from: string; valid_until: string }
export interface TermsOf extends Terms { id: string; title: string; state: State }

export const termsOf = (view: ResourceView): TermsOf => ({
  id: view.item.id, title: view.item.title, state: view.item.state, intake: view.item.intake, holder: view.holder, terms: view.terms, valid_from: view.valid_from ?? '', valid_until: view.item.valid_until ?? '',
})
export const termsOfRow = (row: EndingLicence): TermsOf => ({
  id: row.id, title: row.title, state: row.state, intake: row.intake, holder: row.holder, terms: row.terms, valid_from: row.valid_from ?? '', valid_until: row.valid_until,
})

export function useEnding() {
  return useQuery({ queryKey: ['licences', 'ending'], queryFn: ({ signal }) => api.get<{ items: EndingLicence[]; notice_days: number }>('/licences/ending', { signal }) })
}

export async function setTerms(id: string, wish: Terms): Promise<ResourceView> {
  const view = await api.put<ResourceView>(`/resources/${id}/terms`, { ...wish, holder: wish.holder.trim(), terms: wish.terms.trim(), valid_from: wish.valid_from || null, valid_until: wish.valid_until || null })
  resourceChanged(view)
  void queryClient.invalidateQueries({ queryKey: ['licences'] })
  void queryClient.invalidateQueries({ queryKey: ['shell', 'counts'] })
  return view
}

/** Whether a licence of these dates does not hold on a day: what is on the shelf would leave it at once. */
export const outside = (wish: Pick<Terms, 'valid_from' | 'valid_until'>, today: string) => (wish.valid_until !== '' && wish.valid_until < today) || (wish.valid_from !== '' && wish.valid_from > today)

/** How near an end is, as the list says it. */
export function endWords(daysLeft: number): { key: 'left' | 'today' | 'over'; n: number; tone: 'warn' | 'bad' } {
  if (daysLeft < 0) return { key: 'over', n: -daysLeft, tone: 'bad' }
  return daysLeft === 0 ? { key: 'today', n: 0, tone: 'warn' } : { key: 'left', n: daysLeft, tone: 'warn' }
}

/** The same day a year later; 29 February becomes the 28th. */
export function yearLater(day: string): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const last = new Date(Date.UTC(year + 1, month, 0)).getUTCDate()
  return `${year + 1}-${String(month).padStart(2, '0')}-${String(Math.min(date, last)).padStart(2, '0')}`
}
