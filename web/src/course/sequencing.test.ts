import * as library from 'scorm-again/scorm2004/min'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { CourseLaunch, Navigation, PartProgress } from './protocol'
import { readNavigation, readPartProgress } from './protocol'
import { Sequenced, type SequencedApi } from './sequenced'
import { linesOf, treeOf, type Activity } from './sequencing'

const activity = (id: string, parent: string, more: Partial<Activity> = {}): Activity => ({
  id, parent, title: id, visible: true, choice: true, choice_exit: true, flow: false, forward_only: false, current_objective: true, current_progress: true,
  prevent_activation: false, constrain_choice: false, attempt_limit: null, tracked: true, completion_by_content: true, objective_by_content: true, rollup_satisfied: true, rollup_completion: true,
  measure_weight: 1, required: [], measure_if_active: true, completed_by_measure: false, min_progress: 1, progress_weight: 1, selection_timing: '', select_count: null,
  randomization_timing: '', reorder: false, hide: [], rules: [], objectives: [], ...more,
})
/** Learn, practise, and a test that opens when the learning is passed; nothing may be chosen, only gone through. */
const course = (): Activity[] => [
  activity('root', '', { choice: false, flow: true }),
  activity('learn', 'root', { objectives: [{ id: 'own', primary: true, satisfied_by_measure: false, min_measure: null, maps: [{ target: 'g.learnt', read_satisfied: false, read_measure: false, write_satisfied: true, write_measure: true }] }] }),
  activity('unit', 'root', { choice: true, flow: true }),
  activity('practise', 'unit'),
  activity('test', 'root', {
    objectives: [
      { id: 'result', primary: true, satisfied_by_measure: true, min_measure: 0.6, maps: [] },
      { id: 'learnt', primary: false, satisfied_by_measure: false, min_measure: null, maps: [{ target: 'g.learnt', read_satisfied: true, read_measure: true, write_satisfied: false, write_measure: false }] },
    ],
    rules: [{ kind: 'pre', action: 'disabled', any: true, consideration: '', minimum_count: 0, minimum_percent: 0, conditions: [{ condition: 'satisfied', negated: true, objective: 'learnt', threshold: null }, { condition: 'objectiveStatusKnown', negated: true, objective: 'learnt', threshold: null }] }],
  }),
]
/** The library's file exports by name, its types do not. */
const { Scorm2004API } = library as unknown as { Scorm2004API: new (settings: object) => SequencedApi }
const scos = ['learn', 'practise', 'test']
const later = () => vi.advanceTimersByTimeAsync(500)

class Learner {
  said: (PartProgress | Navigation)[] = []
  shown: string[] = []
  api!: SequencedApi & { lmsInitialize(p: string): string; lmsSetValue(path: string, value: string): string; lmsGetValue(path: string): string }
  course: Sequenced
  constructor(state = '', cmi: Record<string, string> = {}, activities = course()) {
    const launch: CourseLaunch = { santong: 'course', activities, pages: scos.map((sco) => ({ sco, url: `https://p/${sco}`, reports: true, cmi: cmi[sco] ?? '', seconds: 0, launchData: '' })), state, language: 'zh-CN' }
    this.course = new Sequenced(launch, (settings) => new Scorm2004API(settings), {
      publish: (api) => { this.api = api as Learner['api'] }, tell: (message) => this.said.push(message), show: (url) => this.shown.push(url.slice(10)), clear: () => Promise.resolve(),
    })
    this.course.begin()
  }
  get way() { return this.said.filter((one): one is Navigation => one.santong === 'navigation').at(-1)! }
  parts = () => this.said.filter((one): one is PartProgress => one.santong === 'progress')
  async take(values: Record<string, string>, request = '') {
    this.api.lmsInitialize('')
    for (const [path, value] of Object.entries(values)) this.api.lmsSetValue(path, value)
    if (request) this.api.lmsSetValue('adl.nav.request', request)
    this.api.lmsFinish('')
    await later()
  }
}
const done = { 'cmi.completion_status': 'completed', 'cmi.success_status': 'passed' }

