// What a browser asks for when a page is opened by somebody whose browser has the screens already: the page itself and
// its calls, one path a line. usage: page_calls.mjs ORIGIN COOKIE PATH
import { createRequire } from 'node:module'

const [origin, cookie, path] = process.argv.slice(2)
const { chromium } = createRequire(new URL('../web/package.json', import.meta.url))('playwright-core')
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] })
const context = await browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
const [name, value] = cookie.split('=')
await context.addCookies([{ name, value, url: origin }])
const page = await context.newPage()
const asked = []
page.on('request', (request) => { if (['document', 'fetch', 'xhr'].includes(request.resourceType()) && request.method() === 'GET' && request.url().startsWith(origin)) asked.push(request.url().slice(origin.length)) })
await page.goto(origin + path)
await page.locator('h1').first().waitFor({ state: 'attached' })
await page.waitForFunction(() => !document.querySelector('.skeleton-block, [aria-busy="true"]'))
await page.waitForTimeout(2000)
await browser.close()
console.log(asked.filter((one) => !one.startsWith('/assets/')).join('\n'))
