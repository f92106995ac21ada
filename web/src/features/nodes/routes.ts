import type { FeatureRoute } from '@/app/features'

export const routes: FeatureRoute[] = [
  { path: '/nodes', name: 'nodes', component: () => import('./NodesPage.vue'),
    meta: { title: 'nodes.nav.title', permission: 'nodes.view', bare: true, nav: { section: 'admin', order: 88, icon: 'screen', roles: ['info_office', 'sysadmin'], also: ['/lines'] } } },
  { path: '/nodes/map', name: 'node-map', component: () => import('./NodeMapPage.vue'), meta: { title: 'nodes.nav.map', permission: 'nodes.view', parent: 'nodes' } },
  { path: '/nodes/lines', name: 'lines', component: () => import('./LinesPage.vue'), meta: { title: 'nodes.nav.lines', permission: 'nodes.view', parent: 'nodes' } },
  { path: '/lines/:id', name: 'line', component: () => import('./LinePage.vue'), meta: { title: 'nodes.nav.line', permission: 'nodes.view_line' } },
  { path: '/my-line', name: 'my-line', component: () => import('./LinePage.vue'),
    meta: { title: 'nodes.nav.myLine', permission: 'nodes.view_line', bare: true, nav: { section: 'admin', order: 89, icon: 'network', roles: ['technician', 'principal'], also: ['/lines'] } } },
]
