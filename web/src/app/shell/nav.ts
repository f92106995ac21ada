import type { RouteRecordNormalized } from 'vue-router'

export interface NavLink { name: string; title: string; icon: string; order: number; count?: string; path: string }
export interface NavSection { section: string; entries: NavLink[] }

/** The modules that a role has, and no more, in sections; a permission hides an entry too. */
export function navFor(routes: readonly Pick<RouteRecordNormalized, 'name' | 'path' | 'meta'>[], role: string, can: (permission: string) => boolean): NavSection[] {
  const sections = new Map<string, NavLink[]>()
  for (const route of routes) {
    const nav = route.meta.nav
    if (!nav || !route.name || !route.meta.title) continue
    if (nav.roles && !nav.roles.includes(role)) continue
    if (route.meta.permission && !can(route.meta.permission)) continue
    const link: NavLink = { name: String(route.name), title: route.meta.title, icon: nav.icon, order: nav.order, path: route.path }
    if (nav.count) link.count = nav.count
    sections.set(nav.section, [...(sections.get(nav.section) ?? []), link])
  }
  return [...sections]
    .map(([section, entries]) => ({ section, entries: entries.sort((a, b) => a.order - b.order) }))
    .sort((a, b) => a.entries[0]!.order - b.entries[0]!.order)
}

/** The entry whose path is the longest beginning of the address. */
export function activeEntry(sections: readonly NavSection[], path: string): string | null {
  const match = sections
    .flatMap((section) => section.entries)
    .filter((entry) => path === entry.path || path.startsWith(`${entry.path}/`))
    .sort((a, b) => b.path.length - a.path.length)[0]
  return match?.name ?? null
}
