import type { Result, State } from './types'

export const grades: readonly Result[] = ['a', 'b', 'c', 'd']
export const stars: readonly Result[] = ['star_1', 'star_2', 'star_3', 'star_4', 'star_5']
/** A result in a few signs: 已阅 comes as a key. */
export const resultSign = (result: Result) => (result.startsWith('star_') ? '★'.repeat(Number(result.slice(5))) : result.length === 1 ? result.toUpperCase() : '')
export const stateTag = (state: State, past: boolean): 'ok' | 'warn' | 'neutral' | 'info' => (state === 'returned' ? 'ok' : state === 'correction' ? 'warn' : state === 'handed_in' ? 'info' : past ? 'warn' : 'neutral')
export const fileAddress = (id: string) => `/api/v1/files/${id}`
export const isPicture = (media: string) => media.startsWith('image/')
export const isPdf = (media: string) => media === 'application/pdf'
/** Where an attachment opens: a pupil has a page of his own for resources. */
export const attachmentTo = (id: string, pupil: boolean) => (pupil ? { name: 'pupil-resource', params: { resourceId: id } } : { path: `/resources/${id}` })
