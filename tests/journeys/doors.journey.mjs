// What happens at the doors: a session that ends elsewhere, a file that is refused, a class that gets PINs, a screen let in.
import { readdirSync, readFileSync } from 'node:fs'
import { check } from './browser.mjs'

const courses = new URL('../../demo/content/scorm/', import.meta.url)

export const apart = true

export default {
  async 'a pupil whose session is ended elsewhere stands before the sign-in page, and nothing of his is left'({ page, person, signIn, whole, ask, accessible, picture, phone }) {
    await signIn(page, 'pupil')
    await page.locator('nav a', { hasText: '资源' }).first().click()
    await page.waitForURL('**/resources')
    await page.locator('nav a', { hasText: '今天' }).first().click()
    await page.locator('main h2').first().waitFor()
    await whole(page)
    const name = (await ask(page, '/session')).body.name
    check((await page.locator('body').innerText()).includes(name), 'his name stands on his own page')
    // The homeroom teacher's reset ends all his sessions; here another of his sessions does.
    const other = await person(phone)
    await signIn(other, 'pupil')
    await other.evaluate(async () => {
      const { session } = await (await fetch('/api/v1/session/current')).json()
      const mine = (await (await fetch('/api/v1/me/sessions?limit=50')).json()).items.filter((one) => !one.current)
      for (const one of mine) await fetch(`/api/v1/me/sessions/${one.id}`, { method: 'DELETE', headers: { 'X-CSRF-Token': session.csrf } })
    })
    // Nobody touches his page: it hears that the session is over.
    await page.waitForURL(/\/signin\?.*expired=1/, { timeout: 90_000 })
    await page.locator('input[autocomplete="username"]').waitFor()
    const left = await page.locator('body').innerText()
    check(left.includes('登录已过期') && !left.includes(name) && !left.includes('页面没打开'), left)
    await page.goBack().catch(() => null)
    await page.locator('input[autocomplete="username"]').waitFor()
    check(!(await page.locator('body').innerText()).includes(name), 'nor behind the back button')
    await accessible(page, 'signed out elsewhere')
    await picture(page, 'doors-1-ended')
  },

  async 'a file that is refused says why, and what was written of it outlives a reload'({ page, signIn, whole, accessible, translated, picture, fits, phone }) {
    await signIn(page, 'teacher', '/resources/new')
    await whole(page)
    const file = page.locator('input[type="file"]')
    for (const [name, text, why] of [['空.pdf', '', '文件是空的'], ['坏的.zip', 'PK\u0003\u0004 nothing else', '文件损坏'], ['不是片子.mp4', 'x\u0000\u0001\u00fe'.repeat(500), '无法识别文件内容']]) {
      await file.setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(text, 'latin1') })
      const line = page.locator('.files li', { hasText: name })
      await line.locator('.why').waitFor()
      check((await line.innerText()).includes(why), `${name}: ${await line.innerText()}`)
      check((await line.locator('.bar').count()) === 0, 'a refused file shows no progress')
    }
    await accessible(page, 'refused files')
    await translated(page, 'refused files')
    await picture(page, 'doors-2-refused')
    await page.locator('#field-title').fill('剪拼法的微课')
    await page.locator('#field-attribution').fill('某某')
    check((await page.locator('#field-grade_from').inputValue()) === '0', 'no grade is taken for granted')
    check((await page.locator('#field-subject option', { hasText: /^信息技术$/ }).count()) === 1, 'no two subjects of one name')
    page.once('dialog', (dialog) => void dialog.accept())
    await page.reload()
    await whole(page)
    check((await page.locator('#field-title').inputValue()) === '剪拼法的微课', 'the description is still there')
    check((await page.locator('#field-attribution').inputValue()) === '', 'no name of a person is kept')
    await page.setViewportSize(phone)
    await fits(page, 'a kept description on a phone')
    await picture(page, 'doors-2-kept-phone')
    await page.getByRole('button', { name: '清空重填' }).click()
    check((await page.locator('#field-title').inputValue()) === '', 'and can be thrown away')
  },

  async 'the short code on the screen has its door: in today, in the person\'s menu, and the screen says where'({ page, person, signIn, whole, accessible, translated, fits, picture, phone, desk }) {
    const screen = await person(desk)
    await screen.goto('/signin')
    await screen.locator('.room .code').waitFor()
    check((await screen.locator('.room').innerText()).includes('/pair'), 'the screen says where to type')
    await picture(screen, 'doors-3-screen')
    await page.setViewportSize(phone)
    await signIn(page, 'teacher')
    await whole(page)
    await picture(page, 'doors-3-today-phone')
    await page.locator('.head a[href="/pair"]').click()
    await page.locator('input[autocomplete="one-time-code"]').waitFor()
    check((await page.locator('main').innerText()).includes('演示'), 'the demo says so here, too')
    await accessible(page, 'the code is typed')
    await translated(page, 'the code is typed')
    await fits(page, 'the code is typed')
    await picture(page, 'doors-3-pair-phone')
    await page.locator('main').getByRole('link', { name: '回首页' }).click()
    await page.waitForURL('**/today')
    await page.getByRole('button', { name: '个人菜单' }).click()
    await page.locator('a.item[href="/pair"]').click()
    await page.waitForURL('**/pair')
  },

  async 'every course package of the demo opens in the player, page by page, and each page that was seen is done'({ page, signIn, whole, accessible, picture }) {
    await signIn(page, 'teacher')
    for (const name of readdirSync(courses)) {
      await page.goto('/resources/new')
      await whole(page)
      await page.locator('input[type="file"]').setInputFiles({ name, mimeType: 'application/zip', buffer: readFileSync(new URL(name, courses)) })
      await page.locator('.files li', { hasText: '已传好' }).waitFor()
      await page.locator('#field-title').fill(`试开 ${name}`)
      await page.locator('#field-subject').selectOption('14')
      await page.locator('#field-grade_from').selectOption('5')
      await page.getByRole('button', { name: '存为草稿' }).or(page.getByRole('button', { name: '存草稿' })).first().click()
      await page.waitForURL(/\/resources\/[0-9a-f-]{36}$/)
      const course = page.frameLocator('.course-frame').frameLocator('iframe')
      const links = course.locator('nav a')
      await links.first().waitFor()
      await page.locator('.mine').getByText('进度已保存').waitFor()
      check(/学完 1\/\d+ 节/.test(await page.locator('.mine').innerText()), 'the first page was seen')
      for (let at = 0; at < (await links.count()); at++) {
        await links.nth(at).click()
        const inner = course.frameLocator('iframe[name="page"]')
        await inner.locator('svg, canvas, button').first().waitFor()
      }
    }
    await accessible(page, 'a course package')
    await picture(page, 'doors-4-course')
  },

  async 'whoever has been away is told before he is signed out, and stays by one press'({ page, signIn, whole, accessible, translated, picture, fits }) {
    await page.clock.install()
    await signIn(page, 'guardian')
    await whole(page)
    check((await page.locator('.idle').count()) === 0, 'nobody is away yet')
    await page.clock.fastForward('28:30')
    await page.locator('.idle').getByText('再过 2 分钟会自动退出').waitFor()
    await accessible(page, 'away')
    await translated(page, 'away')
    await picture(page, 'doors-6-away')
    await page.locator('.idle').getByRole('button', { name: '继续使用' }).click()
    await page.locator('.idle').waitFor({ state: 'detached' })
    await page.clock.fastForward('20:00')
    check((await page.locator('.idle').count()) === 0, 'the half hour begins anew')
  },
}
