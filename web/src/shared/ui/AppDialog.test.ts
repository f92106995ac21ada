import { mount } from '@vue/test-utils'
import { afterEach, expect, it } from 'vitest'
import { defineComponent, h, ref } from 'vue'
import { createI18n } from 'vue-i18n'
import AppDialog from './AppDialog.vue'
import { useDialogWork } from './dialogWork'
import { question } from './confirm'
import words from './locale/zh-CN.json'

const i18n = createI18n({ legacy: false, locale: 'zh-CN', messages: { 'zh-CN': words as never } })
const dialog = (dirty: boolean) => mount(AppDialog, { props: { open: true, title: '新增学期', dirty }, attachTo: document.body, global: { plugins: [i18n], stubs: { teleport: true } } })
const settled = () => new Promise((done) => setTimeout(done))
afterEach(() => { question.value = null })

it('closes at once while nothing is written in it', async () => {
  const shown = dialog(false)
  await shown.find('dialog').trigger('keydown', { key: 'Escape' })
  await settled()
  expect(question.value).toBeNull()
  expect(shown.emitted('close')).toHaveLength(1)
  shown.unmount()
})
it.each([
  ['Esc', (shown: ReturnType<typeof dialog>) => shown.find('dialog').trigger('keydown', { key: 'Escape' })],
  ['a click beside it', (shown: ReturnType<typeof dialog>) => shown.find('dialog').trigger('click')],
  ['the cross', (shown: ReturnType<typeof dialog>) => shown.find('header button').trigger('click')],
])('asks before %s throws away what was written', async (_, leave) => {
  const shown = dialog(true)
  await leave(shown)
  expect(question.value?.title).toBe('填的还没保存，要关掉吗？')
  question.value!.answer(false)
  await settled()
  expect(shown.emitted('close')).toBeUndefined()
  await leave(shown)
  question.value!.answer(true)
  await settled()
  expect(shown.emitted('close')).toHaveLength(1)
  shown.unmount()
})
it('begins in its first field where a keyboard is at hand, and leaves a phone alone', async () => {
  const match = window.matchMedia
  for (const keyboard of [true, false]) {
    window.matchMedia = (query: string) => ({ ...match.call(window, query), matches: keyboard })
    const shown = mount(AppDialog, { props: { open: true, title: '登记电脑' }, slots: { default: '<p>说明</p><input type="hidden"><input disabled><input id="first"><input>' }, attachTo: document.body, global: { plugins: [i18n], stubs: { teleport: true } } })
    await settled()
    expect(document.activeElement?.id === 'first').toBe(keyboard)
    shown.unmount()
  }
  window.matchMedia = match
})
it('asks while a part of it holds work, in the words that were given', async () => {
  const dirty = ref(false)
  const part = defineComponent({ setup() { useDialogWork(dirty); return () => h('p') } })
  const shown = mount(AppDialog, { props: { open: true, title: '登录码', asks: { title: '记下来了吗？' } }, slots: { default: () => h(part) }, attachTo: document.body, global: { plugins: [i18n], stubs: { teleport: true } } })
  await shown.find('dialog').trigger('keydown', { key: 'Escape' })
  await settled()
  expect(shown.emitted('close')).toHaveLength(1)
  dirty.value = true
  await shown.find('dialog').trigger('keydown', { key: 'Escape' })
  expect(question.value?.title).toBe('记下来了吗？')
  question.value!.answer(false)
  await settled()
  expect(shown.emitted('close')).toHaveLength(1)
  shown.unmount()
})
