import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { beforeEach, expect, it, vi } from 'vitest'
import { createI18n } from 'vue-i18n'
import { api } from '@/shared/api/client'
import { Problem } from '@/shared/api/problem'
import NeighbourDialog from './NeighbourDialog.vue'
import words from './locale/zh-CN.json'
import type { NeighbourList } from './links'

const i18n = createI18n({ legacy: false, locale: 'zh-CN', messages: { 'zh-CN': { nodes: words } as never }, missingWarn: false, fallbackWarn: false })
const list = (items: NeighbourList['items'] = []): NeighbourList => ({ items, asked_by: [], choices: [{ org_id: 'a', name: '北洲子镇永兴小学' }, { org_id: 'b', name: '渔场小学' }], editable: true })
const dialog = (of: NeighbourList) => mount(NeighbourDialog, { props: { org: 'own', name: '宏发小学', list: of }, global: { plugins: [i18n, createPinia()], stubs: { AppDialog: { template: '<div><slot /><slot name="footer" /></div>' } } } })
beforeEach(() => vi.restoreAllMocks())

it('saves what was chosen, in its order, once box and address are there', async () => {
  const put = vi.spyOn(api, 'put').mockResolvedValue(list())
  const shown = dialog(list())
  const save = () => shown.find('button[type=submit]')
  expect(save().attributes('disabled')).toBeDefined()
  await shown.find('select').setValue('b')
  expect(save().attributes('disabled')).toBeDefined()
  await shown.find('input').setValue('http://192.168.3.10:8080')
  expect(save().attributes('disabled')).toBeUndefined()
  await shown.find('form').trigger('submit')
  await flushPromises()
  expect(put).toHaveBeenCalledWith('/links/own/neighbours', { items: [{ org_id: 'b', address: 'http://192.168.3.10:8080' }] })
  expect(shown.emitted('saved')).toHaveLength(1)
})

it('takes them all away, and keeps one that has no box any more in sight', async () => {
  const put = vi.spyOn(api, 'put').mockResolvedValue(list())
  const shown = dialog(list([{ org_id: 'gone', name: '种福小学', address: 'http://10.0.0.1', state: 'revoked' }]))
  expect(shown.text()).toContain('种福小学')
  await shown.find('[aria-label="移除第 1 台"]').trigger('click')
  await shown.find('form').trigger('submit')
  await flushPromises()
  expect(put).toHaveBeenCalledWith('/links/own/neighbours', { items: [] })
})

it('says at the field what is wrong with it', async () => {
  vi.spyOn(api, 'put').mockRejectedValue(new Problem(422, 'core.invalid', {}, '', '', [{ pointer: '/items/0/address', code: 'nodes.neighbour.address' }]))
  const shown = dialog(list([{ org_id: 'a', name: '永兴小学', address: 'http://10.0.0.1', state: 'active' }]))
  await shown.find('input').setValue('http://8.8.8.8')
  await shown.find('form').trigger('submit')
  await flushPromises()
  expect(shown.find('#field-items-0-address').attributes('aria-invalid')).toBe('true')
  expect(shown.emitted('saved')).toBeUndefined()
})
