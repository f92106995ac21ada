import { useI18n } from 'vue-i18n'
import { formatBytes } from '@/shared/i18n/format'
import { formatDuration, gradeSpan } from './kinds'

/** Small texts that every screen about resources needs. */
export function useWords() {
  const { t } = useI18n()
  const grade = (number: number) => t(`resources.grade.${number}`)
  function grades(from: number, to: number) {
    const span = gradeSpan(from, to)
    if (span.key === 'all') return t('resources.grades.all')
    return span.key === 'one' ? grade(from) : t('resources.grades.span', { from: grade(from), to: grade(to) })
  }
  /** 14 页, 6:12, or the size. */
  function extent(item: { pages: number; duration_seconds: number; size: number }) {
    if (item.pages > 0) return t('resources.pages', { n: item.pages })
    if (item.duration_seconds > 0) return formatDuration(item.duration_seconds)
    return item.size > 0 ? formatBytes(item.size) : ''
  }
  const kind = (value: string) => t(`resources.kind.${value}`)
  return { grade, grades, extent, kind }
}
