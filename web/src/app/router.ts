import { createRouter, createWebHistory, isNavigationFailure, NavigationFailureType, type RouteRecordRaw } from 'vue-router'
import { i18n, loadFeatureTexts, loadNavTitles } from '@/shared/i18n'
import { asProblem, Problem } from '@/shared/api/problem'
import { useSession } from '@/shared/session/session'
import { toast } from '@/shared/ui/toast'
import { featureRoutes } from './features'
import { failure, navigationBegins, navigationEnds } from './failure'

const own: RouteRecordRaw[] = [
  { path: '/', name: 'root', component: () => import('./pages/HomePage.vue'), meta: { bare: true } },
  { path: '/forbidden', name: 'forbidden', component: () => import('./pages/ForbiddenPage.vue'), meta: { title: 'app.forbidden.title', bare: true } },
  { path: '/:rest(.*)*', name: 'not-found', component: () => import('./pages/NotFoundPage.vue'), meta: { title: 'app.notFound.title', bare: true } },
]
if (import.meta.env.DEV || import.meta.env.MODE === 'kit') own.unshift(...(await import('../../tests/kit/routes')).kitRoutes)

export const router = createRouter({
  history: createWebHistory(),
  routes: [...featureRoutes, ...own],
  scrollBehavior: (to, from, saved) => saved ?? (to.hash ? { el: to.hash, top: 72 } : to.path === from.path ? {} : { top: 0 }),
})

/** Name of the page that is the home of a role, if some feature offers one. */
export function homeOf(role: string): string | null {
  const found = router.getRoutes().find((route) => route.meta.homeOf?.includes(role))
  return (found?.name as string | undefined) ?? null
}

router.beforeEach(async (to) => {
  failure.value = null
  navigationBegins()
  const session = useSession()
  for (const record of to.matched) for (const name of [record.meta.feature, ...(record.meta.texts ?? [])]) if (name) void loadFeatureTexts(name).catch(() => undefined)
  if (to.meta.public) return true
  if (!session.asked || !session.signedIn) {
    try {
      await session.load()
    } catch (error) {
      failure.value = asProblem(error)
      return true
    }
  }
  if (!session.signedIn) return { name: 'signin', query: to.fullPath === '/' ? {} : { next: to.fullPath } }
  if (session.session?.must_change_password && to.name !== 'first-password') return { name: 'first-password', query: to.fullPath === '/' ? {} : { next: to.fullPath } }
  // An administrator may do nothing before the second step is on; the server answers nothing else either.
  const second = session.session?.totp_required && !session.session.totp_enrolled && !session.session.must_change_password
  if (second && to.name !== 'second-factor') return { name: 'second-factor', query: to.fullPath === '/' ? {} : { next: to.fullPath } }
  if (to.meta.permission && !session.can(to.meta.permission)) return { name: 'forbidden', query: { from: to.fullPath } }
  if (to.name === 'root') {
    const home = homeOf(session.role)
    if (home) return { name: home, replace: true }
  }
  return true
})

router.beforeResolve(async (to) => {
  const layout = to.meta.layout ?? 'shell'
  if (layout === 'shell') await Promise.all([loadNavTitles(), ensureShell()])
  else if (!to.meta.public) await ensureShell()
})

let ready: Promise<void> | null = null
let prepare: () => Promise<void> = async () => {}
/** What only signed-in pages need (the query library) is fetched with the first of them. */
export function setShellPreparation(work: () => Promise<void>) { prepare = work }
function ensureShell() { return (ready ??= prepare()) }

router.afterEach((to, _from, stopped) => {
  if (!isNavigationFailure(stopped, NavigationFailureType.cancelled)) navigationEnds() // else another one goes on
  const title = to.meta.title ? i18n.global.t(to.meta.title) : ''
  document.title = title ? `${title} · ${i18n.global.t('app.name')}` : i18n.global.t('app.name')
})

router.onError((error, to, from) => {
  navigationEnds()
  // Without a line the page that is open stays, with all that was typed.
  if (!navigator.onLine && from.matched.length > 0) {
    toast.failed(new Problem(0, 'network.unreachable'))
    return
  }
  // After an update the old page's chunks are gone: load the new version once instead of failing.
  if (/dynamically imported module|Importing a module script failed|Failed to fetch/i.test(String(error?.message))) {
    const key = `santong.reloaded.${to.path}`
    if (!sessionStorage.getItem(key)) {
      sessionStorage.setItem(key, '1')
      location.assign(to.fullPath)
      return
    }
  }
  failure.value = asProblem(error)
})
