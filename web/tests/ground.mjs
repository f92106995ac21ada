/** Journeys over the ground itself, on the site that `shots.mjs` built: `node tests/ground.mjs`. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { launch, out } from './pictures.mjs'
import { serve } from './server.mjs'
import { session, stub } from './stubs.mjs'

const site = await serve(join(out, 'site'))
const browser = await launch()
const fresh = async (size = { width: 1440, height: 900 }) => {
  const page = await (await browser.newContext({ viewport: size, locale: 'zh-CN' })).newPage()
  page.setDefaultTimeout(20_000)
  return page
}
async function step(name, work) {
  try {
    await work()
    console.log('✓', name)
  } catch (error) {
    console.log('✗', name, String(error.stack).split('\n').slice(0, 4).join('\n'))
    process.exitCode = 1
  }
}

await step('signing in leads back to the page that was asked for, with one request and the right body', async () => {
  const page = await fresh()
  await stub(page, null)
  const sent = []
  let inside = false
  await page.route('**/api/v1/session', (route) => {
    sent.push(route.request().postDataJSON())
    inside = true
    return route.fulfill({ status: 200, json: {} })
  })
  await page.route('**/api/v1/session/current', (route) => route.fulfill({ json: { session: inside ? session : null } }))
  await page.goto(`${site.url}/account`)
  await page.waitForURL(/signin\?next=/)
  await page.keyboard.press('Enter')
  await page.fill('#field-login', ' HB0231 ')
  await page.fill('#field-password', 'secret')
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => url.pathname === '/account')
  assert.deepEqual(sent, [{ login: 'HB0231', password: 'secret' }])
})
await step('empty fields are named before anything is sent', async () => {
  const page = await fresh()
  await stub(page, null)
  await page.goto(`${site.url}/signin`)
  await page.click('form button[type=submit]')
  assert.equal(await page.locator('.form-field .error').count(), 2)
})
await step('a list keeps search, filter and page in the address', async () => {
  const page = await fresh()
  await stub(page, session)
  await page.goto(`${site.url}/_kit`)
  await page.click('.filter-chips button:has-text("数学")')
  await page.fill('.table-tools input[type=search]', '张')
  await page.waitForURL(/q=/)
  assert.match(decodeURIComponent(page.url()), /q=张/)
  assert.match(decodeURIComponent(page.url()), /subject=数学/)
  await page.click('.pages .app-button:has-text("下一页")')
  await page.waitForURL(/after=p2/)
  await page.click('.pages .app-button:has-text("上一页")')
  await page.waitForFunction(() => !location.search.includes('after'))
})
await step('a dialog keeps the focus and gives it back', async () => {
  const page = await fresh()
  await stub(page, session)
  await page.goto(`${site.url}/_kit`)
  await page.click('.app-button:has-text("对话框")')
  await page.keyboard.press('Escape')
  assert.equal(await page.evaluate(() => document.activeElement.textContent.trim()), '对话框')
})
await step('the chart gives its table, and Element Plus opens under the CSP', async () => {
  const page = await fresh()
  const refused = []
  page.on('console', (message) => { if (message.text().includes('Content Security Policy')) refused.push(message.text()) })
  await stub(page, session)
  await page.goto(`${site.url}/_kit`)
  await page.waitForSelector('.chart-panel canvas')
  await page.hover('.chart-panel .box', { position: { x: 200, y: 100 } })
  await page.locator('.chart-panel').screenshot({ path: join(out, 'part-chart.png') })
  await page.click('.chart-panel .app-button:has-text("看表")')
  assert.equal(await page.locator('.chart-panel tbody tr').count(), 8)
  await page.click('.el-select')
  await page.waitForSelector('.el-select-dropdown__item:visible')
  await page.keyboard.press('Escape')
  await page.click('.el-date-editor input')
  await page.waitForSelector('.el-date-table:visible')
  await page.screenshot({ path: join(out, 'part-element.png') })
  assert.deepEqual(refused, [])
})
await step('the post is switched and the language turns the whole shell', async () => {
  const page = await fresh()
  await stub(page, session, { 'PATCH /me': { status: 204, body: {} } })
  await page.goto(`${site.url}/`)
  await page.click('.right .menu-root:last-child .opener')
  await page.click('.panel .item:has-text("English")')
  await page.waitForSelector('.entry:has-text("Cockpit")')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  await page.waitForSelector('dialog[open] input')
})
await step('pictures of single parts', async () => {
  const page = await fresh()
  await stub(page, session)
  await page.goto(`${site.url}/_kit`)
  await page.waitForSelector('.chart-panel canvas')
  await page.click('.app-button:has-text("明 / 暗")')
  await page.screenshot({ path: join(out, 'part-dark.png') })
  const phone = await fresh({ width: 390, height: 844 })
  await stub(phone, session)
  await phone.goto(`${site.url}/_kit`)
  for (const [name, selector] of [['tiles', '.st-tiles'], ['rows', '.data-table .cards'], ['form', '.path-steps']]) {
    await phone.locator(selector).first().scrollIntoViewIfNeeded()
    await phone.screenshot({ path: join(out, `part-${name}-phone.png`) })
  }
})
await browser.close()
site.close()
