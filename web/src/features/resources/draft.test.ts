import { describe, expect, it } from 'vitest'
import { draftOf } from './draft'
import { emptyValues } from './useContribute'

function storage(): Storage {
  const kept: Record<string, string> = {}
  return Object.defineProperties(kept, {
    getItem: { value: (key: string) => kept[key] ?? null },
    setItem: { value: (key: string, value: string) => { kept[key] = value } },
    removeItem: { value: (key: string) => { delete kept[key] } },
  }) as unknown as Storage
}

describe('the draft of a description', () => {
  it('outlives a reload, without the names of persons', () => {
    const tab = storage()
    draftOf('a1', tab).keep({ ...emptyValues, title: '剪拼法', attribution: '李若英', source_note: '王老师的课件' })
    expect(draftOf('a1', tab).read()?.title).toBe('剪拼法')
    expect(JSON.stringify(tab)).not.toMatch(/李若英|王老师/)
  })
  it('knows what was written by hand and what only came from a file', () => {
    const tab = storage()
    draftOf('a1', tab).keep({ ...emptyValues, title: '大视频', description: '导入用' }, new Set(['description']))
    expect(draftOf('a1', tab).read()?.touched).toEqual(['description'])
  })
  it('is gone when it was handed in, and when somebody else signs in', () => {
    const tab = storage()
    draftOf('a1', tab).keep({ ...emptyValues, title: '剪拼法' })
    expect(draftOf('b2', tab).read()).toBeNull()
    expect(draftOf('a1', tab).read()).toBeNull()
    draftOf('a1', tab).keep({ ...emptyValues, title: '剪拼法' })
    draftOf('a1', tab).drop()
    expect(draftOf('a1', tab).read()).toBeNull()
  })
})
