import type { FeatureRoute } from '@/app/features'

const admin = 'admin'
export const routes: FeatureRoute[] = [
  {
    path: '/orgs', name: 'roster-orgs', component: () => import('./OrgPage.vue'),
    meta: { title: 'roster.nav.orgs', permission: 'roster.view_orgs', nav: { section: admin, order: 80, icon: 'network', roles: ['leader', 'info_office', 'principal', 'academic', 'registry_clerk', 'secadmin', 'sysadmin'] } },
  },
  { path: '/schools/:id', name: 'roster-school', component: () => import('./SchoolPage.vue'), meta: { title: 'roster.school.title', permission: 'roster.view_orgs', parent: 'roster-orgs' } },
  {
    path: '/my-class', name: 'my-class', component: () => import('./MyClassPage.vue'),
    meta: { title: 'roster.nav.myClass', permission: 'roster.record_consent', bare: true, nav: { section: 'home', order: 5, icon: 'people', roles: ['homeroom'] } },
  },
  { path: '/classes/:id', name: 'roster-class', component: () => import('./ClassPage.vue'), meta: { title: 'roster.class.title', permission: 'roster.view_orgs' } },
  { path: '/classes/:id/slips', name: 'roster-slips', component: () => import('./SlipsPage.vue'), meta: { title: 'roster.slips.title', permission: 'roster.issue_codes' } },
  {
    path: '/people', name: 'roster-people', component: () => import('./PeoplePage.vue'),
    meta: { title: 'roster.nav.people', permission: 'roster.view_people', nav: { section: admin, order: 82, icon: 'people', roles: ['info_office', 'principal', 'academic', 'registry_clerk', 'homeroom', 'secadmin'] } },
  },
  { path: '/people/:id', name: 'roster-person', component: () => import('./PersonPage.vue'), meta: { title: 'roster.person.title' } },
  {
    path: '/terms', name: 'roster-terms', component: () => import('./TermsPage.vue'),
    meta: { title: 'roster.nav.terms', permission: 'roster.manage_terms', nav: { section: admin, order: 86, icon: 'calendar' } },
  },
  {
    path: '/codes', name: 'roster-codes', component: () => import('./CodesPage.vue'),
    meta: { title: 'roster.nav.codes', permission: 'roster.manage_codes', nav: { section: admin, order: 87, icon: 'table' } },
  },
  {
    path: '/accounts', name: 'roster-accounts', component: () => import('./AccountsPage.vue'),
    meta: { title: 'roster.nav.accounts', permission: 'auth.view_accounts', nav: { section: admin, order: 88, icon: 'key' } },
  },
  {
    path: '/roles', name: 'roster-grants', component: () => import('./GrantsPage.vue'),
    meta: { title: 'roster.nav.grants', permission: 'auth.view_grants', nav: { section: admin, order: 89, icon: 'badge', roles: ['secadmin', 'info_office', 'principal', 'academic', 'auditor'] } },
  },
  {
    path: '/audit', name: 'roster-audit', component: () => import('./AuditPage.vue'),
    meta: { title: 'roster.nav.audit', permission: 'auth.view_audit', nav: { section: admin, order: 90, icon: 'shield' }, homeOf: ['auditor'] },
  },
]
