/** Pictures of the indicator screens with axe on each: `node tests/indicators.mjs [name…]`. Figures are invented for the picture. */
import { AxeBuilder } from '@axe-core/playwright'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { build } from 'vite'
import { cockpit, detail, figures, home, lessons, profile, time } from './indicators.stubs.mjs'
import { serve } from './server.mjs'
import { session, stub } from './stubs.mjs'

const here = new URL('.', import.meta.url).pathname
const out = join(here, 'out')
const only = process.argv.slice(2)
mkdirSync(out, { recursive: true })
await build({ root: join(here, '..'), logLevel: 'error', build: { outDir: join(out, 'site'), emptyOutDir: true } })
const site = await serve(join(out, 'site'))
const folder = mkdtempSync(join(tmpdir(), 'santong-indicators-'))
const browser = await chromium.launchPersistentContext(folder, {
  executablePath: '/usr/bin/chromium', headless: true,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
})
const leader = { ...session, permissions: ['indicators.view_district', 'indicators.hear'] }
const principal = { ...session, home: 'principal', roles: [{ role: 'principal', org_id: 's3', org_name: '河坝镇中心小学', org_path: [{ id: 'd1', name: '大通湖区' }, { id: 's3', name: '河坝镇中心小学' }] }], permissions: ['indicators.view_school', 'indicators.declare', 'indicators.hear', 'teaching.view_school_records'] }
const ok = (body) => ({ status: 200, body })
const bad = { status: 503, body: { status: 503, code: 'http.503', trace_id: '7f3a' } }
const calm = { ...cockpit, exceptions: [], schools: cockpit.schools.map((one) => ({ ...one, state: 'ok', exceptions: 0 })) }
const nothing = { ...detail, number: { ...detail.number, value: null, series: [null], denominator: 0, numerator: 0 } }
const both = ['zh-CN', 'en']
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
  { name: 'big', path: '/cockpit/screen', who: leader, over: { 'GET /cockpit': ok(cockpit) }, sizes: { screen: { width: 1920, height: 1080 } } },
]

let failed = 0
for (const shot of pages) {
  if (only.length && !only.includes(shot.name)) continue
  for (const language of shot.languages ?? ['zh-CN']) {
    for (const [size, viewport] of Object.entries(shot.sizes ?? { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } })) {
      const page = await browser.newPage()
      await page.setViewportSize(viewport)
      page.setDefaultTimeout(6000)
      const noise = []
      page.on('console', (message) => { if (['error', 'warning'].includes(message.type()) && !/status of (4|5)\d\d|GPU|WebGL/.test(message.text())) noise.push(message.text().slice(0, 300)) })
      page.on('pageerror', (error) => noise.push(String(error)))
      await page.addInitScript((chosen) => localStorage.setItem('santong.language', chosen), language)
      await stub(page, { ...shot.who, language }, shot.over)
      await page.goto(site.url + shot.path)
      await page.waitForSelector('h1', { timeout: 5000 }).catch(() => noise.push('nothing shown'))
      await page.waitForTimeout(shot.wait ?? 900)
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
      failed += noise.length
      await page.close()
    }
  }
}
await browser.close()
site.close()
rmSync(folder, { recursive: true, force: true })
process.exitCode = failed ? 1 : 0
