import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises, mount } from '@vue/test-utils'
import { expect, it, vi } from 'vitest'
import { defineComponent, h, ref } from 'vue'
import { Problem } from '@/shared/api/problem'
import { useImport } from './useImport'

const server = vi.hoisted(() => ({ state: 'checked' }))
vi.mock('@/shared/api/client', () => ({
  send: vi.fn(),
  api: {
    get: vi.fn(async () => ({ id: 'i', state: server.state, columns: [] })),
    post: vi.fn(async () => { throw new Problem(409, 'roster.import_busy') }),
  },
}))

it('follows another window that wrote first', async () => {
  let now!: ReturnType<typeof useImport>
  const page = mount(defineComponent({ setup() { now = useImport(ref('i')); return () => h('p') } }), { global: { plugins: [[VueQueryPlugin, { queryClient: new QueryClient() }]] } })
  await flushPromises()
  expect(now.view.value?.state).toBe('checked')
  server.state = 'written'
  await now.write([])
  expect(now.view.value?.state).toBe('written')
  expect(now.working.value).toBe(false)
  page.unmount()
})
