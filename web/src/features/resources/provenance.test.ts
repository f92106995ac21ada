import { describe, expect, it } from 'vitest'
import { provenance } from './provenance'

const entry = (what: string, version = 0, text = '') => ({ what, step_name: what === 'approve' ? 'workflow.step.academic' : '', version, text, at: 1 })

describe('where a resource comes from', () => {
  it('shows submissions and decisions with the version they were about', () => {
    const steps = provenance([entry('version', 1), entry('submit'), entry('return', 0, '字太小'), entry('version', 2), entry('resubmit'), entry('approve')])
    expect(steps.map((step) => [step.what, step.state, step.version])).toEqual([['submit', 'done', 1], ['return', 'back', 1], ['resubmit', 'done', 2], ['approve', 'done', 2]])
    expect(steps[1]?.text).toBe('字太小')
  })
  it('does not call returned what its author took back', () => {
    expect(provenance([entry('submit'), entry('withdraw')]).map((step) => step.state)).toEqual(['done', 'done'])
  })
  it('ends with who has it now', () => {
    expect(provenance([entry('submit')], { stepName: 'workflow.step.researcher', dueAt: 9 }).at(-1)).toMatchObject({ state: 'now', what: 'waiting', at: 9 })
  })
})
