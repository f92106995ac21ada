// Every role signs in and finds a home that is whole: both languages, desk and phone.
import { check } from './browser.mjs'

/** What must stand on the role's home from the data of the demo, in either language. */
const homes = {
  leader: /\d\d\.\d/, info_office: /20/, principal: /18|56/, academic: /\d/, researcher: /\d+/, teacher: /五\(1\)班/, homeroom: /五\(2\)班|班/,
  pupil: /数学|Mathematics|Maths/, guardian: /五\(2\)班/, technician: /\d/, sysadmin: /\d/, secadmin: /大通湖|河坝|Datong/, auditor: /\d/,
}

/** The language of the account and of this browser. */
async function speak(page, language) {
  await page.evaluate((chosen) => localStorage.setItem('santong.language', chosen), language)
  const csrf = (await (await page.request.get('/api/v1/session')).json()).csrf
  await page.request.patch('/api/v1/me', { data: { language }, headers: { 'X-CSRF-Token': csrf } })
}

export const apart = true

const journeys = {}
for (const [role, facts] of Object.entries(homes)) {
  journeys[`the ${role} signs in and the home is whole on desk and phone in both languages`] = async ({ page, signInAtDoor, whole, settled, accessible, fits, translated, picture, desk, phone }) => {
    await signInAtDoor(page, role)
    check(!['/', '/signin', '/forbidden'].includes(new URL(page.url()).pathname), `the ${role} has no home`)
    for (const language of ['zh-CN', 'en']) {
      if (language === 'en') {
        await page.setViewportSize(desk)
        await speak(page, 'en')
        await page.goto('/')
      }
      await whole(page)
      check((await page.evaluate(() => document.documentElement.lang)) === language, `the page speaks ${language}`)
      check((await page.locator('h1').count()) === 1, 'one heading names the page')
      check(facts.test(await page.locator('main').innerText()), `home of ${role} lacks its facts`)
      check((await page.locator('main [role="alert"]').count()) === 0, `home of ${role} shows an error`)
      for (const size of [desk, phone]) {
        const place = `home of ${role}, ${language}, ${size.width}`
        await page.setViewportSize(size)
        await settled(page)
        await fits(page, place)
        await translated(page, place)
        await accessible(page, place)
        await picture(page, `home-${role}-${language}-${size === desk ? 'desk' : 'phone'}`)
      }
    }
    await speak(page, 'zh-CN') // as the other journeys expect
  }
}

journeys['a wrong password is answered without saying what was wrong'] = async ({ page, server, accessible }) => {
  const answers = []
  for (const login of [server.accounts.teacher.login, 'nobody-here']) {
    await page.goto('/signin')
    await page.fill('input[autocomplete="username"]', login)
    await page.fill('input[autocomplete="current-password"]', 'not-the-password-2014')
    await page.press('input[autocomplete="current-password"]', 'Enter')
    const alert = page.locator('[role="alert"]').first()
    await alert.waitFor()
    answers.push(await alert.innerText())
  }
  check(answers[0] === answers[1], `a known and an unknown account are answered alike: ${answers.join(' / ')}`)
  await accessible(page, 'sign-in page with an error')
}

export default journeys
