// Debian's Chromium, one fresh context a journey; console errors and refused content fail the journey.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const require = createRequire(new URL('../../web/package.json', import.meta.url))
const { chromium } = require('playwright-core')
const { AxeBuilder } = require('@axe-core/playwright')

export const desk = { width: 1440, height: 900 }
export const phone = { width: 390, height: 844 }
export const wall = { width: 1920, height: 1080 }
const pictures = new URL('./out/', import.meta.url).pathname

const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync']

export async function browserFor(server) {
  mkdirSync(pictures, { recursive: true })
  const profile = mkdtempSync(join(tmpdir(), 'santong-chromium-'))
  const chrome = await chromium.launch({ executablePath: '/usr/bin/chromium', headless: true, args: flags })
  return {
    async visit(work, name) {
      const context = await chrome.newContext({ viewport: desk, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', baseURL: server.origin })
      context.setDefaultTimeout(15_000)
      const page = await context.newPage()
      const complaints = listen(page)
      try {
        await work({ page, context, chrome, ...helpers(server) })
        if (complaints.length > 0) throw new Error(`the page complained: ${complaints.join(' | ')}`)
      } catch (error) {
        await page.screenshot({ path: join(pictures, `${name.replace(/[^\w\u4e00-\u9fff]+/g, '-')}.png`) }).catch(() => {})
        throw error
      } finally {
        await context.close()
      }
    },
    async close() {
      await chrome.close()
      rmSync(profile, { recursive: true, force: true })
    },
  }
}

function listen(page) {
  const complaints = []
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    // A refused request is logged by the browser itself; the journey decides whether it was meant.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) complaints.push(message.text())
  })
  return complaints
}

function helpers(server) {
  return {
    /** Signs in through the sign-in page as a role of the demo. */
    async signIn(page, role) {
      const { login, password } = server.accounts[role]
      await page.goto('/signin')
      await page.fill('input[autocomplete="username"]', login)
      await page.fill('input[autocomplete="current-password"]', password)
      await page.press('input[autocomplete="current-password"]', 'Enter')
      await page.waitForURL((url) => !url.pathname.startsWith('/signin'))
      await page.waitForLoadState('networkidle').catch(() => {})
    },
    /** No violation that axe can find. */
    async accessible(page, place) {
      const { violations } = await new AxeBuilder({ page }).analyze()
      if (violations.length > 0) {
        const list = violations.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.target.join(' ')).join(', ')}`)
        throw new Error(`axe at ${place}: ${list.join('; ')}`)
      }
    },
    /** Nothing sticks out sideways. */
    async fits(page, place) {
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      if (wide > 1) throw new Error(`${place} is ${wide} px too wide`)
    },
    picture: (page, name) => page.screenshot({ path: join(pictures, `${name}.png`) }),
    desk, phone, wall,
  }
}

export function check(truth, words) {
  if (!truth) throw new Error(words)
}
