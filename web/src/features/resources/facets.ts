import type { FacetValue } from './types'

/** Filters of the library that take one value, in the order in which they are offered. */
export const mainFacets = ['subject', 'grade', 'scope'] as const
export const moreFacets = ['stage', 'intake', 'source', 'licence', 'school'] as const
const order: Record<string, readonly string[]> = {
  scope: ['group', 'school', 'area', 'district', 'public'],
  stage: ['preschool', 'primary', 'junior', 'senior', 'vocational'],
}

/** What is offered of a facet: values that something has, and the chosen one; grades and scopes in their order, the rest by count. */
export function facetOptions(name: string, values: FacetValue[], chosen: string): FacetValue[] {
  const some = values.filter((one) => one.value && one.value !== 'none' && (one.count > 0 || one.value === chosen))
  if (chosen && !some.some((one) => one.value === chosen)) some.push({ value: chosen, title: '', count: 0 })
  if (name === 'grade') return some.sort((a, b) => Number(a.value) - Number(b.value))
  const wanted = order[name]
  return wanted ? some.filter((one) => wanted.includes(one.value)).sort((a, b) => wanted.indexOf(a.value) - wanted.indexOf(b.value)) : some
}
