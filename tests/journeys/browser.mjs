// Debian's Chromium, one fresh context a journey; console errors and refused content fail the journey.
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { extname, join, resolve } from 'node:path'
import { pause } from '../support/check.mjs'

export { check } from '../support/check.mjs'

/** Pictures and logs of the last run. */
export const out = new URL('./out/', import.meta.url).pathname

const require = createRequire(new URL('../../web/package.json', import.meta.url))
const { chromium } = require('playwright-core')
const { source: axe } = createRequire(require.resolve('@axe-core/playwright'))('axe-core')

export const desk = { width: 1440, height: 900 }
export const phone = { width: 390, height: 844 }
export const wall = { width: 1920, height: 1080 }
/** Generous: a busy machine is slow, and a wait that succeeds costs nothing. */
const patience = 45_000

const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync']
// Pages put in by `otherScreens` have no address of their own, which the browser takes for a public one.
if (process.env.SANTONG_SCREENS) flags.push('--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests,PrivateNetworkAccessForNavigations')

export async function browserFor(server) {
  mkdirSync(out, { recursive: true })
  const launch = (more = []) => chromium.launch({ executablePath: '/usr/bin/chromium', headless: true, args: [...flags, ...more] })
  let chrome = await launch()
  return {
    async visit(work, name) {
      if (!chrome.isConnected()) chrome = await launch()
      const contexts = []
      const complaints = []
      /** A person of his own: another context with a page that is listened to. */
      const person = async (size = desk, origin = server.origin, browser = chrome) => {
        const context = await browser.newContext({ viewport: size, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', baseURL: origin, acceptDownloads: true, ignoreHTTPSErrors: Boolean(process.env.SANTONG_SCREENS) })
        context.setDefaultTimeout(patience)
        contexts.push(context)
        if (process.env.SANTONG_SCREENS) await otherScreens(context, resolve(process.env.SANTONG_SCREENS))
        context.on('page', (page) => listen(page, complaints))
        return context.newPage()
      }
      // A browser that has died takes one journey with it and not all that follow.
      const page = await person().catch(async (error) => {
        if (!/has been closed|crashed/.test(String(error))) throw error
        await chrome.close().catch(() => {})
        chrome = await launch()
        return person()
      })
      try {
        await work({ page, person, launch, listen: (one) => listen(one, complaints), complaints, ...helpers(server) })
        if (complaints.length > 0) throw new Error(`the page complained: ${complaints.join(' | ')}`)
      } catch (error) {
        let n = 0
        for (const context of contexts) {
          for (const one of context.pages()) await one.screenshot({ path: join(out, `FAIL-${name.replace(/[^\w\u4e00-\u9fff]+/g, '-').slice(0, 60)}-${n++}.png`), timeout: 5000 }).catch(() => {})
        }
        if (complaints.length > 0 && !String(error).includes('complained')) error.stack += `\nthe page complained: ${complaints.join(' | ')}`
        throw error
      } finally {
        for (const context of contexts) await context.close().catch(() => {})
      }
    },
    close: () => chrome.close(),
  }
}

const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.json': 'application/json' }
/** Screens of a folder (web/dist) instead of those built into the program, under the program's own headers: no build between two tries. */
async function otherScreens(context, folder) {
  const screen = (url) => url.hostname === '127.0.0.1' && !/^\/(api|healthz|metrics|p|f)\b/.test(url.pathname)
  await context.route(screen, async (route) => {
    const path = new URL(route.request().url()).pathname
    const file = existsSync(join(folder, path)) && extname(path) ? join(folder, path) : join(folder, 'index.html')
    const answer = await route.fetch().catch(() => null)
    if (!answer) return route.abort()
    const headers = Object.fromEntries(Object.entries(answer.headers()).filter(([name]) => !/^(content-|etag|cache-control)/.test(name) || name === 'content-security-policy'))
    await route.fulfill({ status: 200, headers: { ...headers, 'content-type': types[extname(file)] ?? 'application/octet-stream' }, body: readFileSync(file) })
  })
}

/** The page has drawn what it was told just now: another size, a word that was typed. */
export const settled = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))

function listen(page, complaints) {
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    // A refused request is logged by the browser itself; the journey decides whether it was meant.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) complaints.push(message.text())
  })
}

