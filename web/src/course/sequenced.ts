/** A sequenced course (SCORM 2004): one run-time for all its parts, which says what may follow on what. Results are kept for
 * each part as for any other course; the way through the parts is kept beside them. */
import { treeOf } from './sequencing'
import { resumed, standing, type CourseLaunch, type Navigate, type Navigation, type PartProgress } from './protocol'

export interface SequencedApi {
  loadFromJSON(values: unknown, path?: string): void
  renderCommitObject(final: boolean, withTotal: boolean): { runtimeData: Record<string, unknown> }
  on(what: string, act: () => void): void
  reset(settings: undefined, options: { preserveListeners: boolean; resetTotalTime: boolean }): void
  isInitialized(): boolean
  isTerminated(): boolean
  lmsFinish(parameter: string): string
  processNavigationRequest(request: string, target?: string): boolean
  serializeSequencingState(): string
  deserializeSequencingState(state: string): boolean
  getSequencingService(): { getSequencingState(): { currentActivity: { id: string; children: unknown[] } | null; rootActivity: { completionStatus: string; successStatus: string; objectiveNormalizedMeasure?: number; objectiveMeasureStatus?: boolean } | null } } | null
}
export type Make = (settings: object) => SequencedApi
interface Validity { continue: boolean; previous: boolean; choice: Record<string, string>; hideLmsUi: string[] }

const gatherMs = 300
const seenMs = 1000

/** Where a part is shown and taken away; the page of the player, or a test. */
export interface Stage {
  show(url: string, loaded?: () => void): void
  /** Takes the part away and waits until it has said goodbye. */
  clear(): Promise<void>
  tell(message: PartProgress | Navigation): void
  publish(api: SequencedApi): void
}

export class Sequenced {
  private api: SequencedApi
  private validity: Validity = { continue: false, previous: false, choice: {}, hideLmsUi: [] }
  private current = ''
  private wanted = ''
  private over = true
  private begun = 0
  private timer: ReturnType<typeof setTimeout> | undefined
  private readonly cmi = new Map<string, string>()
  private readonly seconds = new Map<string, number>()

  constructor(private readonly launch: CourseLaunch, make: Make, private readonly stage: Stage) {
    for (const page of launch.pages) { this.cmi.set(page.sco, page.cmi); this.seconds.set(page.sco, page.seconds) }
    this.api = make({
      autocommit: false, lmsCommitUrl: false, logLevel: 5, mastery_override: false,
      sequencing: {
        activityTree: treeOf(launch.activities),
        eventListeners: {
          onActivityDelivery: (one: { id: string }) => { this.wanted = one.id },
          onNavigationValidityUpdate: (now: Validity) => { this.validity = now },
        },
      },
    })
    stage.publish(this.api)
    for (const one of ['SetValue', 'Commit', 'Initialize']) this.api.on(one, () => this.soon())
    this.api.on('Terminate', () => { this.report(true); setTimeout(() => this.follow(), 0) })
  }

  /** Goes on where its learner stood, or at the part that he asked for, or at the first one. */
  begin() {
    const kept = Boolean(this.launch.state) && this.api.deserializeSequencingState(this.launch.state)
    const stood = kept ? this.api.getSequencingService()?.getSequencingState().currentActivity : null
    if (stood && stood.children.length === 0) this.wanted = stood.id
    else this.api.processNavigationRequest('start')
    // A course without flow begins nowhere by itself: its learner chooses.
    this.follow()
  }

  /** What the learner asked for with our own buttons: the part that stands is closed first. */
  async navigate({ request, target }: Pick<Navigate, 'request' | 'target'>) {
    if (!this.allowed(request, target)) return this.say()
    await this.close()
    this.wanted = ''
    this.api.processNavigationRequest(request, target || undefined)
    this.follow()
  }
  private allowed(request: Navigate['request'], target: string) {
    if (!this.current) return request === 'choice' || request === 'continue'
    if (request === 'choice') return this.validity.choice[target] === 'true'
    return request === 'continue' ? this.validity.continue : this.validity.previous
  }

  /** Lets the part say goodbye; one that forgets it is ended. */
  async close() {
    if (!this.current) return
    await this.stage.clear()
    if (this.api.isInitialized() && !this.api.isTerminated()) this.api.lmsFinish('')
    this.report(true)
    this.current = ''
  }

  /** Shows the part that is to be delivered; if none is, says so. */
  private follow() {
    const next = this.wanted
    this.wanted = ''
    const page = this.launch.pages.find((one) => one.sco === next)
    if (!page) {
      if (this.over) this.current = ''
      return this.say()
    }
    this.report(true)
    this.current = next
    this.over = false
    this.begun = Date.now()
    this.api.reset(undefined, { preserveListeners: true, resetTotalTime: true })
    this.api.loadFromJSON({ learner_id: 'learner', learner_name: '', credit: 'credit', mode: 'normal', launch_data: page.launchData }, 'cmi')
    const left = resumed('scorm_2004', this.cmi.get(next) ?? '')
    if (left) this.api.loadFromJSON(left, 'cmi')
    this.say()
    if (page.reports) return this.stage.show(page.url)
    this.stage.show(page.url, () => setTimeout(() => { if (this.current === next) this.asset(next) }, seenMs))
  }

  /** A page that reports nothing: seen is done. */
  private asset(sco: string) {
    this.stage.tell({ santong: 'progress', sco, completion: 'completed', success: 'unknown', score: null, seconds: (this.seconds.get(sco) ?? 0) + seenMs / 1000, cmi: '', final: false })
    this.say()
  }

  private soon() { this.timer ??= setTimeout(() => { this.report(false); this.say() }, gatherMs) }

  private report(final: boolean) {
    clearTimeout(this.timer)
    this.timer = undefined
    const page = this.launch.pages.find((one) => one.sco === this.current)
    if (this.over || !page) return
    this.over = final
    if (!page.reports) return this.asset(page.sco)
    const cmi = (this.api.renderCommitObject(final, true).runtimeData.cmi ?? {}) as Record<string, unknown>
    const seconds = (this.seconds.get(page.sco) ?? 0) + Math.round((Date.now() - this.begun) / 1000)
    const kept = JSON.stringify(cmi)
    if (final) { this.cmi.set(page.sco, kept); this.seconds.set(page.sco, seconds) }
    this.stage.tell({ santong: 'progress', sco: page.sco, ...standing('scorm_2004', cmi, final), seconds, cmi: kept, final })
  }

  /** Tells the library's page what may come next, and how far the whole course is by its own rules. */
  private say() {
    const root = this.api.getSequencingService()?.getSequencingState().rootActivity
    const done = root?.completionStatus === 'completed'
    const passed = root?.successStatus === 'passed' || root?.successStatus === 'failed' ? root.successStatus : 'unknown'
    const measure = root?.objectiveMeasureStatus ? Number(root.objectiveNormalizedMeasure) : NaN
    const hidden = new Set(this.validity.hideLmsUi)
    const standingNow = this.current !== ''
    this.stage.tell({
      santong: 'navigation', current: this.current, next: this.validity.continue && !hidden.has('continue'), previous: standingNow && this.validity.previous && !hidden.has('previous'),
      choice: this.launch.pages.map((one) => one.sco).filter((sco) => this.validity.choice[sco] === 'true'),
      completion: done ? 'completed' : 'begun', success: passed, score: Number.isFinite(measure) ? Math.round(Math.max(0, Math.min(1, measure)) * 100) : null,
      state: this.api.serializeSequencingState(),
    })
  }
}
