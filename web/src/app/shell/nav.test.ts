import { describe, expect, it } from 'vitest'
import { activeEntry, navFor } from './nav'
import { agoKey } from './ago'

const route = (name: string, path: string, meta: object) => ({ name, path, meta: { title: `x.${name}`, ...meta } }) as never
const routes = [
  route('admin', '/admin', { nav: { section: 'admin', order: 90, icon: 'gear', roles: ['sysadmin'] } }),
  route('review', '/review', { permission: 'review.decide', nav: { section: 'work', order: 30, icon: 'check' } }),
  route('today', '/today', { nav: { section: 'home', order: 0, icon: 'today', roles: ['teacher'] } }),
  route('detail', '/review/:id', {}),
]

describe('the rail', () => {
  it('shows the modules of a role and no more', () => {
    expect(navFor(routes, 'teacher', () => false).flatMap((part) => part.entries.map((entry) => entry.name))).toEqual(['today'])
    expect(navFor(routes, 'teacher', () => true).map((part) => part.section)).toEqual(['home', 'work'])
  })
  it('marks the module that a deeper page belongs to', () => {
    const sections = navFor(routes, 'teacher', () => true)
    expect(activeEntry(sections, '/review/17')).toBe('review')
    expect(activeEntry(sections, '/reviewers')).toBeNull()
  })
  it('says how long ago in the largest fitting unit', () => {
    expect(agoKey(30_000)).toEqual({ key: 'app.ago.now', n: 0 })
    expect(agoKey(3 * 60_000)).toEqual({ key: 'app.ago.minutes', n: 3 })
    expect(agoKey(50 * 3_600_000)).toEqual({ key: 'app.ago.days', n: 2 })
  })
})
