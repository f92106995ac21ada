// 资源推送: the office sends a pack to the village schools, sees when it comes where there is a box, holds it back, lets it
// go on, and has its receipt; a rule is tried without writing. The box is a second program on a folder of its own.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { check } from './browser.mjs'
import { program, scratch, Server } from '../support/program.mjs'

/** A box of the school, joined by a code from the office's page. */
async function boxFor(page, server, school, folder) {
  await page.getByRole('button', { name: '接入新盒子' }).click()
  const form = page.getByRole('dialog')
  await form.getByLabel('学校').selectOption({ label: school })
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
