import type { FeatureRoute } from '@/app/features'

const readers = ['leader', 'info_office', 'supervisor', 'principal', 'academic']

export const routes: FeatureRoute[] = [
  { path: '/reports', name: 'reports', component: () => import('./ReportsPage.vue'),
    meta: { title: 'reports.nav.reports', permission: 'reports.view', texts: ['indicators'], nav: { section: 'home', order: 7, icon: 'file', roles: readers, count: 'reports.waiting' } } },
  { path: '/reports/:school/:month', name: 'report', component: () => import('./ReportPage.vue'),
    meta: { title: 'reports.nav.report', permission: 'reports.view', texts: ['indicators'], parent: 'reports' } },
]
