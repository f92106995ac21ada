import { expect, it } from 'vitest'
import { rolesFor } from './grants'

it('offers bureau roles to the security administrator only', () => {
  expect(rolesFor(['secadmin'])).toContain('leader')
  expect(rolesFor(['info_office'])).toEqual(['principal'])
  expect(rolesFor(['principal', 'academic'])).not.toContain('principal')
  expect(rolesFor(['teacher'])).toEqual([])
})
