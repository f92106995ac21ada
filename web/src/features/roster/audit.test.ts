import { expect, it } from 'vitest'
import { actionKey, detailText } from './audit'

it('says the plain values of a detail in one line', () => {
  expect(detailText({ reason: '核对', people: ['a'], kind: '' })).toBe('reason: 核对')
  expect(detailText(null)).toBe('')
})
it('makes a key of an action', () => { expect(actionKey('session.sign_in')).toBe('session_sign_in') })
