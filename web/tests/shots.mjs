/** Pictures of the ground's own screens under the product's CSP, with axe on each: `npm run shots [name…]`. */
import { AxeBuilder } from '@axe-core/playwright'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { build } from 'vite'
import { serve } from './server.mjs'
import { session, stub } from './stubs.mjs'

const here = new URL('.', import.meta.url).pathname
const out = join(here, 'out')
const only = process.argv.slice(2)
mkdirSync(out, { recursive: true })
await build({ root: join(here, '..'), mode: 'kit', logLevel: 'error', build: { outDir: join(out, 'site'), emptyOutDir: true } })
const site = await serve(join(out, 'site'))
const profile = mkdtempSync(join(tmpdir(), 'santong-shots-'))
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: '/usr/bin/chromium', headless: true,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
})

const sizes = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } }
const locked = { 'POST /session': { status: 429, headers: { 'retry-after': '300' }, body: { status: 429, code: 'auth.locked', params: { minutes: 5 } } } }
const pages = [
  { name: 'signin', path: '/signin', who: null, languages: ['zh-CN', 'en'] },
  { name: 'signin-locked', path: '/signin', who: null, over: locked, act: async (page) => { await page.fill('#field-login', 'HB0001'); await page.fill('#field-password', 'wrong'); await page.click('form button[type=submit]'); await page.waitForSelector('.locked') } },
  { name: 'signin-totp', path: '/signin', who: null, over: { 'POST /session': { status: 401, body: { status: 401, code: 'auth.totp_required' } } }, act: async (page) => { await page.fill('#field-login', 'HB0001'); await page.fill('#field-password', 'x'); await page.click('form button[type=submit]'); await page.waitForSelector('#field-totp') } },
  { name: 'pupil-class', path: '/signin/pupil', who: null },
  { name: 'pupil-pin', path: '/signin/pupil/c1/p1?class=五（2）班&name=学生1', who: null },
  { name: 'first-password', path: '/', who: { ...session, must_change_password: true } },
  { name: 'home', path: '/', who: session, languages: ['zh-CN', 'en'] },
  { name: 'account', path: '/account', who: session, languages: ['zh-CN', 'en'], act: async (page) => { await page.click('text=/开启两步登录|Turn on/') } },
  { name: 'menu', path: '/', who: session, act: async (page) => { await page.click('.right .menu-root:last-child .opener') } },
  { name: 'search', path: '/', who: session, act: async (page) => { await page.keyboard.press('Control+k'); await page.fill('dialog input', '河坝'); await page.waitForTimeout(400) } },
  { name: 'not-found', path: '/nothing', who: session },
  { name: 'offline', path: '/account', who: null, over: { 'GET /session': { status: 503, body: { status: 503, code: 'http.503', trace_id: '7f3a' } } } },
  { name: 'kit', path: '/_kit', who: session, languages: ['zh-CN', 'en'], full: true },
]

let bad = 0
for (const shot of pages) {
  if (only.length && !only.includes(shot.name)) continue
  for (const language of shot.languages ?? ['zh-CN']) {
    for (const [size, viewport] of Object.entries(sizes)) {
      const page = await browser.newPage()
      await page.setViewportSize(viewport)
      page.setDefaultTimeout(6000)
      const noise = []
      page.on('console', (message) => { if (message.type() === 'error' && !/status of (4|5)\d\d/.test(message.text())) noise.push(message.text()) })
      page.on('pageerror', (error) => noise.push(String(error)))
      await page.addInitScript((chosen) => localStorage.setItem('santong.language', chosen), language)
      await stub(page, shot.who && { ...shot.who, language }, shot.over)
      await page.goto(site.url + shot.path)
      await page.waitForLoadState('load')
      await page.waitForSelector('h1, h2', { timeout: 5000 }).catch(() => noise.push('nothing shown'))
      try { await shot.act?.(page) } catch (error) { noise.push(String(error).split('\n')[0]) }
      await page.waitForTimeout(300)
      const name = `${shot.name}-${size}${language === 'en' ? '-en' : ''}`
      await page.screenshot({ path: join(out, `${name}.png`), fullPage: Boolean(shot.full) })
      const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']).analyze()
      const small = await page.evaluate((least) => [...document.querySelectorAll('body *')].filter((one) => one.checkVisibility?.() && [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()) && !one.closest('.st-sr') && Number.parseFloat(getComputedStyle(one).fontSize) < least && !(one instanceof SVGElement)).map((one) => `${one.className}: ${one.textContent.trim().slice(0, 20)}`).slice(0, 8), size === 'phone' ? 16 : 12)
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      for (const one of violations) noise.push(`axe ${one.id}: ${one.nodes.slice(0, 3).map((node) => node.target.join(' ') + ' ' + (node.any[0]?.message ?? '').slice(0, 140)).join(' | ')}`)
      if (small.length) noise.push(`small text: ${small.join(' | ')}`)
      if (wide > 0) noise.push(`${wide}px too wide`)
      console.log(noise.length ? '✗' : '✓', name)
      for (const line of noise) console.log('   ', line)
      bad += noise.length
      await page.close()
    }
  }
}
await browser.close()
site.close()
rmSync(profile, { recursive: true, force: true })
process.exitCode = bad ? 1 : 0
