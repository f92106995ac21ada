import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/** The chosen week stands in the address (`?week=11`), so that it can be sent to a colleague; 0 = the current one. */
export function useWeek(current: () => number) {
  const route = useRoute()
  const router = useRouter()
  const asked = computed(() => {
    const week = Number(route.query.week)
    return Number.isInteger(week) && week > 0 ? week : 0
  })
  const week = computed({
    get: () => asked.value || current(),
    set: (next: number) => {
      const query = { ...route.query }
      if (next === current()) delete query.week
      else query.week = String(next)
      void router.replace({ query })
    },
  })
  return { asked, week }
}
