import { describe, expect, it } from 'vitest'
import { cutApart } from './apart'

describe('two versions of a text', () => {
  it('are marked where they differ', () => {
    expect(cutApart('会推导公式。', '会用公式。')).toEqual([{ before: '会', apart: '推导', after: '公式。' }, { before: '会', apart: '用', after: '公式。' }])
    expect(cutApart('看图', '看图说话')).toEqual([{ before: '看图', apart: '', after: '' }, { before: '看图', apart: '说话', after: '' }])
    expect(cutApart('5 分钟', '8 分钟')[1].apart).toBe('8')
  })
  it('that have little in common are not marked at all', () => {
    expect(cutApart('平行四边形的面积怎样推导', '请同学们拿出剪刀')[0].apart).toBe('')
    expect(cutApart('', '新写的')[1]).toEqual({ before: '新写的', apart: '', after: '' })
  })
})
