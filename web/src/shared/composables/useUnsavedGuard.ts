import { onBeforeUnmount, onMounted, type Ref } from 'vue'
import { onBeforeRouteLeave } from 'vue-router'
import { confirm } from '@/shared/ui/confirm'
import { i18n } from '@/shared/i18n'

/** Asks before leaving while `dirty` is true: in the app by a dialog, for the whole page by the browser. */
export function useUnsavedGuard(dirty: Ref<boolean>) {
  const t = i18n.global.t
  const warn = (event: BeforeUnloadEvent) => { if (dirty.value) event.preventDefault() }
  onMounted(() => window.addEventListener('beforeunload', warn))
  onBeforeUnmount(() => window.removeEventListener('beforeunload', warn))
  onBeforeRouteLeave(async () => {
    if (!dirty.value) return true
    return confirm({ title: t('ui.unsaved.title'), text: t('ui.unsaved.text'), confirmText: t('ui.unsaved.leave'), cancelText: t('ui.unsaved.stay'), danger: true })
  })
}
