import { flushPromises, mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { createI18n } from 'vue-i18n'
import { createMemoryHistory, createRouter } from 'vue-router'
import { Problem } from '@/shared/api/problem'
import ErrorPanel from './ErrorPanel.vue'
import english from './locale/en.json'

const page = { template: '<i />' }
async function panel(status: number, props: object = {}) {
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: page }, { path: '/works/:id', component: page, meta: { title: 'ui.close' } }] })
  await router.push('/works/1')
  const shown = mount(ErrorPanel, { props: { problem: new Problem(status, 'homework.submission_not_found'), ...props }, global: { plugins: [router, createI18n({ legacy: false, locale: 'en', messages: { en: english as never } })] } })
  return { router, shown }
}

it('leads back where trying again is of no use, and heads a page that has nothing else', async () => {
  const { router, shown } = await panel(404, { page: true })
  expect(shown.find('h1').text()).toBe('Close')
  await shown.find('button').trigger('click')
  await flushPromises()
  expect(router.currentRoute.value.path).toBe('/')
  expect(shown.emitted('retry')).toBeUndefined()
})

it('offers another try for what may pass, also in a small place', async () => {
  for (const [status, props] of [[503, {}], [404, { compact: true }]] as const) {
    const { shown } = await panel(status, props)
    await shown.find('button').trigger('click')
    expect(shown.emitted('retry')).toHaveLength(1)
    expect(shown.find('h1').exists()).toBe(false)
  }
})
