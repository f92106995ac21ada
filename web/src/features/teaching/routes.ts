import type { FeatureRoute } from '@/app/features'

const teachers = ['teacher', 'homeroom', 'research_head'] as const

export const routes: FeatureRoute[] = [
  { path: '/today', name: 'today', component: () => import('./TodayPage.vue'),
    meta: { title: 'teaching.nav.today', permission: 'teaching.teach', homeOf: ['teacher', 'homeroom', 'research_head'], bare: true, texts: ['home', 'homework', 'timetable'], nav: { section: 'home', order: 1, icon: 'today', roles: teachers } } },
  { path: '/prepare', name: 'prepare', component: () => import('./PreparePage.vue'),
    meta: { title: 'teaching.nav.prepare', permission: 'teaching.prepare', bare: true, nav: { section: 'home', order: 2, icon: 'book', roles: teachers } } },
  { path: '/prepare/:planId', name: 'plan', component: () => import('./PreparePage.vue'),
    meta: { title: 'teaching.nav.prepare', permission: 'teaching.prepare', bare: true } },
  { path: '/prepare/:planId/print', name: 'plan-print', component: () => import('./PlanPrintPage.vue'),
    meta: { title: 'teaching.print', permission: 'teaching.prepare', layout: 'plain', bare: true } },
  { path: '/classroom', name: 'classroom', component: () => import('./ClassroomPage.vue'),
    meta: { title: 'teaching.nav.classroom', permission: 'teaching.teach', layout: 'classroom', nav: { section: 'home', order: 3, icon: 'teach', roles: teachers } } },
  { path: '/classroom/cards', name: 'card-reader', component: () => import('./CardReaderPage.vue'),
    meta: { title: 'teaching.cards.reader', permission: 'teaching.teach', layout: 'plain', bare: true } },
  { path: '/code-cards', name: 'code-cards', component: () => import('./CodeCardsPage.vue'),
    meta: { title: 'teaching.cards.title', permission: 'teaching.teach', layout: 'plain', bare: true } },
  { path: '/records', name: 'records', component: () => import('./RecordsPage.vue'),
    meta: { title: 'teaching.nav.records', permission: 'teaching.view_own_records', bare: true, nav: { section: 'home', order: 4, icon: 'badge', roles: teachers } } },
  { path: '/room-computers', name: 'room-computers', component: () => import('./ComputersPage.vue'),
    meta: { title: 'teaching.nav.computers', permission: 'teaching.manage_computers', bare: true, nav: { section: 'work', order: 38, icon: 'screen', roles: ['technician', 'academic', 'principal'] } } },
  { path: '/school-records', name: 'school-records', component: () => import('./SchoolRecordsPage.vue'),
    meta: { title: 'teaching.nav.schoolRecords', permission: 'teaching.view_school_records', bare: true, nav: { section: 'work', order: 36, icon: 'list', roles: ['principal', 'academic'] } } },
  { path: '/supervision/lesson', name: 'lesson-look', component: () => import('./LessonLookPage.vue'),
    meta: { title: 'teaching.nav.look', permission: 'teaching.supervise', bare: true, nav: { section: 'work', order: 37, icon: 'eye', roles: ['supervisor'] } } },
  { path: '/my-day', name: 'pupil-today', component: () => import('./PupilTodayPage.vue'),
    meta: { title: 'teaching.nav.today', permission: 'teaching.view_class_resources', homeOf: ['pupil'], bare: true, texts: ['homework'], nav: { section: 'home', order: 1, icon: 'today', roles: ['pupil'] } } },
  { path: '/my-day/resource/:resourceId', name: 'pupil-resource', component: () => import('./PupilResourcePage.vue'),
    meta: { title: 'teaching.pupil.given', permission: 'teaching.view_class_resources', parent: 'pupil-today' } },
  { path: '/pair/:code?', name: 'pair', component: () => import('./PairPage.vue'), meta: { title: 'teaching.pair.title', permission: 'auth.approve_screen', bare: true } },
]
