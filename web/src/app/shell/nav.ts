import type { RouteRecordNormalized } from 'vue-router'

export interface NavLink { name: string; title: string; icon: string; order: number; count?: string; path: string; also?: readonly string[] }
export interface NavSection { section: string; entries: NavLink[] }

/** The modules that a role has, and no more, in sections; a permission hides an entry too. Where something waits
 *  (`count`), whoever is allowed sees the entry, whatever his role. */
export function navFor(routes: readonly Pick<RouteRecordNormalized, 'name' | 'path' | 'meta'>[], role: string, can: (permission: string) => boolean, waiting: (count?: string) => number = () => 0): NavSection[] {
  const sections = new Map<string, NavLink[]>()
  for (const route of routes) {
    const nav = route.meta.nav
    if (!nav || !route.name || !route.meta.title) continue
    if (nav.roles && !nav.roles.includes(role) && waiting(nav.count) === 0) continue
    if (route.meta.permission && !can(route.meta.permission)) continue
    const link: NavLink = { name: String(route.name), title: route.meta.title, icon: nav.icon, order: nav.order, path: route.path }
    if (nav.count) link.count = nav.count
    if (nav.also) link.also = nav.also
    sections.set(nav.section, [...(sections.get(nav.section) ?? []), link])
  }
  return [...sections]
    .map(([section, entries]) => ({ section, entries: entries.sort((a, b) => a.order - b.order) }))
    .sort((a, b) => a.entries[0]!.order - b.entries[0]!.order)
}

/** The entry whose path, or one of the further ones that belong to it, is the longest beginning of the address. `ownClasses`: classes that 我的班 leads to. */
export function activeEntry(sections: readonly NavSection[], path: string, ownClasses: readonly string[] = []): string | null {
  const under = (base: string) => path === base || path.startsWith(`${base}/`)
  const entries = sections.flatMap((section) => section.entries)
  const match = entries.flatMap((entry) => [entry.path, ...(entry.also ?? [])].map((base) => ({ name: entry.name, base }))).filter((one) => under(one.base)).sort((a, b) => b.base.length - a.base.length)[0]
  if (match) return match.name
  return ownClasses.some((id) => under(`/classes/${id}`)) ? entries.find((entry) => entry.name === 'my-class')?.name ?? null : null
}
