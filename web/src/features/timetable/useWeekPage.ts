import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRoute, useRouter } from 'vue-router'
import { api } from '@/shared/api/client'
import { useSession } from '@/shared/session/session'
import type { WeekView } from './model'
import { daysOf } from './rules'
import { useChoices } from './useChoices'

export type Whose = 'mine' | 'class' | 'teacher' | 'school'

/** Whose week is looked at; all of it stands in the address, so that it can be sent to a colleague. */
export function useWeekPage() {
  const route = useRoute()
  const router = useRouter()
  const session = useSession()
  const { t } = useI18n()
  const place = useChoices()
  const { choices, week } = place
  const staff = computed(() => (choices.value?.schools.length ?? 0) > 0)
  const kinds = computed<{ value: Whose; label: string }[]>(() => (['mine', 'class', 'teacher', 'school'] as const)
    .filter((one) => one !== 'mine' || choices.value?.teaches)
    .map((value) => ({ value, label: t(`timetable.of.${value}`) })))
  const whose = computed<Whose>({
    get: () => {
      if (!staff.value) return 'class'
      const asked = route.query.of as Whose | undefined
      if (asked && kinds.value.some((one) => one.value === asked)) return asked
      return choices.value?.teaches && session.role !== 'academic' ? 'mine' : 'class'
    },
    set: (of) => { void router.replace({ query: { ...route.query, of } }) },
  })
  const classes = computed(() => (staff.value ? choices.value?.classes : choices.value?.own_classes) ?? [])
  const pick = (name: 'class' | 'teacher', ids: () => string[]) => computed({
    get: () => { const asked = String(route.query[name] ?? ''); return ids().includes(asked) ? asked : ids()[0] ?? '' },
    set: (id: string) => { void router.replace({ query: { ...route.query, [name]: id } }) },
  })
  const classId = pick('class', () => classes.value.map((one) => one.id))
  const teacherId = pick('teacher', () => (choices.value?.teachers ?? []).map((one) => one.id))
  const target = computed<Record<string, string> | null>((): Record<string, string> | null => {
    if (!choices.value) return null
    if (whose.value === 'mine') return {}
    if (whose.value === 'class') return classId.value ? { class_id: classId.value } : null
    if (whose.value === 'teacher') return teacherId.value ? { teacher_id: teacherId.value } : null
    return place.school.value ? { school_id: place.school.value } : null
  })
  const query = useQuery({
    queryKey: computed(() => ['timetable', 'week', target.value, week.value]),
    queryFn: ({ signal }) => api.get<WeekView>('/timetable/week', { query: { ...target.value, week: week.value }, signal }),
    enabled: computed(() => target.value !== null),
    placeholderData: keepPreviousData,
  })
  const view = computed(() => query.data.value ?? null)
  const days = computed(() => (view.value ? daysOf(view.value.monday, view.value.lessons, view.value.days) : []))
  return { ...place, asked: place.query, staff, kinds, whose, classes, classId, teacherId, target, query, view, days }
}
