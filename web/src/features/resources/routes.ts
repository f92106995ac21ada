import type { FeatureRoute } from '@/app/features'

const contribute = 'resources.contribute'
export const routes: FeatureRoute[] = [
  {
    path: '/subject', name: 'subject-home', component: () => import('./SubjectHomePage.vue'),
    meta: { title: 'resources.nav.subject', permission: 'workflow.review', texts: ['workflow'], bare: true, homeOf: ['researcher'], nav: { section: 'home', order: 5, icon: 'home', roles: ['researcher'] } },
  },
  {
    path: '/resources', name: 'resources', component: () => import('./LibraryPage.vue'),
    meta: { title: 'resources.nav.library', permission: 'resources.view', nav: { section: 'work', order: 30, icon: 'bookOpen' } },
  },
  {
    path: '/resources/mine', name: 'my-resources', component: () => import('./MyResourcesPage.vue'),
    meta: { title: 'resources.nav.mine', permission: contribute, parent: 'resources', nav: { section: 'work', order: 31, icon: 'upload', roles: ['teacher', 'homeroom', 'research_head'] } },
  },
  { path: '/resources/new', name: 'resource-new', component: () => import('./ContributePage.vue'), meta: { title: 'resources.nav.new', permission: contribute, parent: 'resources' } },
  { path: '/resources/:id', name: 'resource', component: () => import('./ResourcePage.vue'), meta: { title: 'resources.nav.one', permission: 'resources.view', parent: 'resources' } },
  { path: '/resources/:id/edit', name: 'resource-edit', component: () => import('./ContributePage.vue'), meta: { title: 'resources.nav.edit', permission: contribute, parent: 'my-resources' } },
]
