import type { FeatureRoute } from '@/app/features'

export const routes: FeatureRoute[] = [
  { path: '/nodes', name: 'nodes', component: () => import('./NodesPage.vue'),
    meta: { title: 'nodes.nav.title', permission: 'nodes.view', bare: true, nav: { section: 'admin', order: 88, icon: 'screen', roles: ['info_office', 'sysadmin'] } } },
]
