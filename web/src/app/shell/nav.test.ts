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
  it('shows an entry to another role as long as something waits there for it', () => {
    const review = [route('review', '/review', { permission: 'review.decide', nav: { section: 'work', order: 30, icon: 'check', roles: ['researcher'], count: 'review.queue' } })]
    const names = (role: string, waiting: number, may = true) => navFor(review, role, () => may, (key) => (key === 'review.queue' ? waiting : 0)).flatMap((part) => part.entries.map((entry) => entry.name))
    expect(names('researcher', 0)).toEqual(['review'])
    expect(names('principal', 0)).toEqual([])
    expect(names('principal', 1)).toEqual(['review'])
    expect(names('teacher', 1, false)).toEqual([])
  })
  it('marks the module that a deeper page belongs to', () => {
    const sections = navFor(routes, 'teacher', () => true)
    expect(activeEntry(sections, '/review/17')).toBe('review')
    expect(activeEntry(sections, '/reviewers')).toBeNull()
  })
  it('marks the entry to which a page belongs whose address begins otherwise', () => {
    const boxes = navFor([route('nodes', '/nodes', { nav: { section: 'admin', order: 88, icon: 'screen', also: ['/lines'] } })], 'info_office', () => true)
    expect(activeEntry(boxes, '/lines/s1')).toBe('nodes')
    expect(activeEntry(boxes, '/linesmen')).toBeNull()
  })
  it('marks the way of a homeroom teacher on the page of his own class only', () => {
    const own = navFor([route('my-class', '/my-class', { nav: { section: 'home', order: 5, icon: 'people' } })], 'homeroom', () => true)
    expect(activeEntry(own, '/classes/c1', ['c1'])).toBe('my-class')
    expect(activeEntry(own, '/classes/c1/slips', ['c1'])).toBe('my-class')
    expect(activeEntry(own, '/classes/c2', ['c1'])).toBeNull()
  })
  it('says how long ago in the largest fitting unit', () => {
    expect(agoKey(30_000)).toEqual({ key: 'app.ago.now', n: 0 })
    expect(agoKey(3 * 60_000)).toEqual({ key: 'app.ago.minutes', n: 3 })
    expect(agoKey(50 * 3_600_000)).toEqual({ key: 'app.ago.days', n: 2 })
  })
})
