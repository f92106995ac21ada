/** What the server answers; the names are those of src/modules/messages/service.hpp. */
export const kinds = [
  'change_asked', 'change_filed', 'change_agreed', 'change_declined', 'change_ready', 'change_approved', 'change_refused', 'change_taken_back',
  'lesson_changed', 'lesson_restored', 'homework_returned', 'homework_correction', 'review_returned', 'review_approved', 'resource_recalled',
  'resource_marked', 'resource_unmarked',
  'report_to_sign', 'report_to_pass_on', 'report_returned', 'news_returned', 'news_published', 'news_withdrawn', 'news_to_confirm', 'resource_here', 'request_gone', 'push_unused',
] as const
export type Kind = (typeof kinds)[number]
export interface Message {
  id: string
  kind: Kind
  asks: boolean
  href: string
  who: string
  title: string
  place: string
  date: string | null
  period: number
  subject: string
  month: string
  at: number
  read: boolean
}
export interface Inbox { items: Message[]; next: string | null; unread: number }

/** What a message looks like: by what it is about. */
export const iconOf = (kind: Kind) =>
  kind.startsWith('change') ? 'refresh' : kind.startsWith('lesson') ? 'calendar' : kind.startsWith('homework') ? 'pencil' : kind.startsWith('report') || kind.startsWith('news') ? 'file' : 'book'

/** The sentence's blanks; what is missing leaves a shorter sentence (`.bare`). */
const named: readonly Kind[] = ['review_returned', 'review_approved', 'resource_recalled', 'resource_marked', 'resource_unmarked', 'news_returned', 'news_published', 'news_withdrawn', 'news_to_confirm']
export const bare = (one: Pick<Message, 'who' | 'title' | 'kind'>) => (one.title === '' && named.includes(one.kind)) || (one.who === '' && ['change_asked', 'change_agreed', 'change_declined', 'lesson_changed', 'homework_returned', 'homework_correction'].includes(one.kind))

/** Messages under their days, newest first. */
export function byDay(items: readonly Message[], dayOf: (at: number) => string): { day: string; items: Message[] }[] {
  const days: { day: string; items: Message[] }[] = []
  for (const one of items) {
    const day = dayOf(one.at)
    const last = days.at(-1)
    if (last?.day === day) last.items.push(one)
    else days.push({ day, items: [one] })
  }
  return days
}
