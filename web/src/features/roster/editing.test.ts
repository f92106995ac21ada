import { expect, it } from 'vitest'
import { Problem } from '@/shared/api/problem'
import { changedMeanwhile, differences, touched } from './editing'

it('knows when somebody else was faster', () => {
  expect(changedMeanwhile(new Problem(409, 'roster.changed_meanwhile'))).toBe(true)
  expect(changedMeanwhile(new Problem(409, 'roster.staff_number_known'))).toBe(false)
  expect(changedMeanwhile(null)).toBe(false)
})
it('shows what the other one changed beside what I wrote, guarded fields by name only', () => {
  expect(differences({ name: '张三', sex: 'male' }, { name: '张山', sex: 'male' }, { name: '张珊', sex: 'female' }, ['name', 'phone'])).toEqual([
    { field: 'name', before: '张三', now: '张山', mine: '张珊' },
    { field: 'phone', before: '', now: '', mine: '' },
  ])
})
it('names the fields that I have touched', () => {
  expect(touched({ name: '张三', sort: 1 }, { name: '张三', sort: 2 })).toEqual(['sort'])
})
