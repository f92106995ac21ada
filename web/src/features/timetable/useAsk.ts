import { useQuery } from '@tanstack/vue-query'
import { computed, reactive, ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { api } from '@/shared/api/client'
import { useForm } from '@/shared/composables/useForm'
import { addDays, mondayOf, weekOfTerm } from '@/shared/time/weeks'
import { isLive, missingOf, missingText, noWish, sent } from './changes'
import type { ChangeCause, ChangeRequest, MyChanges, WeekLesson, WeekView, Wish } from './model'
import { useChoices } from './useChoices'

/** Asking for lessons of one's own: which, why, and what is proposed for each. */
export function useAsk(mine: MyChanges, start: { date?: string; lesson?: string }) {
  const { t } = useI18n()
  const place = useChoices()
  const shown = ref(mondayOf(start.date || mine.today))
  const number = computed(() => (place.choices.value ? weekOfTerm(shown.value, place.choices.value.week_one_monday) : 0))
  const query = useQuery({
    queryKey: computed(() => ['timetable', 'week', {}, number.value]),
    queryFn: ({ signal }) => api.get<WeekView>('/timetable/week', { query: { week: number.value }, signal }),
    enabled: computed(() => number.value > 0),
  })
  const asked = new Set(mine.asked.filter((one) => isLive(one.request.state)).map((one) => `${one.request.class_id}/${one.request.date}/${one.request.period}`))
  const open = (one: WeekLesson) => one.lesson.source === 'timetable' && one.lesson.state !== 'cancelled' && one.lesson.date >= mine.first_day && one.lesson.date <= mine.last_day && !asked.has(`${one.lesson.class_id}/${one.lesson.date}/${one.lesson.period}`)
  /** Days that are over come only when they are asked for. */
  const past = ref((start.date ?? mine.today) < mine.today)
  const within = computed(() => (query.data.value?.lessons ?? []).filter((one) => one.lesson.date >= mine.first_day && one.lesson.date <= mine.last_day))
  const hidden = computed(() => !past.value && within.value.some((one) => one.lesson.date < mine.today))
  const days = computed(() => {
    const lessons = within.value.filter((one) => past.value || one.lesson.date >= mine.today)
    return [...new Set(lessons.map((one) => one.lesson.date))].map((date) => ({ date, lessons: lessons.filter((one) => one.lesson.date === date).map((one) => ({ one, open: open(one) })) }))
  })
  const chosen = reactive(new Map<string, { one: WeekLesson; wish: Wish }>())
  const picked = computed(() => [...chosen.values()].sort((a, b) => a.one.lesson.start_at - b.one.lesson.start_at))
  const away = computed(() => [...new Set(picked.value.map((row) => row.one.lesson.date))])
  const has = (one: WeekLesson) => chosen.has(one.lesson.id)
  function pick(one: WeekLesson, on = !has(one)) {
    if (on && !has(one)) chosen.set(one.lesson.id, { one, wish: noWish() })
    if (!on) chosen.delete(one.lesson.id)
    delete missing.lessons
  }
  const openOf = (date: string) => days.value.find((day) => day.date === date)?.lessons.filter((row) => row.open).map((row) => row.one) ?? []
  const whole = (date: string) => openOf(date).length > 0 && openOf(date).every(has)
  const pickDay = (date: string) => { const on = !whole(date); for (const one of openOf(date)) pick(one, on) }
  const missing = reactive<Record<string, string>>({})
  const form = useForm({ cause: 'leave' as ChangeCause, reason: '' }, (values, key) =>
    api.post<{ items: ChangeRequest[] }>('/change-requests', { ...values, lessons: picked.value.map(({ one, wish }) => ({ lesson_id: one.lesson.id, ...sent(wish) })) }, { idempotencyKey: key }))
  async function send() {
    for (const key of Object.keys(missing)) delete missing[key]
    if (!picked.value.length) missing.lessons = t('timetable.ask.pickOne')
    if (!form.values.reason.trim()) missing.reason = t('ui.form.required')
    for (const { one, wish } of picked.value) {
      const lacks = missingOf(wish)
      if (lacks) missing[one.lesson.id] = t(missingText[lacks])
    }
    return Object.keys(missing).length ? undefined : form.submit()
  }
  const dirty = computed(() => form.dirty.value || chosen.size > 0)
  const move = (weeks: number) => { shown.value = addDays(shown.value, 7 * weeks) }
  const may = (weeks: number) => { const monday = addDays(shown.value, 7 * weeks); return monday >= mondayOf(mine.first_day) && monday <= mine.last_day }
  return { ...place, query, number, past, hidden, days, picked, away, has, pick, whole, pickDay, openOf, missing, form, send, dirty, move, may }
}
