import { describe, expect, it } from 'vitest'
import { listQuery, readListState, toggleFacet, writeListState } from './listState'

const keys = ['subject', 'state']

describe('a list in the address bar', () => {
  it('reads what it wrote', () => {
    const state = { q: '张', sort: '-name', facets: { subject: ['语文', '数学'] }, after: 'k9' }
    expect(readListState(writeListState({}, state, keys), keys)).toEqual(state)
  })
  it('leaves the other keys of the address alone', () => {
    expect(writeListState({ week: '12', q: 'old' }, { q: '', sort: '', facets: {}, after: null }, keys)).toEqual({ week: '12' })
  })
  it('keeps two lists of a page apart by their prefix', () => {
    const query = writeListState({ q: 'left' }, { q: 'right', sort: '', facets: {}, after: null }, keys, 't.')
    expect(query).toEqual({ q: 'left', 't.q': 'right' })
  })
  it('ignores what is not a facet of this list', () => {
    expect(readListState({ other: 'x', subject: '' }, keys).facets).toEqual({})
  })
  it('starts at the first page again when a filter changes', () => {
    const state = { q: '', sort: '', facets: { state: ['open'] }, after: 'k9' }
    expect(toggleFacet(state, 'state', 'open')).toEqual({ q: '', sort: '', facets: {}, after: null })
    expect(toggleFacet(state, 'state', 'done', true).facets).toEqual({ state: ['done'] })
  })
  it('asks the server with several values in one', () => {
    expect(listQuery({ q: 'a', sort: '', facets: { subject: ['语文', '数学'] }, after: null }, 50)).toEqual({ q: 'a', sort: '', after: null, limit: 50, subject: '语文,数学' })
  })
})
