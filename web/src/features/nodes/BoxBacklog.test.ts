import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { expect, it } from 'vitest'
import { createI18n } from 'vue-i18n'
import BoxBacklog from './BoxBacklog.vue'
import words from './locale/zh-CN.json'
import type { Backlog, SyncStatus } from './links'

const i18n = createI18n({ legacy: false, locale: 'zh-CN', messages: { 'zh-CN': { nodes: words } as never } })
const backlog = { parked_here: 0, parked_there: 0, parked: [], contents_up: 0, bytes_up: 0 } as Backlog
const sync = (state: string, waiting_up: number): SyncStatus => ({ state, waiting_up, boxes: 0, online: 0 })
const shown = (atBox: boolean, of?: SyncStatus) => mount(BoxBacklog, { props: { backlog, atBox, sync: of }, global: { plugins: [i18n, createPinia()], stubs: { RouterLink: true } } }).text()

it('is calm at a box that reaches its parent and has nothing to tell', () => expect(shown(true, sync('ok', 0))).toContain('没有搁置的变更'))
it('says at a box without its parent that it is offline, and how many changes wait', () => {
  const text = shown(true, sync('offline', 7))
  expect(text).toContain('现在连不上上级平台')
  expect(text).toContain('等待上报的变更7')
  expect(text).not.toContain('没有搁置的变更')
})
it('says nothing of the changes of others at the hub', () => expect(shown(false, sync('above', 0))).toContain('没有搁置的变更'))
