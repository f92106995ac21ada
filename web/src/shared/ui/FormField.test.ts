import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { h } from 'vue'
import { createI18n } from 'vue-i18n'
import FormField from './FormField.vue'
import words from './locale/zh-CN.json'

const i18n = createI18n({ legacy: false, locale: 'zh-CN', messages: { 'zh-CN': words as never } })

it('says what the browser finds wrong in its own words at the field, until it is changed', async () => {
  const field = mount(FormField, {
    props: { label: '起用日期', name: 'from' }, attachTo: document.body, global: { plugins: [i18n] },
    slots: { default: (control: Record<string, unknown>) => h('input', { ...control, required: true }) },
  })
  const input = field.find('input')
  const refusal = new Event('invalid', { cancelable: true })
  input.element.dispatchEvent(refusal)
  await field.vm.$nextTick()
  expect(refusal.defaultPrevented).toBe(true)
  expect(field.find('.error').text()).toBe('这一项要填')
  expect(input.attributes('aria-invalid')).toBe('true')
  await input.setValue('2014-11-24')
  expect(field.find('.error').exists()).toBe(false)
  field.unmount()
})
