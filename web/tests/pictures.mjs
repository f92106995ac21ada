/** Takes pictures of pages on the built site under the product's CSP, answers put in, and looks for what is wrong with them. */
import { AxeBuilder } from '@axe-core/playwright'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { build } from 'vite'
import { serve } from './server.mjs'
import { stub } from './stubs.mjs'

const here = new URL('.', import.meta.url).pathname
export const out = join(here, 'out')
/** `least`: the smallest text in pixels; a classroom reads from eight metres. */
export const sizes = {
  desk: { width: 1440, height: 900, least: 12 }, phone: { width: 390, height: 844, least: 16 }, screen: { width: 1920, height: 1080, least: 12 },
  room: { width: 1920, height: 1080, least: 20 }, old: { width: 1366, height: 768, least: 20 }, narrow: { width: 360, height: 740, least: 16 },
}
export const both = ['zh-CN', 'en']

export const launch = () => chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
})

/** Runs in the page: texts smaller than `least` pixels; the notice of the demo is not for the class. */
function smallTexts(least) {
  const speaks = (node) => [...node.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim())
  const small = (node) => node.checkVisibility?.() && speaks(node) && !node.closest('.st-sr, .mark.st-noprint') && !(node instanceof SVGElement) && Number.parseFloat(getComputedStyle(node).fontSize) < least
  return [...document.querySelectorAll('body *')].filter(small).map((node) => `${node.className}: ${node.textContent.trim().slice(0, 20)}`).slice(0, 8)
}

/** What axe, the text sizes and the width say against a page. */
async function faults(page, least) {
  // What stands in a frame was uploaded.
  const { violations } = await new AxeBuilder({ page }).exclude('iframe').withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']).analyze()
  const found = violations.map((one) => `axe ${one.id}: ${one.nodes.slice(0, 3).map((node) => `${node.target.join(' ')} ${(node.any[0]?.message ?? '').slice(0, 140)}`).join(' | ')}`)
  const small = await page.evaluate(smallTexts, least)
  if (small.length) found.push(`small text: ${small.join(' | ')}`)
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  const spilt = await page.evaluate(() => [...document.querySelectorAll('button, a.app-button')].filter((one) => one.checkVisibility?.() && one.scrollWidth > one.clientWidth + 1).map((one) => one.textContent.trim().slice(0, 20)))
  if (spilt.length) found.push(`words spill out of buttons: ${spilt.join(' | ')}`)
  if (wide > 0) found.push(`${wide}px too wide`)
  return found
}

/** One page in one language and size; what is wrong with it. */
async function take(browser, site, shot, language, size, { over = (more) => more, routes }) {
  const { least, ...viewport } = sizes[size]
  const context = await browser.newContext({ viewport })
  const page = await context.newPage()
  page.setDefaultTimeout(8000)
  const noise = []
  page.on('console', (message) => { if (['error', 'warning'].includes(message.type()) && !/status of (4|5)\d\d|GPU|WebGL|its sandbox attribute/.test(message.text())) noise.push(message.text().slice(0, 300)) })
  page.on('pageerror', (error) => noise.push(String(error)))
  await page.addInitScript((chosen) => localStorage.setItem('santong.language', chosen), language)
  await stub(page, shot.who && { ...shot.who, language }, over(shot.over))
  await routes?.(page)
  await page.goto(site.url + shot.path)
  const wait = typeof shot.wait === 'string' ? { selector: shot.wait } : { milliseconds: shot.wait }
  await page.waitForSelector(wait.selector ?? 'h1, h2').catch(() => noise.push('nothing shown'))
  await page.waitForTimeout(wait.milliseconds ?? 900)
  try { await shot.act?.(page) } catch (error) { noise.push(String(error).split('\n').slice(0, 3).join(' ')) }
  await page.waitForTimeout(400)
  await page.screenshot({ path: join(out, `${shot.name}-${size}${language === 'en' ? '-en' : ''}.png`), fullPage: Boolean(shot.full) })
  noise.push(...await faults(page, least))
  await context.close()
  return noise
}

/** `pages`: {name, path, who (null: not signed in), over: answers in place of the stubs', languages, sizes, act(page),
    wait: a selector or milliseconds, full}. Words on the command line choose by the beginning of a name; `--built` takes
    the site that stands from the last time. `over` completes a page's answers, `routes` puts in others; `mode` is Vite's. */
export async function pictures(pages, options = {}) {
  const only = process.argv.slice(2).filter((word) => !word.startsWith('--'))
  mkdirSync(out, { recursive: true })
  if (!process.argv.includes('--built')) await build({ root: join(here, '..'), mode: options.mode, logLevel: 'error', build: { outDir: join(out, 'site'), emptyOutDir: true } })
  const site = await serve(join(out, 'site'))
  const browser = await launch()
  for (const shot of pages.filter(({ name }) => only.length === 0 || only.some((word) => name.startsWith(word)))) {
    for (const language of shot.languages ?? ['zh-CN']) for (const size of shot.sizes ?? ['desk', 'phone']) {
      const noise = await take(browser, site, shot, language, size, options)
      console.log(noise.length ? '✗' : '✓', shot.name, size, language)
      for (const line of noise) console.log('   ', line)
      if (noise.length) process.exitCode = 1
    }
  }
  await browser.close()
  site.close()
}
