/** Pictures of the import screens with axe on each: `node tests/import.mjs [name…]`. */
import { AxeBuilder } from '@axe-core/playwright'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { build } from 'vite'
import { ask, list, refused, totals, view } from './import.stubs.mjs'
import { serve } from './server.mjs'
import { session, stub } from './stubs.mjs'

const here = new URL('.', import.meta.url).pathname
const out = join(here, 'out')
const only = process.argv.slice(2)
mkdirSync(out, { recursive: true })
await build({ root: join(here, '..'), logLevel: 'error', build: { outDir: join(out, 'site'), emptyOutDir: true } })
const site = await serve(join(out, 'site'))
const folder = mkdtempSync(join(tmpdir(), 'santong-import-'))
const browser = await chromium.launchPersistentContext(folder, {
  executablePath: '/usr/bin/chromium', headless: true,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
})
const office = { ...session, home: 'info_office', roles: [{ role: 'info_office', org_id: 'd1', org_name: '大通湖区', org_path: [{ id: 'c1', name: '益阳市' }, { id: 'd1', name: '大通湖区' }] }], permissions: ['roster.import'] }
const ok = (body) => ({ status: 200, body })
const bad = { status: 503, body: { status: 503, code: 'http.503', trace_id: '7f3a' } }
const one = (over = {}, rows = refused) => ({ 'GET /imports/i1': ok({ ...view, ...over }), 'GET /imports/i1/rows': ok({ items: rows, next: null }) })
const both = ['zh-CN', 'en']
const clean = { ...totals, refused: 0, ask: 0, ended: 0 }
const pages = [
  { name: 'imports', path: '/imports', over: { 'GET /imports': ok({ items: list, next: null }) }, languages: both },
  { name: 'imports-empty', path: '/imports', over: { 'GET /imports': ok({ items: [], next: null }) } },
  { name: 'imports-error', path: '/imports', over: { 'GET /imports': bad }, wait: 5000 },
  { name: 'import-columns', path: '/imports/i1', over: one({ state: 'columns', known_headings: true }), languages: both, full: true },
  { name: 'import-checking', path: '/imports/i1', over: one({ state: 'checking' }) },
  { name: 'import', path: '/imports/i1', over: one(), languages: both, full: true },
  { name: 'import-ask', path: '/imports/i1', over: one({}, ask), act: async (page) => { await page.click('.cells > div:nth-child(4) button') } },
  { name: 'import-fix', path: '/imports/i1', over: one(), languages: both, act: async (page) => { await page.locator('button:has-text("就地改"), button:has-text("Mend")').nth(1).click(); await page.waitForSelector('dialog[open]') } },
  { name: 'import-clean', path: '/imports/i1', over: one({ totals: clean, refused_by_school: [], refused_by_reason: [] }, []) },
  { name: 'import-written', path: '/imports/i1', over: one({ state: 'written', totals: { ...totals, written: 2313 }, written_at: view.created_at }), full: true },
  { name: 'import-error', path: '/imports/i1', over: { 'GET /imports/i1': bad }, wait: 5000 },
]

let failed = 0
for (const shot of pages) {
  if (only.length && !only.includes(shot.name)) continue
  for (const language of shot.languages ?? ['zh-CN']) {
    for (const [size, viewport] of Object.entries({ desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } })) {
      const page = await browser.newPage()
      await page.setViewportSize(viewport)
      page.setDefaultTimeout(6000)
      const noise = []
      page.on('console', (message) => { if (['error', 'warning'].includes(message.type()) && !/status of (4|5)\d\d|GPU|WebGL/.test(message.text())) noise.push(message.text().slice(0, 300)) })
      page.on('pageerror', (error) => noise.push(String(error)))
      await page.addInitScript((chosen) => localStorage.setItem('santong.language', chosen), language)
      await stub(page, { ...office, language }, shot.over)
      await page.goto(site.url + shot.path)
      await page.waitForSelector('h1', { timeout: 5000 }).catch(() => noise.push('nothing shown'))
      await page.waitForTimeout(shot.wait ?? 900)
      try { await shot.act?.(page) } catch (error) { noise.push(String(error).split('\n')[0]) }
      await page.waitForTimeout(300)
      const name = `${shot.name}-${size}${language === 'en' ? '-en' : ''}`
      await page.screenshot({ path: join(out, `${name}.png`), fullPage: Boolean(shot.full) })
      const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']).analyze()
      const small = await page.evaluate((least) => [...document.querySelectorAll('body *')].filter((node) => node.checkVisibility?.() && [...node.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim()) && !node.closest('.st-sr') && Number.parseFloat(getComputedStyle(node).fontSize) < least && !(node instanceof SVGElement)).map((node) => `${node.className}: ${node.textContent.trim().slice(0, 20)}`).slice(0, 8), size === 'phone' ? 16 : 12)
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      for (const violation of violations) noise.push(`axe ${violation.id}: ${violation.nodes.slice(0, 3).map((node) => node.target.join(' ') + ' ' + (node.any[0]?.message ?? '').slice(0, 140)).join(' | ')}`)
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
