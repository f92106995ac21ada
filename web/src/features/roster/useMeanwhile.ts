import { ref, type Ref } from 'vue'
import { asProblem, type Problem } from '@/shared/api/problem'
import { toast } from '@/shared/ui/toast'
import { changedMeanwhile, differences, type Difference } from './editing'

/**
 * A form over something with a version. After a refusal because of another's change it fetches what stands there now;
 * the person decides whose values go on, and only his own fields are sent again.
 */
export function useMeanwhile<Page extends { version: number }, Values extends object>(options: {
  fetch: () => Promise<Page>
  valuesOf: (page: Page) => Values
  values: Values
  problem: Ref<Problem | null>
}) {
  const began = ref<Values | null>(null) as Ref<Values | null>
  const version = ref(0)
  const rows = ref<Difference[] | null>(null)
  const refusal = ref<Problem | null>(null) as Ref<Problem | null>
  const loading = ref(false)
  let now: Page | null = null

  function open(page: Page) {
    began.value = options.valuesOf(page)
    version.value = page.version
    rows.value = null
    refusal.value = null
  }
  /** After a refused save; true if it was refused because somebody else was faster. */
  async function meet(): Promise<boolean> {
    if (!changedMeanwhile(options.problem.value)) return false
    refusal.value = options.problem.value
    options.problem.value = null
    loading.value = true
    try {
      now = await options.fetch()
      const touchedThere = String(refusal.value!.params.fields ?? '').split(',').filter(Boolean)
      rows.value = differences(began.value as never, options.valuesOf(now) as never, options.values as never, touchedThere)
    } catch (error) {
      options.problem.value = asProblem(error)
      toast.failed(error)
    } finally {
      loading.value = false
    }
    return true
  }
  /** `theirs`: my form begins anew from what stands there; `mine`: what I wrote stays, and stands on the new version. */
  function settle(which: 'mine' | 'theirs') {
    if (!now) return
    const next = options.valuesOf(now)
    for (const field of Object.keys(next) as (keyof Values)[]) {
      const own = String(options.values[field]) !== String(began.value?.[field])
      if (which === 'theirs' || !own) options.values[field] = next[field]
    }
    open(now)
  }
  return { began, version, rows, refusal, loading, open, meet, settle }
}
