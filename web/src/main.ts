import '@/shared/theme/tokens.css'
import '@/shared/theme/base.css'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from '@/app/App.vue'
import { router, setShellPreparation } from '@/app/router'
import { firstLanguage, i18n, setLanguage } from '@/shared/i18n'
import { useSession, wireSession } from '@/shared/session/session'

const app = createApp(App)
app.use(createPinia())
app.use(i18n)
wireSession(useSession(), () => {
  const { name, fullPath } = router.currentRoute.value
  if (name !== 'signin') void router.push({ name: 'signin', query: { next: fullPath, expired: '1' } })
})
setShellPreparation(async () => {
  const [{ installQuery }] = await Promise.all([import('@/shared/api/query'), import('@/shared/theme/element.css')])
  installQuery(app)
})
void setLanguage(firstLanguage()).then(() => {
  app.use(router)
  app.mount('#app')
})
