import type { FeatureRoute } from '@/app/features'

const readers = ['leader', 'info_office', 'supervisor']

export const routes: FeatureRoute[] = [
  { path: '/evaluations', name: 'evaluations', component: () => import('./EvaluationsPage.vue'),
    meta: { title: 'evaluation.nav.evaluations', permission: 'indicators.view_evaluations', texts: ['indicators'], nav: { section: 'home', order: 8, icon: 'lock', roles: readers } } },
  { path: '/evaluations/:id', name: 'evaluation', component: () => import('./EvaluationPage.vue'),
    meta: { title: 'evaluation.nav.evaluation', permission: 'indicators.view_evaluations', texts: ['indicators'], parent: 'evaluations' } },
]
