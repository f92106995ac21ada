import { useInfiniteQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRoute, useRouter } from 'vue-router'
import { api } from '@/shared/api/client'
import { useLive } from '@/shared/api/live'
import { formatNamedDay } from '@/shared/i18n/format'
import { useSession } from '@/shared/session/session'
import { toast } from '@/shared/ui/toast'
import { useSubjects } from '../roster/useSubjects'
import { bare, type Inbox, type Message } from './model'

/** One's own messages, page by page; anew when one comes. */
export function useInbox() {
  const { t, locale } = useI18n()
  const session = useSession()
  const client = useQueryClient()
  const { title: subject } = useSubjects()
  const route = useRoute()
  const router = useRouter()
  /** Stands in the address, so that a reload and the way back show the same. */
  const unreadOnly = computed({ get: () => route.query.unread === '1', set: (only) => void router.replace({ query: only ? { unread: '1' } : {} }) })
  const query = useInfiniteQuery({
    queryKey: computed(() => ['messages', session.session?.person_id, unreadOnly.value]),
    queryFn: ({ signal, pageParam }) => api.get<Inbox>('/me/messages', { query: { before: pageParam || undefined, unread: unreadOnly.value || undefined }, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
  })
  const items = computed(() => query.data.value?.pages.flatMap((page) => page.items) ?? [])
  const unread = computed(() => query.data.value?.pages[0]?.unread ?? 0)
  const again = () => Promise.all([client.invalidateQueries({ queryKey: ['messages'] }), client.invalidateQueries({ queryKey: ['shell', 'counts'] })])
  if (session.session) useLive(`messages:${session.session.person_id}`, () => void again())
  const month = (text: string) => new Intl.DateTimeFormat(locale.value === 'en' ? 'en-GB' : 'zh-CN', { year: 'numeric', month: 'long', timeZone: 'UTC' }).format(new Date(`${text}-15T00:00:00Z`))
  const lesson = (one: Message) => (one.date && one.period ? t('messages.lesson', { day: formatNamedDay(one.date), n: one.period }) : one.date ? formatNamedDay(one.date) : '')
  const text = (one: Message) =>
    t(`messages.${bare(one) ? 'bare' : 'kind'}.${one.kind}`, { who: one.who, title: one.title, place: one.place, lesson: lesson(one), subject: one.subject ? subject(one.subject) : '', month: one.month ? month(one.month) : '' }).replace(/ {2,}/g, ' ').trim()
  async function read(one: Message) {
    if (one.read) return
    try { await api.post(`/me/messages/${one.id}/read`, {}, { quiet: true }) } catch { return } // still unread: nothing is lost
    await again()
  }
  const busy = ref(false)
  async function readAll() {
    const newest = items.value[0]
    if (!newest || busy.value) return
    busy.value = true
    try {
      await api.post('/me/messages/read-all', { newest: newest.id })
      await again()
    } catch (error) { toast.failed(error) } finally { busy.value = false }
  }
  return { t, query, items, unread, unreadOnly, text, read, readAll, busy }
}