describe('a sequenced course', () => {
  beforeEach(() => { vi.useFakeTimers(); vi.spyOn(console, 'info').mockImplementation(() => undefined); vi.spyOn(console, 'log').mockImplementation(() => undefined); vi.spyOn(console, 'debug').mockImplementation(() => undefined) })

  it('is a tree for the run-time, and lines with groups for the list', () => {
    const tree = treeOf(course()) as { children: { id: string; children?: { id: string }[] }[] }
    expect(tree.children.map((one) => one.id)).toEqual(['learn', 'unit', 'test'])
    expect(tree.children[1]!.children!.map((one) => one.id)).toEqual(['practise'])
    expect(treeOf([])).toBeNull()
    expect(linesOf(course(), scos)).toEqual([
      { id: 'learn', title: 'learn', depth: 0, page: true }, { id: 'unit', title: 'unit', depth: 0, page: false },
      { id: 'practise', title: 'practise', depth: 1, page: true }, { id: 'test', title: 'test', depth: 0, page: true },
    ])
  })
  it('begins at its first part, goes on when that part asks for it, and lets nobody choose where choice is off', async () => {
    const one = new Learner()
    expect(one.shown).toEqual(['learn'])
    expect(one.way.previous).toBe(false)
    expect(one.way.choice).not.toContain('test')
    await one.take(done, 'continue')
    expect(one.shown).toEqual(['learn', 'practise'])
    expect(one.parts().at(-1)).toMatchObject({ sco: 'learn', completion: 'completed', success: 'passed', final: true })
    await one.course.navigate({ request: 'choice', target: 'test' })
    expect(one.shown.at(-1)).toBe('practise')
  })
  it('opens the test when what it asks for is learnt, and rolls up to the whole', async () => {
    const one = new Learner()
    await one.take(done, 'continue')
    await one.take(done, 'continue')
    expect(one.shown).toEqual(['learn', 'practise', 'test'])
    expect(one.way.completion).toBe('begun')
    await one.take({ ...done, 'cmi.score.scaled': '0.8' })
    expect(one.way).toMatchObject({ completion: 'completed', success: 'passed' })
  })
  it('keeps the test shut for who has not learnt it', async () => {
    const one = new Learner()
    await one.take({ 'cmi.completion_status': 'completed', 'cmi.success_status': 'failed' }, 'continue')
    await one.take(done, 'continue')
    expect(one.shown).not.toContain('test')
    expect(one.way.completion).toBe('begun')
  })
  it('goes on where its learner stood, with what the part left', async () => {
    const one = new Learner()
    await one.take(done, 'continue')
    one.api.lmsInitialize('')
    one.api.lmsSetValue('cmi.location', '3')
    one.api.lmsSetValue('cmi.exit', 'suspend')
    await one.course.close()
    const kept = one.parts().at(-1)!
    expect(kept).toMatchObject({ sco: 'practise', final: true })
    const again = new Learner(one.way.state, { practise: kept.cmi })
    expect(again.shown).toEqual(['practise'])
    again.api.lmsInitialize('')
    expect(again.api.lmsGetValue('cmi.location')).toBe('3')
  })
  it('goes by our own buttons too', async () => {
    const one = new Learner()
    one.api.lmsInitialize('')
    for (const [path, value] of Object.entries(done)) one.api.lmsSetValue(path, value)
    await later()
    await one.course.navigate({ request: 'continue', target: '' })
    await later()
    expect(one.shown).toEqual(['learn', 'practise'])
    await one.course.navigate({ request: 'previous', target: '' })
    expect(one.shown).toEqual(['learn', 'practise', 'learn'])
  })
  it('is believed only as far as it names parts that it has', () => {
    const good = { santong: 'navigation', current: 'learn', next: true, previous: false, choice: ['test', 'evil'], completion: 'begun', success: 'unknown', score: null, state: '{}' }
    expect(readNavigation(good, scos)!.choice).toEqual(['test'])
    for (const bad of [{ ...good, current: 'evil' }, { ...good, state: 3 }, { ...good, score: 101 }, { ...good, completion: 'x' }, null]) expect(readNavigation(bad, scos)).toBeNull()
    const part = { santong: 'progress', sco: 'learn', completion: 'begun', success: 'unknown', score: null, seconds: 1, cmi: '{}', final: false }
    expect(readPartProgress(part, scos)).toEqual(part)
    expect(readPartProgress({ ...part, sco: 'evil' }, scos)).toBeNull()
  })
})
