// 校园盒子: the office makes a code, a village school's box joins with it, its teacher works there while the hub is away,
// and the office sees both. The box is a second program on a folder of its own.
import { execFileSync, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { check } from './browser.mjs'
import { program, scratch, Server } from '../support/program.mjs'

/** The school, whether a journey before this one has left it a box or not: then its line says more than its name. */
const choose = async (form, school) => form.getByLabel('学校').selectOption(await form.locator('option', { hasText: school }).first().getAttribute('value'))

/** A second code, for another school: listed beside the first, withdrawn, and gone. */
async function withdrawn(page, accessible, picture) {
  await page.getByRole('button', { name: '接入新盒子' }).click()
  const form = page.getByRole('dialog')
  await choose(form, '河坝镇中心小学')
  await form.getByRole('button', { name: '生成接入码' }).click()
  const code = (await form.locator('[data-test=code]').innerText()).trim()
  await form.getByRole('button', { name: '关闭' }).last().click()
  const open = page.locator('[data-test=open-codes]')
  await open.getByText('河坝镇铭新小学').waitFor()
  await accessible(page, 'open codes')
  await picture(page, 'nodes-2-open-codes')
  await open.getByRole('button', { name: '作废：河坝镇中心小学' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '作废' }).click()
  await open.getByText('河坝镇中心小学').waitFor({ state: 'detached' })
  return code
}

export default {
  async 'a village school gets a box by a code, is seen catching up and up to date, and is shut out again'(tools) {
    const { server, page, person, signIn, accessible, fits, translated, picture, phone } = tools
    await signIn(page, 'info_office', '/nodes')
    // The demo's boxes stand in its books only.
    await page.locator('.list li').getByText('演示数据，没有真机').first().waitFor()
    await accessible(page, 'no box yet')
    await translated(page, 'no box yet')
    await picture(page, 'nodes-1-none')
    await page.getByRole('button', { name: '接入新盒子' }).click()
    const form = page.getByRole('dialog')
    const make = form.getByRole('button', { name: '生成接入码' })
    check(await make.isDisabled(), 'no code without a school')
    await choose(form, '河坝镇铭新小学')
    await make.click()
    const code = (await form.locator('[data-test=code]').innerText()).trim()
    check(/^\w{4}-\w{4}-\w{4}$/.test(code), `a code: ${code}`)
    await accessible(page, 'a join code')
    await picture(page, 'nodes-2-code')
    await form.getByRole('button', { name: '关闭' }).last().click()
    const lost = await withdrawn(page, accessible, picture)

    const place = scratch('box')
    const box = new Server(join(place.folder, 'box'), ['--role', 'school'])
    try {
      const late = spawnSync(program, ['join', lost, '--parent', server.origin, '--data', join(place.folder, 'late')], { encoding: 'utf8' })
      check(late.status === 2 && late.stderr.includes('withdrawn'), `${late.status} ${late.stderr}`)
      execFileSync(program, ['join', code, '--parent', server.origin, '--data', box.folder])
      await box.start()
      await page.locator('[data-test=open-codes]').waitFor({ state: 'detached' })
      const row = page.locator('.list li', { hasText: '铭新' })
      await row.getByText(/同步中|已同步/).waitFor()
      await picture(page, 'nodes-3-catching-up')
      await row.getByText('已同步').waitFor({ timeout: 120_000 })
      await accessible(page, 'a box')
      const hand = await person(phone)
      await signIn(hand, 'info_office', '/nodes')
      await hand.locator('.list li').first().waitFor()
      await fits(hand, 'boxes on a phone')
      await picture(hand, 'nodes-4-phone')

      await row.getByRole('button', { name: '停用' }).click()
      await page.getByRole('dialog').getByRole('button', { name: '停用' }).click()
      await row.getByText('已停用').waitFor()
      await picture(page, 'nodes-5-shut-out')
      await page.getByRole('button', { name: '接入新盒子' }).click()
      await page.getByRole('dialog').getByLabel('学校').waitFor()
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    } finally {
      await box.stop('SIGKILL')
      place.remove()
    }
  },
}
