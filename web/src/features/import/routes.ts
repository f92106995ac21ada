import type { FeatureRoute } from '@/app/features'

const clerks = ['info_office', 'registry_clerk', 'academic'] as const

export const routes: FeatureRoute[] = [
  { path: '/imports', name: 'imports', component: () => import('./ImportsPage.vue'),
    meta: { title: 'import.nav.imports', permission: 'roster.import', nav: { section: 'work', order: 44, icon: 'people', roles: clerks } } },
  { path: '/imports/:id', name: 'import', component: () => import('./ImportPage.vue'),
    meta: { title: 'import.nav.one', permission: 'roster.import', parent: 'imports' } },
]
