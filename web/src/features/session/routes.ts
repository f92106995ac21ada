import type { FeatureRoute } from '@/app/features'

const open = { layout: 'plain', public: true } as const

export const routes: FeatureRoute[] = [
  { path: '/signin', name: 'signin', component: () => import('./SignInPage.vue'), meta: { ...open, title: 'session.title' } },
  { path: '/signin/pupil', name: 'signin-pupil', component: () => import('./PupilClassPage.vue'), meta: { ...open, title: 'session.pupil.title' } },
  { path: '/signin/pupil/:classId', name: 'signin-pupil-name', component: () => import('./PupilNamePage.vue'), meta: { ...open, title: 'session.pupil.title' } },
  { path: '/signin/pupil/:classId/:personId', name: 'signin-pupil-pin', component: () => import('./PupilPinPage.vue'), meta: { ...open, title: 'session.pupil.title' } },
  { path: '/first-password', name: 'first-password', component: () => import('./FirstPasswordPage.vue'), meta: { layout: 'plain', title: 'session.first.title', texts: ['account'] } },
  { path: '/second-factor', name: 'second-factor', component: () => import('./SecondFactorPage.vue'), meta: { layout: 'plain', title: 'session.second.title', texts: ['account'] } },
]
