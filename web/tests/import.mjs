/** Pictures of the import screens with axe on each: `node tests/import.mjs [name…]`. */
import { ask, list, refused, totals, view } from './import.stubs.mjs'
import { both, pictures } from './pictures.mjs'
import { session } from './stubs.mjs'

const office = { ...session, home: 'info_office', roles: [{ role: 'info_office', org_id: 'd1', org_name: '大通湖区', org_path: [{ id: 'c1', name: '益阳市' }, { id: 'd1', name: '大通湖区' }] }], permissions: ['roster.import'] }
const ok = (body) => ({ status: 200, body })
const bad = { status: 503, body: { status: 503, code: 'http.503', trace_id: '7f3a' } }
const one = (over = {}, rows = refused) => ({ 'GET /imports/i1': ok({ ...view, ...over }), 'GET /imports/i1/rows': ok({ items: rows, next: null }) })
const clean = { ...totals, refused: 0, ask: 0, ended: 0 }
const pages = [
  { name: 'imports', path: '/imports', who: office, over: { 'GET /imports': ok({ items: list, next: null }) }, languages: both },
  { name: 'imports-empty', path: '/imports', who: office, over: { 'GET /imports': ok({ items: [], next: null }) } },
  { name: 'imports-error', path: '/imports', who: office, over: { 'GET /imports': bad }, wait: 5000 },
  { name: 'import-columns', path: '/imports/i1', who: office, over: one({ state: 'columns', known_headings: true }), languages: both, full: true },
  { name: 'import-checking', path: '/imports/i1', who: office, over: one({ state: 'checking' }) },
  { name: 'import', path: '/imports/i1', who: office, over: one(), languages: both, full: true },
  { name: 'import-ask', path: '/imports/i1', who: office, over: one({}, ask), act: async (page) => { await page.click('.cells > div:nth-child(4) button') } },
  { name: 'import-fix', path: '/imports/i1', who: office, over: one(), languages: both, act: async (page) => { await page.locator('button:has-text("就地改"), button:has-text("Mend")').nth(1).click(); await page.waitForSelector('dialog[open]') } },
  { name: 'import-clean', path: '/imports/i1', who: office, over: one({ totals: clean, refused_by_school: [], refused_by_reason: [] }, []) },
  { name: 'import-written', path: '/imports/i1', who: office, over: one({ state: 'written', totals: { ...totals, written: 2313 }, written_at: view.created_at }), full: true },
  { name: 'import-error', path: '/imports/i1', who: office, over: { 'GET /imports/i1': bad }, wait: 5000 },
]

await pictures(pages)
