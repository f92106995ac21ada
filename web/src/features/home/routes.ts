import type { FeatureRoute } from '@/app/features'

export const routes: FeatureRoute[] = [
  { path: '/children', name: 'guardian-home', component: () => import('./GuardianPage.vue'),
    meta: { title: 'home.nav.children', permission: 'roster.view_orgs', texts: ['timetable', 'roster', 'homework'], bare: true, homeOf: ['guardian'], nav: { section: 'home', order: 1, icon: 'today', roles: ['guardian'] } } },
  { path: '/office', name: 'office-home', component: () => import('./OfficePage.vue'),
    meta: { title: 'home.nav.office', permission: 'roster.import', texts: ['import'], bare: true, homeOf: ['info_office', 'registry_clerk'], nav: { section: 'home', order: 0, icon: 'today', roles: ['info_office', 'registry_clerk'] } } },
  { path: '/rooms', name: 'technician-home', component: () => import('./RoomsPage.vue'),
    meta: { title: 'home.nav.rooms', permission: 'timetable.view', texts: ['timetable'], bare: true, homeOf: ['technician'], nav: { section: 'home', order: 1, icon: 'screen', roles: ['technician'] } } },
  { path: '/system', name: 'system-home', component: () => import('./SystemPage.vue'),
    meta: { title: 'home.nav.system', permission: 'auth.view_accounts', bare: true, homeOf: ['sysadmin', 'secadmin'], nav: { section: 'home', order: 1, icon: 'shield', roles: ['sysadmin', 'secadmin'] } } },
]
