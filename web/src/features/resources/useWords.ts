import { useI18n } from 'vue-i18n'
import { formatBytes } from '@/shared/i18n/format'
import type { FacetValue } from './types'
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
  const schools = (n: number) => t('resources.nSchools', { n })
  /** How often and in how many schools the last 30 days used it. */
  const uses = (item: { uses: number; schools: number }) => (item.uses > 0 ? t('resources.used', { n: item.uses, schools: schools(item.schools) }) : t('resources.unused'))
  const kind = (value: string) => t(`resources.kind.${value}`)
  /** A value of a facet in words. */
  function facet(name: string, one: FacetValue) {
    if (one.title) return one.title
    if (name === 'grade') return grade(Number(one.value))
    if (name === 'kind') return kind(one.value)
    return name === 'scope' || name === 'stage' || name === 'source' || name === 'licence' || name === 'intake' ? t(`resources.${name}.${one.value}`) : one.value
  }
  return { grade, grades, extent, schools, uses, kind, facet }
}