/** Something like "teaching.nav.today" between words: a text that was not found. Addresses and file names are none. */
const rawKey = /(?<![\w./@-])[a-z][a-z_]+(?:\.[a-zA-Z_]\w*){1,}(?![\w/@-])/g
const noKey = /\.(cn|com|org|net|pdf|pptx?|docx?|xlsx?|csv|txt|png|jpe?g|svg|mp[34]|zip|webm|html?)$/i

/** What axe finds on a page. It runs in the page itself and tells violations only: what it says of each node that is well
    would cost more than finding it. What stands in a frame was uploaded. */
async function violationsOf(page) {
  if (!(await page.evaluate(() => typeof window.axe?.run === 'function'))) await page.evaluate(axe)
  return page.evaluate(async () => {
    const { violations } = await window.axe.run({ exclude: [['iframe']] }, { resultTypes: ['violations'], iframes: false })
    return violations.map(({ id, nodes }) => ({ id, nodes: nodes.slice(0, 3).map(({ target, html }) => ({ target: target.join(' '), html: html.slice(0, 120) })) }))
  })
}

/** What the machine spent on this in the whole run, for whoever wants it to be quicker: {name: [seconds, times]}. */
export const spent = {}
const counted = (all) => Object.fromEntries(Object.entries(all).map(([name, work]) => [name, typeof work !== 'function' ? work : async (...given) => {
  const began = performance.now()
  try {
    return await work(...given)
  } finally {
    const [seconds, times] = spent[name] ?? [0, 0]
    spent[name] = [seconds + (performance.now() - began) / 1000, times + 1]
  }
}]))

const helpers = (server) => counted(helpersOf(server))
function helpersOf(server) {
  const account = (who) => (typeof who === 'string' ? server.accounts[who] : who)
  return {
    desk, phone, wall,
    /** Somebody's session, and the page that he wants: a path, or an address of another server. The sign-in page itself is
        gone through by every role in homes.journey.mjs, and wherever it is what is looked at (`signInAtDoor`). */
    async signIn(page, who, to = '/') {
      const { login, password } = account(who)
      const origin = /^https?:/.test(to) ? new URL(to).origin : ''
      const answer = await page.context().request.post(`${origin}/api/v1/session`, { data: { login, password } })
      if (!answer.ok()) throw new Error(`${login} signs in: ${answer.status()} ${await answer.text()}`)
      await page.goto(to)
      await page.waitForURL((url) => url.pathname !== '/')
    },
    /** Signs in through the sign-in page: a role of the demo, or {login, password}. */
    async signInAtDoor(page, who, origin = '') {
      const { login, password } = account(who)
      await page.goto(`${origin}/signin`)
      await page.fill('input[autocomplete="username"]', login)
      await page.fill('input[autocomplete="current-password"]', password)
      await page.press('input[autocomplete="current-password"]', 'Enter')
      await page.waitForURL((url) => !url.pathname.startsWith('/signin'))
    },
    /** The page has its heading and its data: nothing of the skeleton is left. */
    async whole(page) {
      await page.locator('h1').first().waitFor({ state: 'attached' })
      await page.waitForFunction(() => !document.querySelector('.skeleton-block, [aria-busy="true"], .skeleton'))
    },
    /** Asks the server as this page's person would. */
    ask: (page, path) => page.evaluate(async (where) => {
      const answer = await fetch(`/api/v1${where}`)
      return { status: answer.status, body: await answer.json().catch(() => null) }
    }, path),
    /** No violation that axe can find. */
    async accessible(page, place) {
      const violations = await violationsOf(page)
      if (violations.length === 0) return
      const list = violations.map((v) => `${v.id}: ${v.nodes.map((n) => `${n.target} ${n.html}`).join(', ')}`)
      throw new Error(`axe at ${place}: ${list.join('; ')}`)
    },
    settled,
    /** Nothing sticks out sideways, once a page that was made narrower has settled. */
    async fits(page, place) {
      const measure = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      let wide = await measure()
      for (let tries = 0; wide > 1 && tries < 10; tries++) {
        await pause(100)
        wide = await measure()
      }
      if (wide > 1) throw new Error(`${place} is ${wide} px too wide`)
    },
    /** No key of a text stands on the page instead of the text. */
    async translated(page, place) {
      const text = await page.evaluate(() => document.body.innerText)
      const keys = [...new Set(text.match(rawKey) ?? [])].filter((one) => !noKey.test(one))
      if (keys.length > 0) throw new Error(`${place} shows ${keys.join(', ')}`)
    },
    picture: (page, name) => page.screenshot({ path: join(out, `${name}.png`) }),
  }
}
