import { onScopeDispose, ref, watch, type Ref } from 'vue'

/** A ref that follows another one after it has been quiet for `ms`. */
export function refDebounced<T>(source: Ref<T>, ms: number): Ref<T> {
  const out = ref(source.value) as Ref<T>
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(source, (value) => {
    clearTimeout(timer)
    timer = setTimeout(() => { out.value = value }, ms)
  })
  onScopeDispose(() => clearTimeout(timer))
  return out
}
