import type { FeatureRoute } from '@/app/features'
import { i18n } from '@/shared/i18n'

/** Sample modules for pictures of the shell; only in the kit build. */
const entries = [
  ['cockpit', 'home', '驾驶舱', 'Cockpit'], ['numbers', 'chart', '指标', 'Indicators'], ['schools', 'school', '学校画像', 'Schools'],
  ['money', 'money', '项目与经费', 'Projects'], ['notes', 'message', '通报批示', 'Notices'], ['devices', 'wrench', '设备与工单', 'Devices'],
] as const
i18n.global.mergeLocaleMessage('zh-CN', { sample: Object.fromEntries(entries.map(([key, , zh]) => [key, zh])) } as never)
i18n.global.mergeLocaleMessage('en', { sample: Object.fromEntries(entries.map(([key, , , en]) => [key, en])) } as never)

export const kitRoutes: FeatureRoute[] = [
  { path: '/_kit', name: 'kit', component: () => import('./KitPage.vue'), meta: { layout: 'plain' } },
  ...entries.map(([key, icon], index): FeatureRoute => ({
    path: `/sample/${key}`, name: key, component: () => import('./SamplePage.vue'),
    meta: { title: `sample.${key}`, nav: { section: index < 4 ? 'work' : 'more', order: index, icon, count: index === 3 ? 'demo' : undefined }, homeOf: index === 0 ? ['leader'] : [] } as never,
  })),
]
