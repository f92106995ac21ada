import { expect, it } from 'vitest'
import { pinTable } from './pins'

it('keeps the noughts of a PIN, and no name becomes a formula', () => {
  const text = pinTable([{ name: '李雪兰', pin: '0427' }, { name: '=1+1', pin: '9081' }], ['姓名', 'PIN 码'])
  expect(text.split('\r\n')).toEqual(['\ufeff"姓名","PIN 码"', '"李雪兰","0427\t"', `"'=1+1","9081\t"`, ''])
})
