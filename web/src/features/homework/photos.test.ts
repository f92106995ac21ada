import { describe, expect, it } from 'vitest'
import { changes, dealOut, move, placedOf } from './photos'
import type { BoardRow, WorkFile } from './types'

const page = (file_id: string): WorkFile => ({ file_id, name: file_id, media_type: 'image/jpeg' })
const row = (pupil_id: string, more: Partial<BoardRow> = {}): BoardRow => ({ pupil_id, name: pupil_id, pupil_number: pupil_id, submission_id: `s${pupil_id}`, state: 'open', round: 0, late: false, files: 0, has_text: false, marked: false, result: 'none', photos: [], ...more })
const online = row('b', { state: 'handed_in', how: 'online', round: 1 })

describe('a stack of photographs', () => {
  it('goes out in class-list order, past those who handed in online', () => {
    const rows = [row('a'), online, row('c')]
    const dealt = dealOut(rows, placedOf(rows), ['1', '2', '3', '4', '5'].map(page), 2)
    expect(dealt.placed.a!.map((one) => one.file_id)).toEqual(['1', '2'])
    expect(dealt.placed.b).toBeUndefined()
    expect(dealt.placed.c!.map((one) => one.file_id)).toEqual(['3', '4'])
    expect(dealt.loose.map((one) => one.file_id)).toEqual(['5'])
  })
  it('lets a page change its owner, and says both', () => {
    const rows = [row('a', { state: 'handed_in', how: 'photo', round: 1, photos: [page('1'), page('2')] }), row('c')]
    const moved = move(placedOf(rows), [], page('2'), 'c')
    expect(changes(rows, moved.placed)).toEqual([{ pupil_id: 'a', files: ['1'] }, { pupil_id: 'c', files: ['2'] }])
  })
  it('takes a page back to the loose ones', () => {
    const rows = [row('a', { state: 'handed_in', how: 'photo', round: 1, photos: [page('1')] })]
    const moved = move(placedOf(rows), [], page('1'), null)
    expect(moved.loose).toHaveLength(1)
    expect(changes(rows, moved.placed)).toEqual([{ pupil_id: 'a', files: [] }])
  })
  it('says nothing when nothing changed', () => expect(changes([row('a')], placedOf([row('a')]))).toEqual([]))
})
