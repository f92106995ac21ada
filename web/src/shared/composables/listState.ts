/** The state of a list as it stands in the address bar, so that it can be sent to a colleague. */
export interface ListState { q: string; sort: string; facets: Record<string, string[]>; after: string | null }

type RawQuery = Record<string, string | null | undefined | (string | null)[]>
const first = (value: RawQuery[string]) => (Array.isArray(value) ? value[0] : value) ?? ''

/** `prefix` keeps two lists of one page apart: "t." gives ?t.q=… */
export function readListState(query: RawQuery, facetKeys: readonly string[], prefix = ''): ListState {
  const facets: Record<string, string[]> = {}
  for (const key of facetKeys) {
    const values = first(query[prefix + key]).split(',').filter(Boolean)
    if (values.length) facets[key] = values
  }
  return { q: first(query[prefix + 'q']), sort: first(query[prefix + 'sort']), facets, after: first(query[prefix + 'after']) || null }
}

/** The query with this list's state in it; other keys of the address stay. */
export function writeListState(query: RawQuery, state: ListState, facetKeys: readonly string[], prefix = ''): Record<string, string> {
  const next: Record<string, string> = {}
  const own = new Set(['q', 'sort', 'after', ...facetKeys].map((key) => prefix + key))
  for (const [key, value] of Object.entries(query)) if (!own.has(key) && first(value)) next[key] = first(value)
  if (state.q) next[prefix + 'q'] = state.q
  if (state.sort) next[prefix + 'sort'] = state.sort
  if (state.after) next[prefix + 'after'] = state.after
  for (const key of facetKeys) {
    const values = state.facets[key]
    if (values?.length) next[prefix + key] = values.join(',')
  }
  return next
}

/** What the server is asked: several values of a facet are one comma-separated value. */
export function listQuery(state: ListState, limit: number): Record<string, string | number | null> {
  const query: Record<string, string | number | null> = { q: state.q, sort: state.sort, after: state.after, limit }
  for (const [key, values] of Object.entries(state.facets)) query[key] = values.join(',')
  return query
}

/** Adds or takes away one value of a facet; a change starts again at the first page. */
export function toggleFacet(state: ListState, key: string, value: string, single = false): ListState {
  const had = state.facets[key] ?? []
  const on = had.includes(value)
  const values = on ? had.filter((one) => one !== value) : single ? [value] : [...had, value]
  const facets = { ...state.facets }
  if (values.length) facets[key] = values
  else delete facets[key]
  return { ...state, facets, after: null }
}
