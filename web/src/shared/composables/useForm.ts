import { computed, reactive, ref, toRaw, watch } from 'vue'
import { asProblem, fieldErrors, type Problem } from '@/shared/api/problem'

/** A new UUID, also on a page without TLS. */
export const newId = () => crypto.randomUUID?.() ?? '10000000-1000-4000-8000-100000000000'.replace(/[018]/g, (c) => (Number(c) ^ (crypto.getRandomValues(new Uint8Array(1))[0]! & (15 >> (Number(c) / 4)))).toString(16))

/** A UUID for `Idempotency-Key`: one per form instance; `renew()` after a success. */
export function useIdempotencyKey() {
  const key = ref(newId())
  return { key, renew: () => { key.value = newId() } }
}

/**
 * One form: values, errors by field, dirty flag, and a `submit` that cannot run twice at once.
 * `const form = useForm({ name: '' }, (values, key) => api.post('/classes', values, { idempotencyKey: key }))`
 */
export function useForm<Values extends object, Answer>(initial: Values, send: (values: Values, idempotencyKey: string) => Promise<Answer>) {
  const values = reactive(structuredClone(toRaw(initial))) as Values
  const saved = ref(JSON.stringify(initial))
  const busy = ref(false)
  const problem = ref<Problem | null>(null)
  const errors = ref<Record<string, string>>({})
  const { key, renew } = useIdempotencyKey()
  const dirty = computed(() => JSON.stringify(values) !== saved.value)

  // What was said about fields goes as soon as one is changed, its summary too.
  watch(values, () => {
    if (!Object.keys(errors.value).length) return
    errors.value = {}
    problem.value = null
  })

  function reset(to: Values = initial) {
    Object.assign(values, structuredClone(toRaw(to)))
    saved.value = JSON.stringify(to)
    errors.value = {}
    problem.value = null
    renew()
  }

  async function submit(): Promise<Answer | undefined> {
    if (busy.value) return undefined
    busy.value = true
    problem.value = null
    errors.value = {}
    try {
      const answer = await send(toRaw(values) as Values, key.value)
      saved.value = JSON.stringify(values)
      renew()
      return answer
    } catch (error) {
      problem.value = asProblem(error)
      errors.value = fieldErrors(error)
      if (problem.value.status >= 400 && problem.value.status < 500) renew() // refused, so the next try is a new request
      return undefined
    } finally {
      busy.value = false
    }
  }

  return { values, errors, problem, busy, dirty, submit, reset }
}
