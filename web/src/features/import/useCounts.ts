import { useI18n } from 'vue-i18n'
import { formatNumber } from '@/shared/i18n/format'

/** Numbers of an import: `n` alone, `many` within a text whose words follow it. */
export function useCounts() {
  const { t } = useI18n()
  const n = (value: number) => formatNumber(value)
  return { t, n, many: (key: string, value: number) => t(key, { n: n(value) }, value) }
}
