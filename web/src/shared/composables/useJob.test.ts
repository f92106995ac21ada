import { describe, expect, it } from 'vitest'
import { setServerTexts } from '@/shared/i18n/server'
import { jobState } from './useJob'

describe('what the server says of a job', () => {
  it('becomes a state and a sentence', () => {
    setServerTexts({ 'a.step': '第 {n} 行' })
    expect(jobState({ state: 'queued', done: 0, total: 9 })).toEqual({ state: 'waiting', done: 0, total: 9 })
    expect(jobState({ state: 'running', done: 3, total: 9, step_key: 'a.step', step_params: { n: '3' } })).toEqual({ state: 'running', done: 3, total: 9, message: '第 3 行' })
  })
})
