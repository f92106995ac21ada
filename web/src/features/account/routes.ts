import type { FeatureRoute } from '@/app/features'

export const routes: FeatureRoute[] = [
  { path: '/account', name: 'account', component: () => import('./AccountPage.vue'), meta: { title: 'account.title' } },
  { path: '/account/password', name: 'account-password', component: () => import('./PasswordPage.vue'), meta: { title: 'account.password.title', parent: 'account' } },
]
