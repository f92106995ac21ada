// 资源推送: the office sends a pack to the village schools, sees when it comes where there is a box, holds it back, lets it
// go on, and has its receipt; one order reaches the public page, a pupil's page and the screen in class; a rule is tried without
// writing. The box is a second program on a folder of its own.
import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { check } from './browser.mjs'
import { demoFolder, program, scratch, serve, Server } from '../support/program.mjs'

/** A box of the school, joined by a code from the office's page. */
async function boxFor(page, server, school, folder) {
  await page.getByRole('button', { name: '接入新盒子' }).click()
  const form = page.getByRole('dialog')
  // Its line says more than its name where a journey before this one has left it a box.
  await form.getByLabel('学校').selectOption(await form.locator('option', { hasText: school }).first().getAttribute('value'))
  await form.getByRole('button', { name: '生成接入码' }).click()
  const code = (await form.locator('[data-test=code]').innerText()).trim()
  const box = new Server(join(folder, 'box'), ['--role', 'school'])
  execFileSync(program, ['join', code, '--parent', server.origin, '--data', box.folder])
  await box.start()
  return box
}

export default {
  async 'a pack is pushed to the village schools: looked at first, held back, let go, and receipted'(tools) {
    const { server, page, person, signIn, accessible, fits, translated, picture, phone } = tools
    await signIn(page, 'info_office', '/nodes')
    const place = scratch('push')
    const box = await boxFor(page, server, '河坝镇铭新小学', place.folder)
    try {
      await page.goto('/push')
      await page.getByRole('heading', { name: '资源推送', exact: true }).waitFor()
      await accessible(page, 'the board of pushing')
      await picture(page, 'push-1-board')
      await page.getByRole('link', { name: '新建推送' }).first().click()
      await page.locator('.found li').first().getByRole('button', { name: /^加入/ }).click()
      await page.getByRole('button', { name: '村小', exact: true }).click()
      const row = page.locator('[data-test=preview-school]', { hasText: '铭新' })
      await row.getByText(/预计|才到/).waitFor()
      check(await page.locator('[data-test=preview-school]').count() > 1, 'several schools in the preview')
      await accessible(page, 'a preview')
      await translated(page, 'a preview')
      await picture(page, 'push-2-preview')
      await page.getByLabel('名称').fill('村小资源包')
      await page.getByRole('button', { name: '发出推送单' }).click()
      await page.locator('[data-order]', { hasText: '村小资源包' }).waitFor()
      const school = page.locator('.gantt-table tr', { hasText: '铭新' })
      await school.getByText(/预计|才到/).waitFor()
      await picture(page, 'push-3-order')

      await page.getByRole('button', { name: '暂停', exact: true }).click()
      await school.getByText('已暂停').waitFor()
      await page.getByRole('button', { name: '继续', exact: true }).click()
      await school.getByText(/预计|才到/).waitFor()
      // Urgent things do not wait for the night.
      await page.getByLabel('优先级').selectOption({ label: '急件' })
      await school.getByText(/到齐/).waitFor({ timeout: 120_000 })
      await accessible(page, 'an order with a receipt')
      await picture(page, 'push-4-receipt')
      await page.getByRole('link', { name: '回执', exact: true }).first().click()
      await page.getByRole('row', { name: /铭新/ }).first().waitFor()
      await accessible(page, 'receipts')
      await picture(page, 'push-5-receipts')

      const hand = await person(phone)
      await signIn(hand, 'info_office', '/push')
      await hand.locator('[data-order]').first().waitFor()
      await fits(hand, 'the board on a phone')
      await picture(hand, 'push-6-phone')
      await hand.locator('[data-order]', { hasText: '村小资源包' }).click()
      await hand.locator('.gantt-table tr', { hasText: '铭新' }).waitFor()
      await fits(hand, 'an order on a phone')
      await picture(hand, 'push-7-phone-order')
    } finally {
      await box.stop('SIGKILL')
      place.remove()
    }
  },

  async 'one order reaches the public page, a pupil and the screen in class; a recall takes it away everywhere'(tools) {
    const { person, signIn, whole, ask, accessible, fits, translated, picture, desk, phone, wall } = tools
    // A district of its own: what is recalled here is missed nowhere else, and the lesson is always about to begin.
    const folder = demoFolder()
    const own = await serve(folder)
    const { origin } = own
    try {
      const screen = await person(wall, origin)
      await signIn(screen, 'teacher')
      await screen.goto('/classroom')
      await screen.getByRole('button', { name: /^(上课|接着上)$/ }).click()
      const materials = screen.getByRole('button', { name: '资源', exact: true })
      await materials.waitFor()
      const known = (await ask(screen, '/class-sessions/current')).body.running.resources.map((one) => one.id)

      const office = await person(desk, origin)
      await signIn(office, 'info_office')
      const { items } = (await ask(office, '/open/resources?subject=14&grade=5&limit=60')).body
      const thing = items.find((one) => ['video', 'interactive', 'picture', 'slides', 'audio'].includes(one.kind) && !known.includes(one.id))
      check(Boolean(thing), 'something public to push')
      await office.goto(`/push/new?resource=${thing.id}`)
      await office.getByRole('checkbox', { name: '门户页', checked: true }).waitFor() // all of it is public
      await office.getByRole('checkbox', { name: '课堂大屏', checked: true }).waitFor()
      await accessible(office, 'a new order with its places')
      await translated(office, 'a new order with its places')
      await office.getByLabel('名称').fill('一处推，几处看')
      await picture(office, 'push-10-places')
      await office.getByRole('button', { name: '发出推送单' }).click()
      await office.locator('[data-test=display]', { hasText: '门户页' }).waitFor()
      await accessible(office, 'an order with its places')
      await picture(office, 'push-11-shown')

      const visitor = await person(phone, origin)
      await visitor.goto('/open')
      const picks = visitor.locator('[data-test=picks] .resource', { hasText: thing.title })
      await picks.first().waitFor()
      await accessible(visitor, 'the public page with recommendations')
      await fits(visitor, 'the public page on a phone')
      await translated(visitor, 'the public page')
      await picture(visitor, 'push-12-portal')
      const pupil = await person(phone, origin)
      await signIn(pupil, 'pupil')
      const given = pupil.locator('.pushed').getByRole('link', { name: thing.title })
      await given.waitFor()
      await accessible(pupil, 'a pupil\'s page with what was pushed')
      await fits(pupil, 'a pupil\'s page on a phone')
      await picture(pupil, 'push-13-pupil')
      const guardian = await person(phone, origin)
      await signIn(guardian, 'guardian')
      await guardian.locator('.pushed').getByRole('link', { name: thing.title }).waitFor()
      await accessible(guardian, 'a guardian\'s page with what was pushed')
      await fits(guardian, 'a guardian\'s page on a phone')
      await picture(guardian, 'push-13-guardian')
      await materials.click()
      const pushed = screen.getByRole('dialog').locator('.pushed', { hasText: thing.title })
      await pushed.waitFor()
      await accessible(screen, 'the materials of a class')
      await picture(screen, 'push-14-class')
      await pushed.click()
      await screen.getByRole('dialog').waitFor({ state: 'detached' })

      await office.goto(`/resources/${thing.id}`)
      await whole(office)
      await office.getByRole('button', { name: '收回', exact: true }).click()
      await office.locator('#field-recall-reason').fill('配图没有出处')
      await office.getByRole('dialog').getByRole('button', { name: '收回', exact: true }).click()
      await office.getByText('已收回。').waitFor()
      await visitor.reload()
      await whole(visitor)
      check(await picks.count() === 0, 'gone from the public page')
      await Promise.all([pupil.waitForResponse((answer) => answer.url().endsWith('/pupil/push/arrivals')), pupil.reload()])
      await whole(pupil)
      check(await given.count() === 0, 'gone from the pupil\'s page')
      await screen.reload()
      await Promise.all([screen.waitForResponse((answer) => answer.url().includes('/my/push/class')), materials.click()])
      await screen.getByRole('dialog').locator('input[type="search"]').waitFor()
      check(await pushed.count() === 0, 'gone from the materials of the class')
    } finally {
      await own.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  },

  async 'a push rule is tried without writing, kept, and run'(tools) {
    const { page, signIn, accessible, translated, picture } = tools
    await signIn(page, 'info_office', '/push/rules')
    await page.getByRole('button', { name: '新建规则' }).first().click()
    const form = page.getByRole('dialog')
    await form.getByLabel('规则名称').fill('试一试的规则')
    await form.getByLabel('学科').selectOption({ label: '数学' })
    await form.getByText('新发布的', { exact: true }).click()
    await form.getByRole('button', { name: '试跑' }).click()
    await form.locator('[data-test=trial]').waitFor()
    await accessible(page, 'a rule on trial')
    await translated(page, 'a rule on trial')
    await picture(page, 'push-8-rule-trial')
    await form.getByRole('button', { name: '保存' }).click()
    const row = page.locator('.rules li', { hasText: '试一试的规则' })
    await row.getByText('还没运行').waitFor()
    await row.getByRole('button', { name: /^现在运行/ }).click()
    await row.getByText(/运行过/).waitFor()
    await picture(page, 'push-9-rules')
    await row.getByRole('button', { name: /^删除/ }).click()
    await page.getByRole('dialog').getByRole('button', { name: '删除' }).click()
    await row.waitFor({ state: 'detached' })
  },
}
