/** The course player, on the second origin: it frames one page of a SCORM course, hands it the run-time that it looks
 * for in its parents, and tells the library's page how far the learner is. It knows neither session nor name. */
import './player.css'
import type { SequencedApi } from './sequenced'
import { resumed, standing, type Close, type CourseLaunch, type Launch, type Navigate, type Progress, type Ready } from './protocol'

interface RunTime {
  loadFromJSON(values: unknown, path?: string): void
  renderCommitObject(final: boolean, withTotal: boolean): { runtimeData: Record<string, unknown> }
  on(what: string, act: () => void): void
}
/** The library's files export by name, its types do not. */
type Made = new (settings: object) => RunTime
type Host = Window & { API?: unknown; API_1484_11?: unknown }

const seenMs = 1000 // a page without a run-time counts as seen after this
const gatherMs = 300 // a page that sets ten values in a row is one report

async function runTime(launch: Launch): Promise<RunTime> {
  const settings = { autocommit: false, lmsCommitUrl: false, logLevel: 5, mastery_override: false }
  const starting = launch.edition === 'scorm_12'
    ? { core: { student_id: 'learner', student_name: '', credit: 'credit', lesson_mode: 'normal' }, launch_data: launch.launchData, student_data: { mastery_score: launch.masteryScore }, student_preference: { language: launch.language } }
    : { learner_id: 'learner', learner_name: '', credit: 'credit', mode: 'normal', launch_data: launch.launchData }
  if (launch.edition === 'scorm_12') {
    const { Scorm12API } = await import('scorm-again/scorm12/min') as unknown as { Scorm12API: Made }
    const api = new Scorm12API(settings)
    ;(window as Host).API = api
    return filled(api, launch, starting)
  }
  const { Scorm2004API } = await import('scorm-again/scorm2004/min') as unknown as { Scorm2004API: Made }
  const api = new Scorm2004API(settings)
  ;(window as Host).API_1484_11 = api
  return filled(api, launch, starting)
}

function filled(api: RunTime, launch: Launch, starting: unknown): RunTime {
  api.loadFromJSON(starting, 'cmi')
  const left = resumed(launch.edition, launch.cmi)
  if (left) api.loadFromJSON(left, 'cmi')
  return api
}

function show(url: URL, loaded?: () => void) {
  const frame = document.createElement('iframe')
  if (loaded) frame.addEventListener('load', loaded, { once: true })
  frame.src = url.href
  frame.title = document.title
  frame.allow = 'fullscreen; autoplay'
  document.body.replaceChildren(frame)
}

let goodbye: () => void = () => {}

function seen(launch: Launch, home: string, final: boolean) {
  window.parent.postMessage({ santong: 'progress', completion: 'completed', success: 'unknown', score: null, seconds: launch.seconds + seenMs / 1000, cmi: '', final } satisfies Progress, home)
}

/** Courses hand in what they have when their page goes; then we say that it was all. */
function leave() {
  const frame = document.querySelector('iframe')
  if (!frame) return goodbye()
  frame.addEventListener('load', () => goodbye(), { once: true })
  frame.src = 'about:blank'
}

async function play(launch: Launch, home: string) {
  const url = new URL(launch.url)
  if (url.origin !== location.origin || !url.pathname.startsWith('/p/')) return
  if (!launch.reports) {
    goodbye = () => seen(launch, home, true)
    return show(url, () => window.setTimeout(() => seen(launch, home, false), seenMs))
  }
  const api = await runTime(launch)
  const begun = Date.now()
  let timer = 0
  let over = false
  const tell = (final: boolean) => {
    window.clearTimeout(timer)
    timer = 0
    if (over) return
    over = final
    const cmi = (api.renderCommitObject(final, true).runtimeData.cmi ?? {}) as Record<string, unknown>
    const seconds = launch.seconds + Math.round((Date.now() - begun) / 1000)
    window.parent.postMessage({ santong: 'progress', ...standing(launch.edition, cmi, final), seconds, cmi: JSON.stringify(cmi), final } satisfies Progress, home)
  }
  const soon = () => { if (!timer) timer = window.setTimeout(() => tell(false), gatherMs) }
  for (const one of launch.edition === 'scorm_12' ? ['LMSSetValue', 'LMSCommit', 'LMSInitialize'] : ['SetValue', 'Commit', 'Initialize']) api.on(one, soon)
  api.on(launch.edition === 'scorm_12' ? 'LMSFinish' : 'Terminate', () => tell(true))
  goodbye = () => tell(true)
  show(url)
}

/** A sequenced course: its parts come and go in this frame, and one run-time stands over all of them. */
async function playCourse(launch: CourseLaunch, home: string): Promise<((wish: Navigate) => void) | null> {
  const ours = ({ url }: { url: string }) => { const to = new URL(url); return to.origin === location.origin && to.pathname.startsWith('/p/') }
  if (!launch.pages.every(ours)) return null
  const [{ Scorm2004API }, { Sequenced }] = await Promise.all([import('scorm-again/scorm2004/min') as unknown as Promise<{ Scorm2004API: new (settings: object) => SequencedApi }>, import('./sequenced')])
  const course = new Sequenced(launch, (settings) => new Scorm2004API(settings), {
    publish: (api) => { (window as Host).API_1484_11 = api },
    tell: (message) => window.parent.postMessage(message, home),
    show: (url, loaded) => show(new URL(url), loaded),
    clear: () => new Promise((resolve) => {
      const frame = document.querySelector('iframe')
      if (!frame) return resolve()
      window.setTimeout(resolve, 1000)
      frame.addEventListener('load', () => resolve(), { once: true })
      frame.src = 'about:blank'
    }),
  })
  closing = () => course.close()
  course.begin()
  return (wish) => void course.navigate(wish)
}
let closing: (() => Promise<void>) | null = null

if (window.parent !== window) {
  let playing = false
  let navigate: ((wish: Navigate) => void) | null = null
  window.addEventListener('message', (event: MessageEvent<Launch | CourseLaunch | Navigate | Close | null>) => {
    if (event.source !== window.parent || !event.data) return
    if (event.data.santong === 'close') return closing ? void closing() : leave()
    if (event.data.santong === 'navigate') return navigate?.(event.data)
    if (event.data.santong === 'course' && !playing) {
      playing = true
      void playCourse(event.data, event.origin).then((act) => { navigate = act })
      return
    }
    if (event.data.santong !== 'launch' || playing) return
    playing = true
    void play(event.data, event.origin)
  })
  // Who frames us is said by our Content-Security-Policy; that we are ready is no secret.
  window.parent.postMessage({ santong: 'ready' } satisfies Ready, '*')
}
