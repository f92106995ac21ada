import type { FeatureRoute } from '@/app/features'

const district = ['leader', 'info_office', 'researcher', 'supervisor']

export const routes: FeatureRoute[] = [
  { path: '/cockpit', name: 'cockpit', component: () => import('./CockpitPage.vue'),
    meta: { title: 'indicators.nav.cockpit', permission: 'indicators.view_district', nav: { section: 'home', order: 1, icon: 'home', roles: district }, homeOf: ['leader', 'supervisor'] } },
  { path: '/cockpit/screen', name: 'cockpit-screen', component: () => import('./BigScreenPage.vue'),
    meta: { title: 'indicators.nav.screen', layout: 'screen', permission: 'indicators.view_district' } },
  { path: '/principal', name: 'principal-home', component: () => import('./PrincipalPage.vue'),
    meta: { title: 'indicators.nav.principal', permission: 'indicators.view_school', bare: true, texts: ['reports'], nav: { section: 'home', order: 1, icon: 'today', roles: ['principal'] }, homeOf: ['principal'] } },
  { path: '/indicators', name: 'indicators', component: () => import('./IndicatorsPage.vue'),
    meta: { title: 'indicators.nav.indicators', nav: { section: 'home', order: 5, icon: 'chart', roles: [...district, 'principal', 'academic'] } } },
  { path: '/indicators/targets', name: 'indicator-targets', component: () => import('./TargetsPage.vue'),
    meta: { title: 'indicators.nav.targets', permission: 'indicators.view_district', parent: 'indicators' } },
  { path: '/indicators/:code', name: 'indicator', component: () => import('./IndicatorPage.vue'),
    meta: { title: 'indicators.nav.indicator', parent: 'indicators', texts: ['resources'] } },
  { path: '/profiles', name: 'school-profiles', component: () => import('./ProfilesPage.vue'),
    meta: { title: 'indicators.nav.profiles', permission: 'indicators.view_district', nav: { section: 'home', order: 6, icon: 'school', roles: district } } },
  { path: '/profiles/:id', name: 'school-profile', component: () => import('./ProfilePage.vue'),
    meta: { title: 'indicators.nav.profile', parent: 'school-profiles' } },
]
