import type { RouteRecordRaw } from 'vue-router'
import { loadFeatureTexts } from '@/shared/i18n'

export type LayoutName = 'shell' | 'classroom' | 'plain' | 'screen'
export interface NavEntry {
  /** Entries of one section stand together; sections are ordered by their smallest `order`. */
  section: string
  order: number
  icon: string
  /** Roles that always see the entry; leave out for everybody (or use `meta.permission`). With `count`, others who may see it as long as something waits. */
  roles?: readonly string[]
  /** Further beginnings of addresses at which the entry is the one that is open. */
  also?: readonly string[]
  /** Key in `GET /api/v1/me/counts` whose number stands at the entry. */
  count?: string
}

declare module 'vue-router' {
  interface RouteMeta {
    title?: string
    layout?: LayoutName
    public?: boolean
    permission?: string
    nav?: NavEntry
    homeOf?: readonly string[]
    /** More features whose texts this page uses. */
    texts?: readonly string[]
    feature?: string
    /** Route name of the page above, for the breadcrumb. */
    parent?: string
    /** A page without breadcrumb, e.g. a home. */
    bare?: boolean
  }
}

export type FeatureRoute = RouteRecordRaw

const modules = import.meta.glob<{ routes: FeatureRoute[] }>('../features/*/routes.ts', { eager: true })

function withTexts(record: FeatureRoute, feature: string): FeatureRoute {
  const texts = [feature, ...(record.meta?.texts ?? [])]
  const component = record.component
  const next = { ...record, meta: { ...record.meta, feature } } as FeatureRoute
  if (typeof component === 'function') {
    const load = component as () => Promise<unknown>
    next.component = () => Promise.all([load(), ...texts.map((name) => loadFeatureTexts(name))]).then(([page]) => page as never)
  }
  if (record.children) next.children = record.children.map((child) => withTexts(child, feature))
  return next
}

/** The routes of all feature folders; a page and its texts are fetched side by side. */
export const featureRoutes: FeatureRoute[] = Object.entries(modules)
  .sort(([a], [b]) => a.localeCompare(b))
  .flatMap(([path, module]) => {
    const feature = path.split('/')[2]!
    return module.routes.map((record) => withTexts(record, feature))
  })
