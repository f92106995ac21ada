import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { createI18n } from 'vue-i18n'
import NumberTile from './NumberTile.vue'
import { icons } from './icons'
import words from './locale/zh-CN.json'

const i18n = createI18n({ legacy: false, locale: 'zh-CN', messages: { 'zh-CN': words as never } })
const trend = (delta: number | undefined, digits?: number) => mount(NumberTile, { props: { label: '覆盖率', value: 61, unit: '%', delta, digits }, global: { plugins: [i18n], stubs: { RouterLink: true } } }).find('.trend')

it.each([
  [1.6, '较上周 +1.6', icons.arrowUp],
  [-0.4, '较上周 −0.4', icons.arrowDown],
  [0, '与上周持平', icons.minus],
  [0.04, '与上周持平', icons.minus],
])('says of %d what it says to the eye', (delta, text, icon) => {
  expect(trend(delta).text()).toBe(text)
  expect(trend(delta).find('path').attributes('d')).toBe(icon)
})
it('says nothing where there is nothing to compare with', () => {
  expect(trend(undefined).exists()).toBe(false)
  expect(trend(0.04, 2).text()).toBe('较上周 +0.04')
})
