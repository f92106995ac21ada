import { expect, it } from 'vitest'
import { nextTick } from 'vue'
import { Problem } from '@/shared/api/problem'
import { useForm } from './useForm'

it('takes what was said about fields away, its summary too, as soon as one is changed', async () => {
  const form = useForm({ code: '000000' }, () => Promise.reject(new Problem(400, 'setup.refused', {}, '', '', [{ pointer: '/code', code: 'auth.code_wrong' }])))
  await form.submit()
  expect(Object.keys(form.errors.value)).toEqual(['code'])
  expect(form.problem.value?.status).toBe(400)
  form.values.code = '000001'
  await nextTick()
  expect(form.errors.value).toEqual({})
  expect(form.problem.value).toBeNull()
})

it('keeps a refusal that is about no field', async () => {
  const form = useForm({ name: '' }, () => Promise.reject(new Problem(409, 'roster.name_taken')))
  await form.submit()
  form.values.name = '南县'
  await nextTick()
  expect(form.problem.value?.code).toBe('roster.name_taken')
})
