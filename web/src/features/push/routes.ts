import type { FeatureRoute } from '@/app/features'

const view = 'push.view'
export const routes: FeatureRoute[] = [
  {
    path: '/push', name: 'push', component: () => import('./BoardPage.vue'),
    meta: { title: 'push.nav.board', permission: view, texts: ['resources'], nav: { section: 'admin', order: 86, icon: 'send', roles: ['info_office', 'researcher', 'leader', 'technician', 'principal', 'academic'] } },
  },
  { path: '/push/orders', name: 'push-orders', component: () => import('./OrdersPage.vue'), meta: { title: 'push.nav.orders', permission: view, parent: 'push', texts: ['resources'] } },
  { path: '/push/new', name: 'push-new', component: () => import('./NewOrderPage.vue'), meta: { title: 'push.nav.new', permission: 'push.manage', parent: 'push', texts: ['resources', 'roster'] } },
  { path: '/push/rules', name: 'push-rules', component: () => import('./RulesPage.vue'), meta: { title: 'push.nav.rules', permission: view, parent: 'push', texts: ['resources', 'roster'] } },
  { path: '/push/requests', name: 'push-requests', component: () => import('./RequestsPage.vue'), meta: { title: 'push.nav.requests', permission: 'push.request' } },
  { path: '/push/receipts', name: 'push-receipts', component: () => import('./ReceiptsPage.vue'), meta: { title: 'push.nav.receipts', permission: view, parent: 'push', texts: ['resources'] } },
  { path: '/push/disks', name: 'push-disks', component: () => import('./DisksPage.vue'), meta: { title: 'push.nav.disks', permission: 'push.carry', parent: 'push' } },
  { path: '/push/orders/:id', name: 'push-order', component: () => import('./OrderPage.vue'), meta: { title: 'push.nav.order', permission: view, parent: 'push', texts: ['resources'] } },
]
