import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, expect, it, vi } from 'vitest'
import { createI18n } from 'vue-i18n'
import { api } from '@/shared/api/client'
import LostResources from './LostResources.vue'
import words from './locale/zh-CN.json'
import type { LostResource, ResourceBrief } from './types'

const i18n = createI18n({ legacy: false, locale: 'zh-CN', messages: { 'zh-CN': { teaching: words } as never } })
const brief = (id: string, title: string, readable: boolean): ResourceBrief => ({ id, title, kind: 'slides', scope: 'district', reviewed: true, readable, mine: false, version: 1, media_type: '', pages: 0, duration_seconds: 0, has_thumbnail: false, recalled_reason: readable ? '' : '图有错' })
const row = (plan: string): LostResource => ({ plan_id: plan, plan_title: '平行四边形的面积', version: 3, next: null, resource: brief('old', '旧课件', false), places: 1, instead: [brief('new', '新课件', true)] })
async function card(props: Record<string, unknown>) {
  vi.spyOn(api, 'get').mockResolvedValue([row('a'), row('b')])
  const shown = mount(LostResources, { props, global: { plugins: [i18n, [VueQueryPlugin, { queryClient: new QueryClient() }]], stubs: { RouterLink: { template: '<a><slot /></a>' } } } })
  await flushPromises()
  return shown
}
afterEach(() => vi.restoreAllMocks())

it('says what was recalled and why, and replaces it with one press', async () => {
  const shown = await card({})
  expect(shown.findAll('li')).toHaveLength(2)
  expect(shown.text()).toContain('图有错')
  const post = vi.spyOn(api, 'post').mockResolvedValue({})
  await shown.find('li button').trigger('click')
  await flushPromises()
  expect(post).toHaveBeenCalledWith('/lesson-plans/a/replace', { version: 3, resource_id: 'old', by: 'new' })
})
it('on the page of a plan it shows what is still in it, and changes what is typed there', async () => {
  const used = { sections: [{ resources: [{ resource_id: 'old' }] }] }
  const shown = await card({ planId: 'b', content: used })
  expect(shown.findAll('li')).toHaveLength(1)
  await shown.find('li button').trigger('click')
  expect(shown.emitted('replace')![0]).toEqual(['old', expect.objectContaining({ id: 'new' })])
  await shown.setProps({ content: { title: '', hours: 1, sections: [], homework: '' } })
  expect(shown.findAll('li')).toHaveLength(0)
})
