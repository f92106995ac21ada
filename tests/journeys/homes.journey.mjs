// Every role signs in and finds a home that is whole: both languages, desk and phone.
import { check } from './browser.mjs'

const roles = ['leader', 'info_office', 'principal', 'academic', 'researcher', 'teacher', 'homeroom', 'pupil', 'guardian',
  'technician', 'sysadmin', 'secadmin', 'auditor']


const journeys = {}
for (const role of roles) {
  journeys[`the ${role} signs in and the home is whole on desk and phone`] = async ({ page, signIn, accessible, fits, picture, desk, phone }) => {
    await signIn(page, role)
    check((await page.locator('h1').count()) === 1, 'one heading names the page')
    await accessible(page, `home of ${role}`)
    await fits(page, `home of ${role}`)
    await picture(page, `home-${role}-desk`)
    await page.setViewportSize(phone)
    await page.waitForTimeout(300)
    await fits(page, `home of ${role} on a phone`)
    await picture(page, `home-${role}-phone`)
    await page.setViewportSize(desk)
  }
}

journeys['a wrong password is answered without saying what was wrong'] = async ({ page, server, accessible }) => {
  await page.goto('/signin')
  await page.fill('input[autocomplete="username"]', server.accounts.teacher.login)
  await page.fill('input[autocomplete="current-password"]', 'not-the-password-2014')
  await page.press('input[autocomplete="current-password"]', 'Enter')
  const alert = page.locator('[role="alert"]').first()
  await alert.waitFor()
  check(!(await alert.innerText()).includes('密码错误') || !(await alert.innerText()).includes('账号不存在'), 'the answer tells which of the two was wrong')
  await accessible(page, 'sign-in page with an error')
}

export default journeys
