import type { FeatureRoute } from '@/app/features'

export const routes: FeatureRoute[] = [
  { path: '/certificate', name: 'certificate', component: () => import('./CertificatePage.vue'), meta: { layout: 'plain', public: true, title: 'certificate.title' } },
]
