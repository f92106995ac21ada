import type { FeatureRoute } from '@/app/features'

export const routes: FeatureRoute[] = [
  { path: '/setup', name: 'setup', component: () => import('./SetupPage.vue'), meta: { title: 'setup.title', layout: 'plain', public: true } },
]
