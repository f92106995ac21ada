// What a trial of a school day found: the stage, counts of hands asked again or without a line, a plan with a bad field.
import { check } from './browser.mjs'

const current = async (ask, page) => (await ask(page, '/class-sessions/current')).body.running
async function until(page, what, test) {
  for (let tries = 0; tries < 200; tries++) {
    if (await test()) return
    await page.waitForTimeout(100)
  }
  throw new Error(`never: ${what}`)
}
async function openClass({ person, signIn, wall }) {
  const screen = await person(wall)
  await signIn(screen, 'teacher', '/classroom')
  const go = screen.getByRole('button', { name: /^(上课|接着上)$/ })
  const stands = screen.getByRole('button', { name: '下课' })
  await go.or(stands).first().waitFor()
  if (await go.isVisible()) await go.click()
  await stands.waitFor()
  return screen
}
async function spoken(screen) {
  await screen.getByRole('button', { name: '提问', exact: true }).click()
  await screen.getByRole('dialog').getByRole('button', { name: '开始举手' }).click()
  await screen.getByRole('slider').first().waitFor()
}
async function press(screen, nth, key, times = 1) {
  await screen.getByRole('slider').nth(nth).focus()
  for (let n = 0; n < times; n++) await screen.keyboard.press(key)
}
const done = (screen) => screen.getByRole('button', { name: '数完了' })

