// The language that was chosen holds everywhere; the door is quiet; the wall screen fits its wall; the rail shows what is one's own.
import { check } from './browser.mjs'

const chinese = /[\u4e00-\u9fff]/

export const apart = true

export default {
  async 'a language picked at the door holds for the screens, the server\'s words, downloads and the account'({ page, person, signIn, signInAtDoor, whole, ask, picture }) {
    await page.goto('/signin')
    await page.locator('label', { hasText: 'English' }).click()
    await page.getByRole('heading', { name: 'Sign in', exact: true }).waitFor()
    await page.reload() // the choice outlives it
    await signInAtDoor(page, 'leader')
    await whole(page)
    const speaks = (one) => one.evaluate(() => document.documentElement.lang)
    check((await speaks(page)) === 'en', 'the screens speak the language of the door')
    check((await ask(page, '/session')).body.language === 'en', 'the account keeps it')
    const { body } = await ask(page, '/indicators/I21')
    const titles = body.columns.flatMap((column) => column.titles)
    check(titles.length > 0 && titles.every((title) => !chinese.test(title)), `the server words its columns alike, though the browser asks for Chinese: ${titles}`)
    const workbook = await page.request.get('/api/v1/indicators/I21/export.xlsx')
    const other = await page.request.get('/api/v1/indicators/I21/export.xlsx', { headers: { cookie: (await page.context().cookies()).filter((one) => one.name !== 'language').map((one) => `${one.name}=${one.value}`).join('; ') } })
    check(workbook.status() === 200 && other.status() === 200, 'downloads come with and without the cookie')
    await picture(page, 'screens-language')

    const elsewhere = await person() // another browser, which nobody told anything
    await signIn(elsewhere, 'leader')
    check((await speaks(elsewhere)) === 'en', 'and the account speaks it in another browser')
    await elsewhere.getByRole('button', { name: /Your menu/ }).click()
    await elsewhere.getByRole('button', { name: '中文' }).click()
    await elsewhere.waitForFunction(() => document.documentElement.lang === 'zh-CN')
    await elsewhere.waitForFunction(async () => (await (await fetch('/api/v1/session')).json()).language === 'zh-CN') // as the other journeys expect
  },

  async 'whoever is not signed in meets no error, and a wrong password shows no number'({ page }) {
    const refused = []
    page.on('response', (answer) => { if (answer.status() >= 400) refused.push(`${answer.status()} ${answer.url()}`) })
    for (const path of ['/open', '/signin', '/signin/pupil', '/', '/people?q=wang']) {
      await page.goto(path)
      await page.locator('h1').first().waitFor()
      await page.waitForLoadState('networkidle').catch(() => {})
    }
    check(refused.length === 0, `nothing was refused: ${refused.join(', ')}`)
    const foot = await page.locator('footer').innerText()
    check(!/同步|断网/.test(foot), `the foot says what is true: ${foot}`)
    await page.fill('input[autocomplete="username"]', 'nobody-here')
    await page.fill('input[autocomplete="current-password"]', 'not-the-password-2014')
    await page.press('input[autocomplete="current-password"]', 'Enter')
    const alert = page.locator('[role="alert"]').first()
    await alert.waitFor()
    check(!/[0-9a-f]{16}/.test(await alert.innerText()), 'a refusal explains itself without a number')
  },

  async 'the wall screen fits the usual walls without scrolling'({ page, signIn, whole, settled, picture, fits }) {
    await signIn(page, 'leader')
    for (const [width, height] of [[1366, 768], [1440, 900], [1920, 1080]]) {
      await page.setViewportSize({ width, height })
      await page.goto('/cockpit/screen')
      await whole(page)
      await settled(page)
      const over = await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)
      check(over <= 0, `${width}×${height} is ${over} px too tall`)
      await fits(page, `the wall screen at ${width}`)
      const cut = await page.evaluate(() => [...document.querySelectorAll('.list, .map, .side > *, .st-tiles')].filter((one) => one.scrollHeight > one.clientHeight + 1).map((one) => one.className))
      check(cut.length === 0, `at ${width}×${height} something is cut off: ${cut}`)
      await picture(page, `screens-wall-${width}`)
    }
  },

  async 'the rail offers the reviews to whoever decides, and a principal sees what waits by its name'({ page, person, signIn, whole }) {
    await signIn(page, 'principal')
    await whole(page)
    check((await page.locator('nav a[href="/review"]').count()) === 0, 'a principal with nothing to decide has no entry')
    const card = page.locator('#week-declared')
    check(/^\s*数不符\s*10月/.test(await card.innerText()), `a card about a month is headed by it: ${await card.innerText()}`)
    check((await page.locator('.wait').count()) === 0, 'one thing alone is said once')
    const below = await page.locator('.own a').innerText()
    check(/[1-9][\d,]*/.test(below.replace(/\s/g, '')), `the own numbers stand beside those of all the schools below: ${below}`)
    const researcher = await person()
    await signIn(researcher, 'researcher')
    await whole(researcher)
    check((await researcher.locator('nav a[href="/review"]').count()) > 0, 'a researcher has it')
  },
}
