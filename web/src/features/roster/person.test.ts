import { expect, it } from 'vitest'
import { emptyPerson, filled, relationKey } from './person'

it('sends only what was written', () => {
  expect(filled({ ...emptyPerson(), name: '张立', phone: ' ' })).toEqual({ name: '张立' })
  expect(filled(emptyPerson())).toEqual({})
})

it('knows the codes of relations and leaves words as they are', () => {
  expect(relationKey('52')).toBe('mother')
  expect(relationKey('母亲')).toBe('mother')
  expect(relationKey('姑姑')).toBe('')
})