export default {
  async 'a video, a picture and slides stand whole on the stage at every size'(tools) {
    const { picture, accessible } = tools
    const screen = await openClass(tools)
    const drawn = (await tools.ask(screen, '/resources?kind=picture&limit=1')).body.items[0].title
    for (const title of ['平行四边形的剪拼 动画', drawn, '平行四边形的面积 课件']) {
      await screen.getByRole('button', { name: '资源', exact: true }).click()
      await screen.getByRole('searchbox').fill(title)
      const hits = screen.getByRole('dialog').locator('.item', { hasText: title })
      await hits.first().click()
      const thing = screen.locator('section.stage').locator('video, img, .pdf, iframe').first()
      await thing.waitFor()
      for (const [width, height] of [[1920, 1080], [1440, 900], [1366, 768], [720, 450], [390, 844]]) {
        await screen.setViewportSize({ width, height })
        await tools.settled(screen)
        let stage, box
        await until(screen, `${title} stands at ${width}×${height}`, async () => {
          ;[stage, box] = [await screen.locator('section.stage').boundingBox(), await thing.boundingBox()]
          return box && box.y + box.height <= stage.y + stage.height + 1 && box.x + box.width <= stage.x + stage.width + 1
        }).catch(() => {})
        check(box.y >= stage.y - 1 && box.y + box.height <= stage.y + stage.height + 1, `${title} at ${width}×${height}: ${JSON.stringify(box)} within ${JSON.stringify(stage)}`)
        check(box.x >= stage.x - 1 && box.x + box.width <= stage.x + stage.width + 1, `${title} at ${width}×${height} is as wide as the stage`)
        if (title.includes('动画')) await picture(screen, `trial-stage-${width}`)
      }
      await screen.setViewportSize(tools.wall)
    }
    // The keyboard stands where it stood; Esc leaves the pen.
    await screen.getByRole('button', { name: '资源', exact: true }).click()
    await screen.getByRole('dialog').waitFor()
    await screen.keyboard.press('Escape')
    check((await screen.evaluate(() => document.activeElement?.textContent))?.includes('资源'), 'Esc gives the focus back to its button')
    await screen.getByRole('button', { name: '批注' }).click()
    await screen.keyboard.press('Escape')
    check((await screen.getByRole('button', { name: '批注' }).getAttribute('aria-pressed')) === 'false', 'Esc leaves the pen')
    await accessible(screen, 'the stage')
  },

  async 'hands are counted anew, put right, and kept, also without a server and over a reload'(tools) {
    const { ask, picture, accessible, server } = tools
    const screen = await openClass(tools)
    const before = (await current(ask, screen)).questions.length
    const questions = async () => (await current(ask, screen)).questions.slice(before)
    await spoken(screen)
    await press(screen, 0, 'End')
    const present = Number(await screen.getByRole('slider').first().getAttribute('aria-valuenow'))
    await press(screen, 1, 'ArrowRight', 2)
    check(await done(screen).isDisabled(), 'more hands than pupils cannot be done with')
    await screen.getByText('多了 2 人').waitFor()
    await accessible(screen, 'too many hands')
    await picture(screen, 'trial-over')
    await press(screen, 0, 'ArrowLeft', 2)
    await done(screen).click()
    await until(screen, 'the count is kept', async () => (await questions())[0]?.counts.join() === `${present - 2},2,0`)

    // Put right: the old count; asked again: a new one from nought.
    await screen.getByRole('button', { name: '提问', exact: true }).click()
    await picture(screen, 'trial-asked')
    await screen.getByRole('button', { name: /^看\s*口头提问/ }).click()
    await press(screen, 0, 'ArrowLeft')
    await press(screen, 1, 'ArrowRight')
    await done(screen).click()
    await until(screen, 'the correction is kept', async () => (await questions())[0]?.counts.join() === `${present - 3},3,0`)
    await screen.getByRole('button', { name: '提问', exact: true }).click()
    await screen.getByRole('button', { name: '再问一次：口头提问' }).click()
    check((await screen.getByRole('slider').first().getAttribute('aria-valuenow')) === '0', 'asked again it begins at nought')
    await press(screen, 2, 'ArrowRight', 5)
    await done(screen).click()
    await until(screen, 'the second count stands beside the first', async () => {
      const all = await questions()
      return all.length === 2 && all[0].counts.join() === `${present - 3},3,0` && all[1].counts.join() === '0,0,5'
    })

    // The server dies: a question is asked at once, in the calm words of a cut line, and arrives afterwards.
    await server.halt()
    await spoken(screen)
    await press(screen, 1, 'ArrowRight', 7)
    await done(screen).click()
    await screen.getByText('断网中，照常上课').waitFor()
    check((await screen.locator('[role="alert"]:visible').count()) === 0, 'nothing is red')
    await picture(screen, 'trial-cut')
    await server.start()
    await screen.getByText('断网中，照常上课').waitFor({ state: 'detached' })
    check((await questions())[2]?.counts.join() === '0,7,0', 'what was asked and counted during the cut arrives')

    // The classroom computer dies, too, before it could send.
    await server.halt()
    await spoken(screen)
    await press(screen, 0, 'ArrowRight', 4)
    await done(screen).click()
    await screen.getByText('断网中，照常上课').waitFor()
    await screen.goto('about:blank')
    await server.start()
    await screen.goto('/classroom')
    await screen.getByRole('button', { name: '下课' }).waitFor()
    check((await questions())[3]?.counts.join() === '4,0,0', 'a reload loses no count')
    check((await questions()).every((one) => one.done), 'every count is closed')
  },

  async 'the record shows what was asked, says what is wrong at its field, and the day follows without a reload'(tools) {
    const { ask, picture, accessible } = tools
    const screen = await openClass(tools)
    await spoken(screen)
    await press(screen, 0, 'ArrowRight', 3)
    await done(screen).click()
    await screen.getByRole('button', { name: '下课' }).click()
    await screen.getByText('下课了，已自动记好').waitFor()
    await screen.getByRole('link', { name: '回到“今天”' }).click()
    const row = screen.locator('.lessons li', { hasText: '第2节' })
    await row.getByRole('link', { name: /看记录/ }).click()
    const dialog = screen.getByRole('dialog')
    await dialog.getByText('问了什么').waitFor()
    await dialog.getByText(/A 3 · B 0/).first().waitFor()
    await dialog.getByText('最短一档').waitFor()
    check((await dialog.locator('select').count()) === 0, 'a choice of one is no list')
    await dialog.getByRole('checkbox').first().uncheck()
    await dialog.getByRole('button', { name: '存更正' }).click()
    const reason = dialog.getByLabel('更正原因')
    check((await reason.getAttribute('aria-invalid')) === 'true', 'the reason is marked')
    await dialog.getByText('请写明原因').waitFor()
    await accessible(screen, 'a record with a missing reason')
    await picture(screen, 'trial-record')
    await dialog.getByRole('checkbox').first().check()
    await dialog.getByRole('button', { name: '不计入' }).click()
    await dialog.getByRole('button', { name: '恢复计入' }).waitFor()
    await dialog.getByRole('button', { name: '关闭' }).last().click()
    await screen.getByRole('link', { name: '今天' }).first().click()
    await row.getByText('不计入').waitFor()
    check((await row.getByText('实测').count()) === 0, 'what is not counted is not called measured')
    await picture(screen, 'trial-today')
    const due = (await ask(screen, '/today')).body.tasks.find((one) => one.kind === 'records_due')
    check(due && due.week > 0, 'records are due')
    await screen.locator('.tasks li', { hasText: '快到更正期限' }).getByRole('link').click()
    await screen.waitForURL(`**/records?week=${due.week}`)
    await picture(screen, 'trial-due')
    // The lesson counts again for the journeys that follow.
    const record = (await ask(screen, '/today')).body.lessons.find((one) => one.session?.state === 'discarded').session.id
    const restored = await screen.evaluate(async (id) => {
      const { session } = await (await fetch('/api/v1/session/current')).json()
      return (await fetch(`/api/v1/my/records/${id}/restore`, { method: 'POST', body: '{}', headers: { 'X-CSRF-Token': session.csrf, 'Content-Type': 'application/json' } })).status
    }, record)
    check(restored < 300, `restored: ${restored}`)
  },

  async 'a bad field of a plan is marked and keeps nothing else from being saved'(tools) {
    const { page, signIn, whole, ask, picture, accessible, translated } = tools
    await signIn(page, 'teacher')
    const plan = (await ask(page, '/lesson-plans?limit=1')).body.items[0]
    await page.goto(`/prepare/${plan.id}`)
    await whole(page)
    const stored = async () => (await ask(page, `/lesson-plans/${plan.id}`)).body.plan.content
    const good = (await stored()).sections.filter((part) => part.key !== 'goals')[0].minutes
    const minutes = page.locator('.minutes input').first()
    const text = page.locator('.part:not(.goals) textarea').first()
    for (const [n, bad] of ['-5', '999', '3.5', ''].entries()) {
      await minutes.fill(bad)
      check((await minutes.getAttribute('aria-invalid')) === 'true', `“${bad}” is marked`)
      await text.fill(`第 ${n} 次写的`)
      await until(page, `the rest is saved beside “${bad}”`, async () => JSON.stringify(await stored()).includes(`第 ${n} 次写的`))
    }
    await accessible(page, 'a plan with a bad field')
    await picture(page, 'trial-plan-bad')
    check((await stored()).sections.filter((part) => part.key !== 'goals')[0].minutes === good, 'the last good number stands')
    await minutes.fill('7')
    await until(page, 'a good number is saved', async () => (await stored()).sections.filter((part) => part.key !== 'goals')[0].minutes === 7)
    await page.locator('.part > .menu .opener').first().click()
    await page.getByRole('button', { name: '加一道举手提问' }).click()
    await page.locator('.editor').getByText('请写问题').waitFor()
    await text.fill('半道题也不碍事')
    await until(page, 'half a question keeps nothing back', async () => JSON.stringify(await stored()).includes('半道题也不碍事'))
    await page.locator('.editor .st-input').first().fill('面积变不变？')
    await until(page, 'a whole question is saved', async () => JSON.stringify(await stored()).includes('面积变不变？'))
    await page.emulateMedia({ media: 'print' })
    check((await page.locator('.acts:visible, .menu:visible, .right:visible').count()) === 0, 'no button is printed')
    await picture(page, 'trial-print')
    await page.emulateMedia({ media: 'screen' })

    // What is to be prepared stands in the address.
    await page.goto('/prepare')
    await whole(page)
    await page.locator('.upcoming').getByRole('button', { name: /去备课/ }).first().click()
    await page.waitForURL('**/prepare?lesson=*')
    await page.reload()
    await page.getByRole('heading', { name: '从模板开始' }).waitFor()
    await page.getByRole('heading', { name: '用同事共享的' }).waitFor()
    await whole(page)
    await translated(page, 'a new plan')
    await picture(page, 'trial-new-plan')
    await page.goBack()
    await page.locator('.upcoming').waitFor()

    await page.goto(`/prepare/${plan.id}`)
    await whole(page)
    await page.context().setOffline(true)
    await page.getByText('您接着写，连上后自动补存').waitFor()
    check((await page.locator('.sync.ok').count()) === 0, 'the bar says the same as the banner')
    await picture(page, 'trial-offline')
    await page.context().setOffline(false)
    await page.locator('.offline-banner').waitFor({ state: 'detached' })
  },
}
