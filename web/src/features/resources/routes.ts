import type { FeatureRoute } from '@/app/features'

const contribute = 'resources.contribute'
export const routes: FeatureRoute[] = [
  {
    path: '/subject', name: 'subject-home', component: () => import('./SubjectHomePage.vue'),
    meta: { title: 'resources.nav.subject', permission: 'workflow.review', texts: ['workflow', 'news'], bare: true, homeOf: ['researcher'], nav: { section: 'home', order: 0, icon: 'today', roles: ['researcher'] } },
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
  {
    path: '/resources/collections', name: 'collections', component: () => import('./CollectionsPage.vue'),
    meta: { title: 'resources.nav.collections', permission: contribute, parent: 'resources', nav: { section: 'work', order: 32, icon: 'folder', roles: ['teacher', 'homeroom', 'research_head', 'researcher'] } },
  },
  { path: '/resources/collections/:id', name: 'collection', component: () => import('./CollectionPage.vue'), meta: { title: 'resources.nav.collection', permission: contribute, parent: 'collections' } },
  { path: '/resources/packs/new', name: 'pack-new', component: () => import('./PackPage.vue'), meta: { title: 'resources.nav.newPack', permission: contribute, parent: 'resources' } },
  { path: '/resources/:id/pack', name: 'pack-edit', component: () => import('./PackPage.vue'), meta: { title: 'resources.nav.pack', permission: contribute, parent: 'my-resources' } },
  {
    path: '/resources/licences', name: 'licences', component: () => import('./LicencesPage.vue'),
    meta: { title: 'resources.nav.licences', permission: 'resources.recall', parent: 'resources', nav: { section: 'work', order: 33, icon: 'clock', roles: ['info_office', 'researcher', 'academic'], count: 'resources.licences' } },
  },
  { path: '/open', name: 'open', component: () => import('./OpenPage.vue'), meta: { title: 'resources.open.title', layout: 'plain', public: true } },
  { path: '/open/:id', name: 'open-one', component: () => import('./OpenOnePage.vue'), meta: { title: 'resources.open.title', layout: 'plain', public: true } },
  { path: '/resources/intakes', name: 'intakes', component: () => import('./IntakesPage.vue'), meta: { title: 'resources.nav.intakes', permission: contribute, parent: 'my-resources' } },
  { path: '/resources/intakes/:id', name: 'intake', component: () => import('./IntakePage.vue'), meta: { title: 'resources.nav.intake', permission: contribute, parent: 'intakes' } },
  { path: '/resources/:id', name: 'resource', component: () => import('./ResourcePage.vue'), meta: { title: 'resources.nav.one', permission: 'resources.view', parent: 'resources', texts: ['push'] } },
  { path: '/resources/:id/edit', name: 'resource-edit', component: () => import('./ContributePage.vue'), meta: { title: 'resources.nav.edit', permission: contribute, parent: 'my-resources' } },
]
