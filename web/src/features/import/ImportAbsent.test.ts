import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { createI18n } from 'vue-i18n'
import ImportAbsent from './ImportAbsent.vue'
import words from './locale/zh-CN.json'
import type { ImportView } from './model'

const i18n = createI18n({ legacy: false, locale: 'zh-CN', messages: { 'zh-CN': { import: words } as never } })
const place = { school_name: '河坝镇中心小学', rows: 40, here: 44 }
const view = { id: 'i', kind: 'pupils', end_in: ['a'], cover: [{ ...place, place_id: 'a', name: '五(1)班', absent: 4, unknown: 0 }, { ...place, place_id: 'b', name: '五(2)班', absent: 2, unknown: 3 }] } as unknown as ImportView
const card = (fixed: boolean) => mount(ImportAbsent, { props: { view, fixed, chosen: [] }, global: { plugins: [i18n, [VueQueryPlugin, { queryClient: new QueryClient() }]], stubs: { RouterLink: true } } })

it('lets people end class by class before the write', () => {
  const shown = card(false)
  expect(shown.findAll('input[type=checkbox]').map((box) => box.attributes('disabled') !== undefined)).toEqual([false, true])
  expect(shown.text()).toContain('改好后再试一遍')
})
it('says after the write what was done, and nothing that can no longer be done', () => {
  const shown = card(true)
  expect(shown.findAll('input')).toHaveLength(0)
  expect(shown.text()).toContain('河坝镇中心小学 五(1)班：4 人已算离开')
  expect(shown.text()).toContain('河坝镇中心小学 五(2)班：2 人照旧')
  expect(shown.text()).not.toContain('再试一遍')
})
