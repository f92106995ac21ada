import { expect, it } from 'vitest'
import { subjectChoices } from './subjects'

it('offers no two subjects of one name', () => {
  const table = [{ code: '26', title: '信息技术', title_en: 'Information Technology (senior)' }, { code: '61', title: '信息技术', title_en: 'Information Technology' }, { code: '14', title: '数学', title_en: 'Mathematics' }]
  const titles = subjectChoices(table).map((one) => one.title)
  expect(new Set(titles).size).toBe(3)
  expect(titles).toContain('数学')
})
