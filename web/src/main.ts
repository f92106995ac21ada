import '@/shared/theme/tokens.css'
import '@/shared/theme/base.css'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from '@/app/App.vue'
import { router, setShellPreparation } from '@/app/router'
import { firstLanguage, followOtherWindows, i18n, setLanguage } from '@/shared/i18n'
import { useSession, wireSession } from '@/shared/session/session'

const app = createApp(App)
app.use(createPinia())
app.use(i18n)
wireSession(useSession(), () => {
  const { meta, fullPath } = router.currentRoute.value
  // a new page, so that nothing of this person stays on the screen or in memory
  if (!meta.public) location.replace(router.resolve({ name: 'signin', query: { next: fullPath, expired: '1' } }).href)
})
// A page that the browser kept and shows again may belong to somebody who has signed out since.
window.addEventListener('pageshow', (event) => { if (event.persisted) location.reload() })
setShellPreparation(async () => {
  const [{ installQuery }] = await Promise.all([import('@/shared/api/query'), import('@/shared/theme/element.css')])
  installQuery(app)
})
followOtherWindows()
void setLanguage(firstLanguage()).then(() => {
  app.use(router)
  app.mount('#app')
})
