/** Pictures of the indicator screens with axe on each: `node tests/indicators.mjs [name…]`. Figures are invented for the picture. */
import { cockpit, detail, figures, home, lessons, profile, time } from './indicators.stubs.mjs'
import { both, pictures } from './pictures.mjs'
import { session } from './stubs.mjs'

const leader = { ...session, permissions: ['indicators.view_district', 'indicators.hear'] }
const principal = { ...session, home: 'principal', roles: [{ role: 'principal', org_id: 's3', org_name: '河坝镇中心小学', org_path: [{ id: 'd1', name: '大通湖区' }, { id: 's3', name: '河坝镇中心小学' }] }], permissions: ['indicators.view_school', 'indicators.declare', 'indicators.hear', 'teaching.view_school_records'] }
const ok = (body) => ({ status: 200, body })
const bad = { status: 503, body: { status: 503, code: 'http.503', trace_id: '7f3a' } }
const calm = { ...cockpit, exceptions: [], schools: cockpit.schools.map((one) => ({ ...one, state: 'ok', exceptions: 0 })) }
const nothing = { ...detail, number: { ...detail.number, value: null, series: [null], denominator: 0, numerator: 0 } }
const pages = [
  { name: 'cockpit', path: '/', who: leader, over: { 'GET /cockpit': ok(cockpit) }, languages: both, full: true },
  { name: 'cockpit-calm', path: '/cockpit', who: leader, over: { 'GET /cockpit': ok(calm) } },
  { name: 'cockpit-empty', path: '/cockpit', who: leader, over: { 'GET /cockpit': ok({ ...cockpit, schools: [], exceptions: [] }) } },
  { name: 'cockpit-error', path: '/cockpit', who: leader, over: { 'GET /cockpit': bad }, wait: 5000 },
  { name: 'cockpit-table', path: '/cockpit', who: leader, over: { 'GET /cockpit': ok(cockpit) }, act: async (page) => { await page.click('.svg-map .switch button'); await page.click('.chart-panel .tools button') }, full: true },
  { name: 'indicators', path: '/indicators', who: leader, over: { 'GET /indicators': ok({ org_id: 'd1', org_name: '大通湖区', school: false, time, items: figures }) }, languages: both },
  { name: 'indicator', path: '/indicators/I21', who: leader, over: { 'GET /indicators/I21': ok(detail) }, languages: both, full: true },
  { name: 'indicator-gaps', path: '/indicators/I21', who: leader, over: { 'GET /indicators/I21': ok(detail) }, act: async (page) => { await page.click('.gap') } },
  { name: 'indicator-empty', path: '/indicators/I21', who: leader, over: { 'GET /indicators/I21': ok(nothing) } },
  { name: 'indicator-school', path: '/indicators/I21?org=s3', who: principal, over: { 'GET /indicators/I21': ok({ ...detail, school: true, org_id: 's3', org_name: '河坝镇中心小学', gaps: [], may_list_lessons: true, rows: [detail.rows[4]] }), 'GET /indicators/I21/lessons': ok(lessons) }, full: true },
  { name: 'profiles', path: '/profiles', who: leader, over: { 'GET /cockpit': ok(cockpit) } },
  { name: 'profile', path: '/profiles/s3', who: leader, over: { 'GET /schools/s3/profile': ok(profile) }, languages: both, full: true },
  { name: 'declare', path: '/profiles/s3', who: principal, over: { 'GET /schools/s3/profile': ok({ ...profile, own: true, may_declare: true }), 'POST /declarations': { status: 422, body: { status: 422, code: 'core.invalid_input', errors: [{ pointer: '/value', code: 'indicators.no_such_value' }] } } }, act: async (page) => { await page.click('.st-row .app-button:has-text("申报")'); await page.click('dialog button[type=submit]'); await page.waitForSelector('.error') } },
  { name: 'principal', path: '/', who: principal, over: { 'GET /principal/home': ok(home) }, languages: both, full: true },
  { name: 'principal-calm', path: '/', who: principal, over: { 'GET /principal/home': ok({ ...home, today: [], week: [] }) } },
  { name: 'big', path: '/cockpit/screen', who: leader, over: { 'GET /cockpit': ok(cockpit) }, sizes: ['screen'] },
]

await pictures(pages)
