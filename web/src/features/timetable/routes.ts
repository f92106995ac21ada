import type { FeatureRoute } from '@/app/features'

const office = ['academic', 'principal']
const staff = ['academic', 'principal', 'teacher', 'homeroom', 'research_head', 'technician']

export const routes: FeatureRoute[] = [
  { path: '/academic', name: 'academic-home', component: () => import('./HomePage.vue'),
    meta: { title: 'timetable.nav.home', permission: 'timetable.substitute', bare: true, homeOf: ['academic'], nav: { section: 'home', order: 1, icon: 'today', roles: ['academic'] } } },
  { path: '/timetable', name: 'timetable', component: () => import('./WeekPage.vue'),
    meta: { title: 'timetable.nav.week', nav: { section: 'work', order: 22, icon: 'calendar', roles: [...staff, 'pupil', 'guardian'] } } },
  { path: '/timetable/changes', name: 'timetable-changes', component: () => import('./ChangesPage.vue'),
    meta: { title: 'timetable.nav.changes', permission: 'timetable.substitute', nav: { section: 'work', order: 24, icon: 'refresh', roles: office, count: 'changes.waiting' } } },
  { path: '/timetable/changes/sheet', name: 'timetable-sheet', component: () => import('./SheetPage.vue'),
    meta: { title: 'timetable.nav.sheet', permission: 'timetable.view', parent: 'timetable' } },
  { path: '/my-changes', name: 'my-changes', component: () => import('./MyChangesPage.vue'),
    meta: { title: 'timetable.nav.mine', permission: 'timetable.view', nav: { section: 'work', order: 23, icon: 'refresh', roles: ['teacher', 'homeroom', 'research_head'], count: 'changes.asked' } } },
  { path: '/timetable/patrol', name: 'timetable-patrol', component: () => import('./PatrolPage.vue'),
    meta: { title: 'timetable.nav.patrol', permission: 'timetable.patrol', nav: { section: 'work', order: 25, icon: 'eye', roles: office } } },
  { path: '/timetable/check', name: 'timetable-check', component: () => import('./CheckPage.vue'),
    meta: { title: 'timetable.nav.check', permission: 'timetable.view', nav: { section: 'work', order: 26, icon: 'list', roles: [...office, 'info_office', 'supervisor'] } } },
  { path: '/timetable/plan', name: 'course-plan', component: () => import('./PlanPage.vue'),
    meta: { title: 'timetable.nav.plan', permission: 'timetable.view', nav: { section: 'admin', order: 83, icon: 'book', roles: ['info_office', 'academic'] } } },
  { path: '/timetable/settings', name: 'timetable-settings', component: () => import('./SettingsPage.vue'),
    meta: { title: 'timetable.nav.settings', permission: 'timetable.view', nav: { section: 'admin', order: 82, icon: 'clock', roles: [...office, 'info_office'] } } },
  { path: '/timetable/import', name: 'timetable-import', component: () => import('./ImportPage.vue'),
    meta: { title: 'timetable.nav.import', permission: 'timetable.edit', parent: 'timetable' } },
]
