import type { FeatureRoute } from '@/app/features'

const write = 'news.write'
export const routes: FeatureRoute[] = [
  { path: '/news', name: 'news', component: () => import('./NewsPage.vue'), meta: { title: 'news.nav.list', permission: 'news.view', nav: { section: 'work', order: 34, icon: 'message', count: 'news.unread' } } },
  { path: '/news/mine', name: 'my-news', component: () => import('./MyNewsPage.vue'), meta: { title: 'news.nav.mine', permission: write, parent: 'news' } },
  { path: '/news/write/:id?', name: 'news-write', component: () => import('./EditNewsPage.vue'), meta: { title: 'news.nav.new', permission: write, parent: 'my-news' } },
  { path: '/open/news', name: 'open-news', component: () => import('./OpenNewsPage.vue'), meta: { title: 'news.nav.list', layout: 'plain', public: true, texts: ['resources'] } },
  { path: '/open/news/:id', name: 'open-news-one', component: () => import('./OpenArticlePage.vue'), meta: { title: 'news.nav.list', layout: 'plain', public: true, texts: ['resources'] } },
  { path: '/news/:id', name: 'news-one', component: () => import('./ArticlePage.vue'), meta: { title: 'news.nav.one', permission: 'news.view', parent: 'news', texts: ['resources'] } },
]
