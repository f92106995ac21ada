import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { defineComponent, h, nextTick, ref } from 'vue'
import { createI18n } from 'vue-i18n'
import ErrorSummary from './ErrorSummary.vue'
import FormField from './FormField.vue'
import english from './locale/en.json'
import chinese from './locale/zh-CN.json'

/** A form that has just been refused. */
async function refused(locale: string, found: Record<string, string>, labels?: Record<string, string>) {
  const errors = ref<Record<string, string>>({})
  const shown = mount(defineComponent({
    setup: () => () => h('form', [h(ErrorSummary, { errors: errors.value, labels }), h(FormField, { label: '名称', name: 'school.name', optional: true }, { default: (control: object) => h('input', control) })]),
  }), { attachTo: document.body, global: { plugins: [createI18n({ legacy: false, locale, messages: { 'zh-CN': chinese as never, en: english as never } })] } })
  errors.value = found
  await nextTick()
  return shown
}

it('names the field of each error by its label in the form', async () => {
  const shown = await refused('zh-CN', { 'school.name': '必填。', elsewhere: '没有这样的字段。' })
  expect(shown.findAll('li').map((one) => one.text())).toEqual(['名称：必填。', '没有这样的字段。'])
  expect(shown.find('strong').text()).toBe('有 2 处要改')
  shown.unmount()
})
it('takes the name that the form gives, and counts and points as the language does', async () => {
  const shown = await refused('en', { 'school.name': 'This is needed' }, { 'school.name': 'Name' })
  expect(shown.find('li').text()).toBe('Name: This is needed')
  expect(shown.find('strong').text()).toBe('1 thing to correct')
  shown.unmount()
})
