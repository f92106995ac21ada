import { describe, expect, it } from 'vitest'
import { readProgress, resumed, scoreOf, standing } from './protocol'

const good = { santong: 'progress', completion: 'completed', success: 'passed', score: 80, seconds: 12, cmi: '{}', final: true }

describe('course protocol', () => {
  it('takes a report that is whole and leaves out what is not asked for', () => {
    expect(readProgress({ ...good, evil: 1 })).toEqual(good)
  })
  it('takes nothing else from a frame', () => {
    for (const bad of [null, 'x', {}, { ...good, score: 101 }, { ...good, score: 1.5 }, { ...good, completion: 'x' }, { ...good, seconds: -1 }, { ...good, cmi: 7 }, { ...good, cmi: 'x'.repeat(200_000) }]) expect(readProgress(bad)).toBeNull()
  })
  it('reads a raw score within its bounds and a scaled one as it stands', () => {
    expect(scoreOf('scorm_12', { core: { score: { raw: '15', min: '10', max: '20' } } })).toBe(50)
    expect(scoreOf('scorm_12', { core: { score: { raw: '' } } })).toBeNull()
    expect(scoreOf('scorm_2004', { score: { scaled: '0.875', raw: '3' } })).toBe(88)
    expect(scoreOf('scorm_2004', { score: { scaled: '-0.5' } })).toBe(0)
  })
  it('knows completed, passed and failed of both editions', () => {
    expect(standing('scorm_12', { core: { lesson_status: 'failed' } })).toEqual({ completion: 'completed', success: 'failed', score: null })
    expect(standing('scorm_12', { core: { lesson_status: 'browsed' } }).completion).toBe('begun')
    expect(standing('scorm_2004', { completion_status: 'completed', success_status: 'unknown' })).toEqual({ completion: 'completed', success: 'unknown', score: null })
  })
  it('counts a page that never speaks of its status as done when it ends', () => {
    expect(standing('scorm_12', { core: { lesson_status: 'not attempted' } }, true).completion).toBe('completed')
    expect(standing('scorm_12', { core: { lesson_status: 'not attempted' } }).completion).toBe('begun')
    expect(standing('scorm_12', { core: { lesson_status: 'incomplete' } }, true).completion).toBe('begun')
    expect(standing('scorm_2004', { completion_status: 'unknown' }, true).completion).toBe('completed')
  })
  it('gives back what a course left, without what belongs to one sitting', () => {
    const cmi = resumed('scorm_12', JSON.stringify({ suspend_data: 'page=3', core: { lesson_location: '3', session_time: '00:01:00', exit: 'suspend', entry: '' } }))
    expect(cmi).toEqual({ suspend_data: 'page=3', core: { lesson_location: '3', entry: 'resume' } })
    expect(resumed('scorm_12', '')).toBeNull()
    expect(resumed('scorm_2004', '{')).toBeNull()
  })
})
