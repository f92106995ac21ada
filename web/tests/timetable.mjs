/**
 * Pictures of the timetable's pages and axe over them, against a running server with the demo:
 * `node tests/timetable.mjs http://127.0.0.1:8080 [folder]`. Signs in with the demo's accounts.
 */
import { readFileSync, mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { launch, out as pictures } from './pictures.mjs'

const base = process.argv[2]
const out = process.argv[3] ?? join(pictures, 'timetable')
mkdirSync(out, { recursive: true })
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const browser = await launch()
const desk = { width: 1440, height: 900 }
const phone = { width: 390, height: 844 }
const only = process.argv[4]

async function visit(login, password, size, pages, language = 'zh-CN') {
  const context = await browser.newContext({ viewport: size, locale: language, bypassCSP: true })
  const page = await context.newPage()
  page.setDefaultTimeout(15000)
  page.on('pageerror', (error) => { console.log('✗ page error', error.message); process.exitCode = 1 })
  page.on('response', (answer) => { if (answer.status() >= 500) { console.log('✗', answer.status(), answer.url()); process.exitCode = 1 } })
  await page.goto(`${base}/signin`)
  await page.fill('#field-login', login)
  await page.fill('#field-password', password)
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => !url.pathname.startsWith('/signin'))
  for (const [name, path, act] of pages) {
    if (only && !name.includes(only)) continue
    await page.goto(base + path)
    await page.waitForLoadState('networkidle')
    await act?.(page)
    await page.waitForTimeout(300)
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    if (wide > 0) { console.log('✗', name, 'is too wide by', wide); process.exitCode = 1 }
    await page.evaluate(axe)
    const found = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa'] }))
    for (const one of found.violations) { console.log('✗', name, one.id, one.nodes.slice(0, 2).map((node) => node.html.slice(0, 140)).join(' | ')); process.exitCode = 1 }
    await page.screenshot({ path: join(out, `${name}.png`), fullPage: false })
    console.log('✓', name)
  }
  await context.close()
}
const fillPlace = async (page) => {
  await page.selectOption('#field-class_id', { index: 5 })
  await page.waitForTimeout(600)
  await page.selectOption('#field-period', { index: 3 })
  await page.waitForTimeout(600)
}
const office = [
  ['home', '/'], ['week-class', '/timetable?of=class'], ['week-teacher', '/timetable?of=teacher'], ['week-school', '/timetable?of=school'],
  ['changes', '/timetable/changes'], ['changes-add', '/timetable/changes?add=1', fillPlace], ['patrol', '/timetable/patrol'], ['patrol-add', '/timetable/patrol?add=1', fillPlace],
  ['check', '/timetable/check'], ['settings', '/timetable/settings'], ['import', '/timetable/import'],
]
await visit('hb002', 'Datonghu-academic-2014', desk, office.map(([name, ...rest]) => [`desk-${name}`, ...rest]))
await visit('hb002', 'Datonghu-academic-2014', phone, office.map(([name, ...rest]) => [`phone-${name}`, ...rest]))
await visit('hb0690p', 'Datonghu-guardian-2014', phone, [['phone-guardian', '/timetable']])
await visit('hb0690', 'Datonghu-pupil-2014', desk, [['desk-pupil', '/timetable']])
await visit('hb010', 'Datonghu-teacher-2014', desk, [['desk-teacher', '/timetable']])
await visit('hb001', 'Datonghu-principal-2014', desk, [['en-check', '/timetable/check'], ['en-week', '/timetable?of=teacher']], 'en-GB')
await browser.close()
