import type { FeatureRoute } from '@/app/features'

const teachers = ['teacher', 'homeroom', 'research_head']

export const routes: FeatureRoute[] = [
  { path: '/homework', name: 'homework', component: () => import('./HomeworkPage.vue'),
    meta: { title: 'homework.nav.homework', permission: 'homework.set', bare: true, nav: { section: 'home', order: 5, icon: 'pencil', roles: teachers, count: 'homework.to_mark' } } },
  { path: '/homework/new', name: 'homework-new', component: () => import('./SetPage.vue'),
    meta: { title: 'homework.set.title', permission: 'homework.set', parent: 'homework', texts: ['teaching'] } },
  { path: '/homework/:id/edit', name: 'homework-edit', component: () => import('./SetPage.vue'),
    meta: { title: 'homework.set.edit', permission: 'homework.set', parent: 'homework', texts: ['teaching'] } },
  { path: '/homework/:id/photos', name: 'homework-photos', component: () => import('./PhotosPage.vue'),
    meta: { title: 'homework.photos.title', permission: 'homework.set', parent: 'homework' } },
  { path: '/homework/:id', name: 'homework-one', component: () => import('./BoardPage.vue'),
    meta: { title: 'homework.photos.list', permission: 'homework.set', parent: 'homework' } },
  { path: '/homework-works/:submissionId', name: 'homework-mark', component: () => import('./MarkPage.vue'),
    meta: { title: 'homework.mark.title', permission: 'homework.set', bare: true } },
  { path: '/homework-load', name: 'homework-load', component: () => import('./LoadPage.vue'),
    meta: { title: 'homework.nav.load', permission: 'homework.view_load', nav: { section: 'work', order: 23, icon: 'chart', roles: [...teachers, 'principal', 'academic'] } } },
  { path: '/homework-limits', name: 'homework-limits', component: () => import('./LimitsPage.vue'),
    meta: { title: 'homework.nav.limits', permission: 'homework.manage_limits', nav: { section: 'admin', order: 84, icon: 'clock', roles: ['info_office'] } } },
  { path: '/my-homework', name: 'my-homework', component: () => import('./PupilPage.vue'),
    meta: { title: 'homework.nav.homework', permission: 'homework.hand_in', bare: true, nav: { section: 'home', order: 2, icon: 'pencil', roles: ['pupil'], count: 'homework.open' } } },
  { path: '/my-homework/:id', name: 'my-homework-one', component: () => import('./PupilOnePage.vue'),
    meta: { title: 'homework.handIn.title', permission: 'homework.hand_in', parent: 'my-homework' } },
  { path: '/children/:childId/homework', name: 'child-homework', component: () => import('./PupilPage.vue'),
    meta: { title: 'homework.nav.homework', permission: 'homework.view_child', bare: true } },
  { path: '/children/:childId/homework/:id', name: 'child-homework-one', component: () => import('./PupilOnePage.vue'),
    meta: { title: 'homework.nav.homework', permission: 'homework.view_child' } },
]
