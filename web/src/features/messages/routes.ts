import type { FeatureRoute } from '@/app/features'

export const routes: FeatureRoute[] = [
  { path: '/messages', name: 'messages', component: () => import('./MessagesPage.vue'), meta: { title: 'messages.nav.messages' } },
]
