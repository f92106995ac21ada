// A homeroom teacher's class, the computer room, two browsers on one plan, and a line that is cut.
import { readFileSync } from 'node:fs'
import { check, settled } from './browser.mjs'

async function openClass({ whole }, page) {
  await page.getByRole('link', { name: '我的班' }).click()
  await page.waitForURL('**/classes/**')
  await whole(page)
}

export default {
  async 'a homeroom teacher records paper consents in a batch and resets a pupil\'s password'(tools) {
    const { page, person, signIn, signInAtDoor, accessible, fits, translated, picture, phone } = tools
    await signIn(page, 'homeroom')
    await openClass(tools, page)
    await accessible(page, 'a class')
    await picture(page, 'class-1')
    const button = page.getByRole('button', { name: /登记 \d+ 份家长同意书/ })
    const lacking = Number((await button.innerText()).match(/\d+/)[0])
    check(lacking > 0, 'some consents are on paper only')
    await button.click()
    await page.getByRole('dialog').getByRole('button', { name: /登记 \d+ 份/ }).click()
    await button.waitFor({ state: 'detached' })
    await picture(page, 'class-2-consents')

    await page.locator('table .menu-root .opener').first().click()
    await page.locator('.menu-root .item', { hasText: '重置登录码' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '重置登录码' }).click()
    const slip = page.getByRole('dialog').locator('dl')
    await slip.waitFor()
    const [login, code] = await slip.locator('dd').allInnerTexts()
    check(/^\w{10}$/.test(code.replace(/\W/g, '')), `a one-time code is shown once: ${code}`)
    await accessible(page, 'a one-time code')
    await picture(page, 'class-3-code')
    await page.setViewportSize(phone)
    await fits(page, 'a class on a phone')
    await translated(page, 'a class on a phone')

    const pupil = await person(phone)
    await signInAtDoor(pupil, { login, password: code })
    await pupil.waitForURL('**/first-password**')
    const fields = pupil.locator('input[type="password"]')
    for (const [index, text] of ['蓝色-书包-小河-42', '蓝色-书包-小河-42'].entries()) await fields.nth(index).fill(text)
    await pupil.getByRole('button', { name: '保存新密码' }).click()
    await pupil.waitForURL('**/my-day')
    await picture(pupil, 'class-4-pupil')
  },

  async 'in the computer room the teacher opens the class, a pupil picks his name and types a PIN'(tools) {
    const { page, person, signIn, whole, accessible, fits, translated, picture } = tools
    await signIn(page, 'homeroom')
    await openClass(tools, page)
    await page.getByRole('button', { name: '发 PIN 码' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '发 PIN 码' }).click()
    const pins = page.locator('.pins li')
    await pins.first().waitFor()
    const [table] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '存成表格' }).click()])
    const name = await pins.first().locator('.name').innerText()
    const pin = await pins.first().locator('strong').innerText()
    check(readFileSync(await table.path(), 'utf8').includes(`"${name}","${pin}\t"`), 'the table holds his PIN')
    await accessible(page, 'PINs to cut out')
    await fits(page, 'PINs to cut out')
    await picture(page, 'room-1-pins')
    await page.getByRole('button', { name: '回到班级' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '记好了' }).click()
    await page.getByRole('button', { name: '开放本班' }).click()
    await page.getByText(/开放到/).first().waitFor()
    await picture(page, 'room-2-open')

    const pupil = await person()
    await pupil.goto('/signin')
    await pupil.locator('.door a').click()
    await pupil.getByRole('link', { name: /五\(2\)班/ }).click()
    await accessible(pupil, 'names of a class')
    await picture(pupil, 'room-3-names')
    await pupil.getByRole('link', { name, exact: true }).click()
    await pupil.locator('.keys').waitFor()
    check(!decodeURIComponent(pupil.url()).includes(name), 'no name stands in the address')
    await pupil.reload()
    await pupil.locator('.who', { hasText: name }).waitFor()
    for (const digit of '0000') await pupil.keyboard.press(digit)
    await pupil.keyboard.press('Enter')
    await pupil.locator('[role="alert"]').waitFor()
    await accessible(pupil, 'a wrong PIN')
    await picture(pupil, 'room-4-pin')
    for (const digit of pin) await pupil.getByRole('button', { name: digit, exact: true }).click()
    await pupil.getByRole('button', { name: '登录' }).click()
    await pupil.waitForURL('**/my-day')
    await whole(pupil)
    await accessible(pupil, 'a pupil\'s day')
    await fits(pupil, 'a pupil\'s day')
    await translated(pupil, 'a pupil\'s day')
    await picture(pupil, 'room-5-day')
  },

  async 'two browsers on one plan: the later save shows both versions, and neither is lost'(tools) {
    const { page, person, signIn, whole, ask, accessible, picture } = tools
    await signIn(page, 'teacher')
    const plan = (await ask(page, '/lesson-plans?limit=1')).body.items[0]
    const second = await person()
    await signIn(second, 'teacher')
    for (const one of [page, second]) {
      await one.goto(`/prepare/${plan.id}`)
      await whole(one)
    }
    const text = (one) => one.locator('.middle textarea').last()
    await text(page).fill('课本第 3 页第 1 题（办公室写的）')
    await settled(page) // what was changed just now is marked as not saved
    await page.locator('.save.saved').waitFor()
    await text(second).fill('课本第 3 页第 2 题（家里写的）')
    const meeting = second.locator('.meeting')
    await meeting.waitFor()
    const words = await meeting.innerText()
    check(words.includes('办公室写的') && words.includes('家里写的'), 'both versions stand side by side')
    await accessible(second, 'two versions of a plan')
    await picture(second, 'plan-conflict')
    await meeting.getByRole('button', { name: '用这里的' }).click()
    await second.locator('.save.saved').waitFor()
    const kept = (await ask(second, `/lesson-plans/${plan.id}`)).body.plan
    check(kept.content.homework.includes('家里写的'), 'the chosen version stands')
    check(JSON.stringify((await ask(second, `/lesson-plans/${plan.id}/versions`)).body).includes('办公室写的'), 'the other one stands in the history')
  },

  async 'a cut line shows a banner, keeps what was typed, and goes away by itself'(tools) {
    const { page, signIn, whole, ask, accessible, picture } = tools
    await signIn(page, 'teacher')
    const plan = (await ask(page, '/lesson-plans?limit=1')).body.items[0]
    await page.goto(`/prepare/${plan.id}`)
    await whole(page)
    await page.context().setOffline(true)
    await page.locator('.offline-banner').waitFor()
    await page.getByRole('link', { name: '课表', exact: true }).first().click()
    await page.getByText('连不上服务器。请看看网线或无线网').first().waitFor()
    check(await page.locator('.middle textarea').last().isVisible(), 'the open page stays when another one cannot be fetched')
    await page.locator('.middle textarea').last().fill('断网时写的作业')
    await page.locator('.save.retrying').waitFor()
    await accessible(page, 'a page without a line')
    await picture(page, 'offline')
    await page.context().setOffline(false)
    await page.locator('.offline-banner').waitFor({ state: 'detached' })
    await page.locator('.save.saved').waitFor()
    check((await ask(page, `/lesson-plans/${plan.id}`)).body.plan.content.homework === '断网时写的作业', 'what was typed without a line is saved')
  },
}
