import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, expect, it, vi } from 'vitest'
import { createI18n } from 'vue-i18n'
import { api } from '@/shared/api/client'
import ImportGuardians from './ImportGuardians.vue'
import words from './locale/zh-CN.json'
import type { ImportView, UntoldGuardian } from './model'

const i18n = createI18n({ legacy: false, locale: 'zh-CN', messages: { 'zh-CN': { import: words } as never } })
const row = (id: string, ended: number | null): UntoldGuardian => ({ guardianship_id: id, row: 2, pupil_id: 'p', pupil_name: '张三丰', class_name: '五(1)班', guardian_name: '张大山', relation: '51', from_date: '2014-09-01', chosen: ended !== null, ended_at: ended })
const view = { id: 'i', kind: 'pupils', untold: 2 } as unknown as ImportView
async function card(fixed: boolean, rows: UntoldGuardian[]) {
  vi.spyOn(api, 'get').mockResolvedValue({ items: rows })
  const shown = mount(ImportGuardians, { props: { view, fixed, chosen: [], 'onUpdate:chosen': (chosen: string[]) => shown.setProps({ chosen }) }, global: { plugins: [i18n, [VueQueryPlugin, { queryClient: new QueryClient() }]], stubs: { RouterLink: true } } })
  await flushPromises()
  return shown
}
afterEach(() => vi.restoreAllMocks())

it('keeps every guardian until one is ticked', async () => {
  const shown = await card(false, [row('a', null), row('b', null)])
  const boxes = shown.findAll<HTMLInputElement>('input[type=checkbox]')
  expect(boxes.map((box) => box.element.checked)).toEqual([false, false])
  await boxes[1]!.setValue(true)
  expect(shown.props('chosen')).toEqual(['b'])
  expect(shown.text()).toContain('张大山（五(1)班 张三丰的家长，第 2 行）')
})
it('says after the write who was ended, and takes that back', async () => {
  const shown = await card(true, [row('a', 1), row('b', null)])
  expect(shown.findAll('input')).toHaveLength(0)
  expect(shown.findAll('button')).toHaveLength(1)
  const post = vi.spyOn(api, 'post').mockResolvedValue({ items: [row('a', null), row('b', null)] })
  await shown.find('button').trigger('click')
  await flushPromises()
  expect(post).toHaveBeenCalledWith('/imports/i/guardians/a/restore', {})
  expect(shown.findAll('button')).toHaveLength(0)
})
