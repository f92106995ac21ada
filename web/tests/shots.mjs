/** Pictures of the ground's own screens under the product's CSP, with axe on each: `npm run shots [name…]`. */
import { both, pictures } from './pictures.mjs'
import { session } from './stubs.mjs'

const locked = { 'POST /session': { status: 429, headers: { 'retry-after': '300' }, body: { status: 429, code: 'auth.locked', params: { minutes: 5 } } } }
const pages = [
  { name: 'signin', path: '/signin', who: null, languages: both },
  { name: 'signin-locked', path: '/signin', who: null, over: locked, act: async (page) => { await page.fill('#field-login', 'HB0001'); await page.fill('#field-password', 'wrong'); await page.click('form button[type=submit]'); await page.waitForSelector('.locked') } },
  { name: 'signin-totp', path: '/signin', who: null, over: { 'POST /session': { status: 401, body: { status: 401, code: 'auth.totp_required' } } }, act: async (page) => { await page.fill('#field-login', 'HB0001'); await page.fill('#field-password', 'x'); await page.click('form button[type=submit]'); await page.waitForSelector('#field-totp') } },
  { name: 'pupil-class', path: '/signin/pupil', who: null },
  { name: 'pupil-pin', path: '/signin/pupil/c1/p1?class=五（2）班&name=学生1', who: null },
  { name: 'first-password', path: '/', who: { ...session, must_change_password: true } },
  { name: 'home', path: '/', who: session, languages: both },
  { name: 'account', path: '/account', who: session, languages: both, act: async (page) => { await page.click('text=/开启两步登录|Turn on/') } },
  { name: 'menu', path: '/', who: session, act: async (page) => { await page.click('.right .menu-root:last-child .opener') } },
  { name: 'search', path: '/', who: session, act: async (page) => { await page.keyboard.press('Control+k'); await page.fill('dialog input', '河坝'); await page.waitForTimeout(400) } },
  { name: 'not-found', path: '/nothing', who: session },
  { name: 'offline', path: '/account', who: null, over: { 'GET /session/current': { status: 503, body: { status: 503, code: 'http.503', trace_id: '7f3a' } } } },
  { name: 'kit', path: '/_kit', who: session, languages: both, full: true },
]

await pictures(pages, { mode: 'kit' })
