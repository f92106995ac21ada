/** Pictures of the library and review screens with axe on each: `node tests/resources.mjs [name…]`. Figures are invented for the picture. */
import { both, pictures } from './pictures.mjs'
import * as data from './resources.stubs.mjs'
import { session } from './stubs.mjs'

const school = { id: 's1', name: '河坝镇中心小学' }
const post = (role, place) => ({ role, org_id: place.id, org_name: place.name, org_path: [{ id: 'd1', name: '大通湖区' }, place] })
const teacher = { ...session, home: 'teacher', roles: [post('teacher', school)], permissions: ['resources.view', 'resources.contribute'] }
const researcher = { ...session, home: 'researcher', roles: [{ role: 'researcher', org_id: 'd1', org_name: '大通湖区', org_path: [{ id: 'd1', name: '大通湖区' }] }], permissions: ['resources.view', 'resources.contribute', 'resources.recall', 'resources.manage_catalogue', 'workflow.review'] }
const ok = (body) => ({ status: 200, body })
const bad = { status: 503, body: { status: 503, code: 'http.503', trace_id: '7f3a' } }
const refused = { status: 422, body: { status: 422, code: 'core.invalid_input', errors: [{ pointer: '/licence', code: 'resources.licence_needed' }, { pointer: '/source', code: 'resources.source_needed' }] } }
const none = { items: [], next: null, total: 0, facets: {} }
const shelf = { 'GET /resources': ok(data.library), 'GET /textbooks': ok(data.textbooks), 'GET /textbooks/t0/chapters': ok(data.book), 'GET /codes/ZXXKC': ok(data.codes), 'GET /resources/guess': ok(data.guess), 'GET /textbooks/coverage': ok(data.coverage) }
const one = { ...shelf, 'GET /resources/r0': ok(data.resource), 'GET /resources/r0/history': ok(data.history), 'GET /resources/r0/open': ok(data.opened) }
const desk = { ...one, 'GET /reviews': ok({ items: data.rows, next: null }), 'GET /reviews/summary': ok(data.figures), 'GET /reviews/i0': ok(data.review), 'GET /reviews/i0/deputies': ok({ people: [{ person_id: 'p1', name: '演示甲', role: 'researcher' }] }), 'PUT /reviews/i0/checklist': ok(data.review), 'POST /reviews/i0/decision': { status: 422, body: { status: 422, code: 'core.invalid_input', errors: [{ pointer: '/reason', code: 'workflow.reason_too_short', params: { min: '4' } }] } } }
const batch = { ...shelf, 'GET /intakes': ok({ items: [data.batch, data.folder, data.atWork], next: null }), 'GET /intakes/b1': ok(data.batch), 'GET /intakes/b1/rows': ok({ items: data.batchRows, next: '7' }), 'GET /jobs/j1': ok({ state: 'running', done: 120, total: 412, step_key: 'resources.intake.step_unpack', step_params: {}, seconds_left: 40 }) }
const office = { ...one, 'GET /resources/r0/open': ok(data.office) }
const preview = (state, more = {}) => ok({ state, reason: '', package: '', may_retry: false, updated_at: 0, ...more })
const pages = [
  { name: 'intakes', path: '/resources/intakes', who: teacher, over: batch, languages: both, full: true },
  { name: 'intakes-none', path: '/resources/intakes', who: teacher, over: { ...batch, 'GET /intakes': ok(none) } },
  { name: 'intake', path: '/resources/intakes/b1', who: teacher, over: batch, languages: both, full: true },
  { name: 'intake-many', path: '/resources/intakes/b1', who: teacher, over: batch, languages: both, act: async (page) => { for (const box of (await page.$$('td input, .first input')).slice(0, 3)) await box.check(); await page.waitForSelector('.edit') } },
  { name: 'intake-give', path: '/resources/intakes/b1', who: teacher, over: { ...batch, 'POST /intakes/b1/submit': refused }, act: async (page) => { await page.click('.app-button.primary'); await page.click('dialog .app-button.primary'); await page.waitForSelector('dialog [role="alert"]') } },
  { name: 'intake-folder', path: '/resources/intakes/b1', who: teacher, over: { ...batch, 'GET /intakes/b1': ok(data.folder) } },
  { name: 'intake-work', path: '/resources/intakes/b1', who: teacher, over: { ...batch, 'GET /intakes/b1': ok(data.atWork) }, wait: 2500 },
  { name: 'intake-failed', path: '/resources/intakes/b1', who: teacher, over: { ...batch, 'GET /intakes/b1': ok({ ...data.batch, state: 'failed', error_key: 'files.broken_archive' }), 'GET /intakes/b1/rows': ok(none) } },
  { name: 'preview-waiting', path: '/resources/r0', who: teacher, over: { ...office, 'GET /resources/r0/preview': preview('waiting') } },
  { name: 'preview-failed', path: '/resources/r0', who: teacher, over: { ...office, 'GET /resources/r0/preview': preview('failed', { reason: 'files.preview_broken', may_retry: true }) }, languages: both },
  { name: 'preview-no-tool', path: '/resources/r0', who: teacher, over: { ...office, 'GET /resources/r0/preview': preview('no_tool', { reason: 'files.preview_no_tool', package: 'libreoffice-impress-nogui', may_retry: true }) } },
  { name: 'library', path: '/resources', who: teacher, over: shelf, languages: both },
  { name: 'library-chapter', path: '/resources?textbook=t0&chapter=c2&view=list', who: teacher, over: shelf, languages: both },
  { name: 'library-none', path: '/resources?q=电流', who: teacher, over: { ...shelf, 'GET /resources': ok(none) } },
  { name: 'library-error', path: '/resources', who: teacher, over: { ...shelf, 'GET /resources': bad }, wait: 5000 },
  { name: 'library-chapters', path: '/resources?textbook=t0', who: teacher, over: shelf, sizes: ['phone'], act: async (page) => { await page.click('.app-button:has-text("教材章节")') } },
  { name: 'resource', path: '/resources/r0', who: teacher, over: one, languages: both, full: true },
  { name: 'resource-returned', path: '/resources/r0', who: teacher, over: { ...one, 'GET /resources/r0': ok(data.returned) } },
  { name: 'resource-gone', path: '/resources/r0', who: teacher, over: { ...one, 'GET /resources/r0': { status: 410, body: { status: 410, code: 'resources.recalled', params: { reason: '配图版权不清' } } } } },
  { name: 'resource-missing', path: '/resources/r0', who: teacher, over: { ...one, 'GET /resources/r0': { status: 404, body: { status: 404, code: 'resources.not_found' } } } },
  { name: 'resource-office', path: '/resources/r0', who: teacher, over: { ...one, 'GET /resources/r0/open': ok(data.office) } },
  { name: 'resource-link', path: '/resources/r0', who: teacher, over: { ...one, 'GET /resources/r0/open': ok(data.link) } },
  { name: 'resource-classroom', path: '/resources/r0', who: teacher, over: one, act: async (page) => { await page.click('.under .app-button'); await page.click('.preview label:last-of-type'); await page.waitForTimeout(400) } },
  { name: 'resource-recall', path: '/resources/r0', who: researcher, over: one, act: async (page) => { await page.click('.app-button.danger') } },
  { name: 'contribute', path: '/resources/new', who: teacher, over: shelf, languages: both, full: true },
  { name: 'contribute-link', path: '/resources/new', who: teacher, over: { ...shelf, 'POST /resources': refused }, full: true, act: async (page) => { await page.click('.segmented label:last-of-type'); await page.fill('#field-url', 'https://basic.smartedu.cn/x'); await page.fill('#field-title', '面积'); await page.click('button[type=submit]'); await page.waitForSelector('.error-summary') } },
  { name: 'mend', path: '/resources/r0/edit', who: teacher, over: { ...one, 'GET /resources/r0': ok(data.returned) }, full: true },
  { name: 'mine', path: '/resources/mine', who: teacher, over: { ...shelf, 'GET /resources': ok(data.mine) }, languages: both },
  { name: 'mine-empty', path: '/resources/mine', who: teacher, over: { ...shelf, 'GET /resources': ok(none) } },
  { name: 'review', path: '/review', who: researcher, over: desk, languages: both },
  { name: 'review-item', path: '/review/i0', who: researcher, over: desk, sizes: ['phone'], languages: both, full: true },
  { name: 'review-batch', path: '/review/i0', who: researcher, over: desk, sizes: ['desk'], act: async (page) => { for (const box of await page.$$('.rows input:not(:disabled)')) await box.check(); await page.click('.sheet .danger') } },
  { name: 'review-empty', path: '/review', who: researcher, over: { ...desk, 'GET /reviews': ok(none), 'GET /reviews/summary': ok({ ...data.figures, waiting: 0, due_soon: 0, kinds: [] }) } },
  { name: 'review-error', path: '/review', who: researcher, over: { ...desk, 'GET /reviews': bad }, wait: 5000 },
  { name: 'review-deputy', path: '/review/i0', who: researcher, over: desk, sizes: ['desk'], act: async (page) => { await page.click('.app-button:has-text("请人代审")'); await page.waitForSelector('#field-person_id') } },
  { name: 'subject', path: '/', who: researcher, over: desk, languages: both, full: true },
  { name: 'subject-calm', path: '/subject', who: researcher, over: { ...desk, 'GET /reviews': ok(none), 'GET /resources': ok(none), 'GET /textbooks/coverage': ok({ items: [], needs: [], subjects: [] }) } },
]

await pictures(pages)
