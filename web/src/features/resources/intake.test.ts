import { describe, expect, it } from 'vitest'
import { changeOf, folderName, pathOf, stillWanted } from './intake'

const file = (path: string, size = 1) => ({ name: path.slice(path.lastIndexOf('/') + 1), size, webkitRelativePath: path })

describe('a folder that is given as a whole', () => {
  it('is named after itself, and its paths begin below it', () => {
    const files = [file('光盘/数学/一.pdf'), file('光盘/二.pdf')]
    expect(folderName(files)).toBe('光盘')
    expect(files.map(pathOf)).toEqual(['数学/一.pdf', '二.pdf'])
    expect(pathOf({ name: '单个.pdf' })).toBe('单个.pdf')
  })
  it('goes on after a reload with what the server still waits for', () => {
    const files = [file('光盘/一.pdf', 5), file('光盘/二.pdf', 6), file('光盘/新.pdf', 7)]
    const rows = [{ number: 1, path: '一.pdf', size: 5 }, { number: 2, path: '二.pdf', size: 60 }, { number: 9, path: '没有.pdf', size: 1 }]
    expect(stillWanted(files, rows).map((one) => one.number)).toEqual([1])
  })
})

describe('a change of many rows', () => {
  it('says only what was chosen, and a title only for one', () => {
    const nothing = { kind: '', subject: '', grade: 0, chapter: '', title: '' }
    expect(changeOf([1, 2], nothing)).toBeNull()
    expect(changeOf([1, 2], { ...nothing, grade: 5, title: '甲' })).toEqual({ numbers: [1, 2], grade_from: 5, grade_to: 5 })
    expect(changeOf([1], { ...nothing, title: ' 甲 ' })).toEqual({ numbers: [1], title: '甲' })
  })
})
