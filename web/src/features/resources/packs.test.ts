import { describe, expect, it } from 'vitest'
import { byRole, missingRoles, rowOf } from './packs'
import type { PackRow, Summary } from './types'

const row = (role: PackRow['role'], there = true): PackRow => ({ role, resource_id: role, note: '', item: there ? ({ kind: role } as unknown as Summary) : null, title: '', gone_reason: '' })

describe('a pack of a chapter', () => {
  it('stands in the order of a lesson', () => {
    expect(byRole([row('exercise'), row('plan'), row('other')]).map((one) => one.role)).toEqual(['plan', 'exercise', 'other'])
  })
  it('lacks what nothing usable fills', () => {
    expect(missingRoles([row('plan'), row('video', false), row('other')])).toEqual(['slides', 'video', 'exercise'])
  })
  it('takes a thing in the role of its kind', () => {
    expect(rowOf({ id: 'a', kind: 'audio' } as Summary).role).toBe('video')
    expect(rowOf({ id: 'b', kind: 'picture' } as Summary).role).toBe('other')
  })
})
