import { computed, inject, onScopeDispose, provide, shallowReactive, type InjectionKey, type Ref } from 'vue'

const parts: InjectionKey<Set<Readonly<Ref<boolean>>>> = Symbol('parts of a dialog with unsaved work')

/** For the dialog: whether a part of it holds something unsaved. */
export function provideDialogWork() {
  const held = shallowReactive(new Set<Readonly<Ref<boolean>>>())
  provide(parts, held)
  return computed(() => [...held].some((one) => one.value))
}

/** For a part shown inside a dialog: while `dirty`, the dialog asks before it closes. Elsewhere it does nothing. */
export function useDialogWork(dirty: Readonly<Ref<boolean>>) {
  const held = inject(parts, null)
  held?.add(dirty)
  onScopeDispose(() => held?.delete(dirty))
}
