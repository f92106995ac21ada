import { expect, it } from 'vitest'
import { foundCodes, nextCode } from './codes'
import type { CodeItem } from './types'

const item = (code: string, title: string, title_en = '', version = '2012'): CodeItem => ({ version, code, title, title_en, valid_from: null, valid_to: null })
const items = [item('13', '语文', 'Chinese'), item('14', '数学', 'Mathematics'), item('L01', '大通湖生态', '', 'own')]

it('finds an entry by its code and by either name', () => {
  expect(foundCodes(items, '14').map((one) => one.code)).toEqual(['14'])
  expect(foundCodes(items, ' math').map((one) => one.code)).toEqual(['14'])
  expect(foundCodes(items, '生态').map((one) => one.code)).toEqual(['L01'])
  expect(foundCodes(items, '')).toHaveLength(3)
})

it('offers the first code of the district that was never given', () => {
  expect(nextCode(items)).toBe('L02')
  expect(nextCode([])).toBe('L01')
  expect(nextCode(Array.from({ length: 99 }, (_, n) => item(`L${String(n + 1).padStart(2, '0')}`, 'x')))).toBe('')
})
