// What people of the offices found: menus in short tables, a class without names, days of the log, typed work and Esc.
import { check } from './browser.mjs'

/** Whether a click in the middle of this thing would hit it. */
const hittable = async (thing) => {
  const box = await thing.boundingBox()
  return thing.evaluate((element, [x, y]) => element.contains(document.elementFromPoint(x, y)), [box.x + box.width / 2, box.y + box.height / 2])
}
async function everyItem(page, what) {
  for (const item of await page.locator('.menu-root .item').all()) check(await hittable(item), `${what}: “${await item.innerText()}” can be hit`)
}

export const apart = true

export default {
  async 'the menu of a row is whole in a short table and at the lower edge'({ page, person, signIn, whole, phone, accessible, picture }) {
    await signIn(page, 'info_office', '/accounts')
    for (const q of ['bx0002p', 'bx0002']) {
      await page.goto(`/accounts?q=${q}`)
      await whole(page)
      await page.locator('tbody .opener').last().click()
      await page.locator('.menu-root .item', { hasText: '停用' }).waitFor()
      await everyItem(page, `accounts like ${q}`)
      await page.keyboard.press('Escape')
    }
    await page.setViewportSize({ width: 1440, height: 420 })
    await page.locator('tbody .opener').last().scrollIntoViewIfNeeded()
    await page.locator('tbody .opener').last().click()
    await everyItem(page, 'at the lower edge')
    await picture(page, 'office-menu')
    const small = await person(phone)
    await signIn(small, 'info_office', '/accounts?q=bx0002')
    await whole(small)
    const target = await small.locator('.cards .opener').first().boundingBox()
    check(target.width >= 48 && target.height >= 48, `a thumb hits it: ${JSON.stringify(target)}`)
    await accessible(small, 'accounts on a phone')
    await picture(small, 'office-menu-phone')
  },

  async 'who may not see the pupils of a class reads how many there are, not that there are none'({ page, signIn, whole, ask, accessible, picture }) {
    await signIn(page, 'leader')
    const school = (await ask(page, '/schools')).body.items[0].id
    const group = (await ask(page, `/schools/${school}`)).body.classes.find((one) => one.pupils > 0)
    await page.goto(`/classes/${group.id}`)
    await whole(page)
    await page.getByText(`全班 ${group.pupils} 人`).waitFor()
    check((await page.getByText('班里还没有学生').count()) === 0, 'the class is not called empty')
    await accessible(page, 'a class without names')
    await picture(page, 'office-class')
  },

  async 'the audit log is asked by the days that its rows show'({ page, signIn, whole, picture }) {
    await signIn(page, 'auditor', '/audit')
    await whole(page)
    const shown = (await page.locator('tbody tr').first().innerText()).match(/(\d{4})年(\d+)月(\d+)日/)
    const day = `${shown[1]}-${shown[2].padStart(2, '0')}-${shown[3].padStart(2, '0')}`
    await page.goto(`/audit?from=${day}&to=${day}`)
    await page.locator('tbody tr', { hasText: shown[0] }).first().waitFor()
    await page.goto('/audit?from=2001-01-01&to=2001-01-02&action=backup.')
    await page.getByText('没有符合条件的').waitFor()
    await picture(page, 'office-audit-none')
    await page.locator('.empty-state').getByRole('button', { name: '清除条件' }).click()
    await page.locator('tbody tr').first().waitFor()
    check(new URL(page.url()).search === '', 'every filter is gone')
  },

  async 'the office adds a subject of the district, finds it, retires it and takes it back'({ page, signIn, whole, accessible, picture, translated }) {
    await signIn(page, 'info_office', '/codes')
    await whole(page)
    const table = page.getByRole('main')
    await table.getByText('数学', { exact: true }).first().waitFor()
    await page.getByRole('button', { name: '自设代码' }).click()
    const dialog = page.getByRole('dialog', { name: '自设代码' })
    await dialog.getByLabel('名称', { exact: true }).fill('大通湖生态')
    await dialog.getByRole('button', { name: '保存' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await table.getByLabel('查找').fill('生态')
    const row = table.locator('tbody tr').filter({ hasText: '大通湖生态' })
    await row.getByText('本区自设').waitFor()
    check((await table.locator('tbody tr').count()) === 1, 'the search leaves the one row')
    await accessible(page, 'the code tables')
    await picture(page, 'office-codes')
    await row.getByRole('button', { name: '停用' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '停用' }).click()
    await row.getByText('停用', { exact: false }).first().waitFor()
    await row.getByRole('button', { name: '恢复' }).click()
    await row.getByText('本区自设').waitFor()
    await table.getByLabel('代码表').selectOption('MZ')
    await table.getByText('全由国家标准规定').waitFor()
    await table.getByText('汉族').first().waitFor()
    check((await page.getByRole('button', { name: '自设代码' }).count()) === 0, 'nothing is added to a table of the state')
    await translated(page, 'the code tables')
  },

  async 'Esc asks before it throws away what was typed into a dialog'({ page, signIn, whole, ask: tell, accessible, picture }) {
    await signIn(page, 'info_office', '/terms')
    await whole(page)
    const open = () => page.getByRole('button', { name: '新增学期' }).click()
    const term = page.getByRole('dialog', { name: '新增学期' })
    await open()
    await term.waitFor()
    await page.keyboard.press('Escape')
    await term.waitFor({ state: 'hidden' })
    await open()
    const name = term.getByLabel('名称')
    await name.fill('试着写的')
    const ask = page.getByRole('dialog', { name: '填的还没保存' })
    for (let times = 0; times < 3; times++) {
      await page.keyboard.press('Escape')
      await ask.waitFor()
      if (times === 0) { await accessible(page, 'unsaved work'); await picture(page, 'office-unsaved') }
      await page.keyboard.press('Escape')
      await ask.waitFor({ state: 'hidden' })
      check((await name.inputValue()) === '试着写的', 'what was typed stands')
    }
    await page.mouse.click(5, 5)
    await ask.getByRole('button', { name: '不保存，关掉' }).click()
    await term.waitFor({ state: 'hidden' })
    await open()
    check((await name.inputValue()) === '', 'and it begins anew')
    await term.getByRole('button', { name: '取消' }).click()

    // A single choice is work, too: a pupil's new school.
    const [pupil] = (await tell(page, '/people?limit=5&kind=pupil')).body.items
    await page.goto(`/people/${pupil.id}`)
    await whole(page)
    await page.getByRole('button', { name: '转班转学' }).click()
    const move = page.getByRole('dialog', { name: /转班转学$/ })
    await page.keyboard.press('Escape')
    await move.waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: '转班转学' }).click()
    await move.locator('select').first().selectOption({ index: 3 })
    await page.keyboard.press('Escape')
    await ask.waitFor()
    await page.keyboard.press('Escape')
    await ask.waitFor({ state: 'hidden' })
    check((await move.locator('select').first().inputValue()) !== '', 'the choice stands')
  },

  async 'a week that the term does not have leads to this week, and a school that is not there is not found'({ page, signIn, whole, accessible, picture }) {
    await signIn(page, 'leader', '/orgs')
    for (const address of ['/indicators/I21?week=99', '/cockpit?week=99']) {
      await page.goto(address)
      await page.getByText('没有这一周').or(page.getByText('没有这周')).first().waitFor()
      check((await page.getByRole('button', { name: '重试' }).count()) === 0, `${address}: trying again is not offered`)
      await page.getByRole('link', { name: '看本周' }).click()
      await whole(page)
      check(!page.url().includes('week='), `${address}: back at the current week`)
    }
    await page.goto('/profiles/0145c4c1-0000-7000-8000-000000000000')
    const said = page.getByRole('alert')
    await said.waitFor()
    check(!(await said.innerText()).includes('岗位'), `it is not called a matter of the post: ${await said.innerText()}`)
    check((await page.getByRole('button', { name: '重试' }).count()) === 0, 'trying again is not offered')
    await accessible(page, 'a school that is not there')
    await picture(page, 'office-no-school')
  },

  async 'English pages have a Latin face, narrow quotes and an end to every chip'({ page, signIn, whole, picture }) {
    await page.addInitScript(() => localStorage.setItem('santong.language', 'en'))
    await page.route('**/api/v1/session/current', async (route) => {
      const answer = await route.fetch()
      const body = await answer.json()
      if (body.session) body.session.language = 'en'
      await route.fulfill({ response: answer, json: body })
    })
    await signIn(page, 'leader', '/indicators/I21')
    await whole(page)
    const look = await page.evaluate(() => {
      const { fontFamily, fontVariantEastAsian } = getComputedStyle(document.body)
      const wide = document.createElement('span')
      wide.style.position = 'absolute'
      document.body.append(wide)
      const width = (text) => { wide.textContent = text; return wide.getBoundingClientRect().width }
      const quote = width('\u2019') / width('m')
      wide.remove()
      return { lang: document.documentElement.lang, first: fontFamily.split(',')[0], fontVariantEastAsian, quote }
    })
    check(look.lang === 'en' && look.first.includes('Segoe UI'), `a Latin face comes first: ${JSON.stringify(look)}`)
    check(look.quote < 0.5, `an apostrophe is narrow: ${JSON.stringify(look)}`)
    const tight = await page.locator('.heads .state-tag').evaluateAll((tags) => tags.map((tag) => tag.closest('.heads > div').getBoundingClientRect().right - tag.getBoundingClientRect().right))
    check(tight.length > 0 && tight.every((room) => room >= 8), `no chip touches its tile's edge: ${tight}`)
    await picture(page, 'office-english')
  },

  async 'the summary of a refused form names the field'({ page, signIn, whole, accessible, picture }) {
    await signIn(page, 'info_office', '/orgs')
    await whole(page)
    await page.getByRole('button', { name: '新增' }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('类型').waitFor()
    await dialog.getByRole('button', { name: '新增', exact: false }).last().click()
    await dialog.getByRole('alert').getByText('名称：必填').waitFor()
    await accessible(page, 'a refused form')
    await picture(page, 'office-summary')
  },
}
