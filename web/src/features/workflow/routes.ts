import type { FeatureRoute } from '@/app/features'

export const routes: FeatureRoute[] = [
  {
    path: '/review/:id?', name: 'review', component: () => import('./ReviewPage.vue'),
    meta: { title: 'workflow.nav.queue', permission: 'workflow.review', texts: ['resources'], nav: { section: 'work', order: 28, icon: 'check', count: 'review.queue' } },
  },
]
