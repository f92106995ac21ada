import type { FeatureRoute } from '@/app/features'

export const routes: FeatureRoute[] = [
  {
    path: '/review', name: 'review', component: () => import('./ReviewPage.vue'),
    meta: { title: 'workflow.nav.queue', permission: 'workflow.review', texts: ['resources', 'news'], nav: { section: 'work', order: 28, icon: 'check', count: 'review.queue', roles: ['research_head', 'academic', 'researcher'] } },
  },
  { path: '/review/:id', name: 'review-item', component: () => import('./ReviewPage.vue'), meta: { title: 'workflow.nav.queue', permission: 'workflow.review', texts: ['resources', 'news'] } },
]
