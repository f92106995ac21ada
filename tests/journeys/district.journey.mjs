// Flow 1 of the demo: a bureau opens its district on an empty folder from roster files with fourteen wrong rows.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { scratch, serve } from '../support/program.mjs'
import { rosterFiles } from '../support/roster_files.mjs'
import { totp } from '../support/totp.mjs'
import { readWorkbook } from '../support/zip.mjs'
import { check, out } from './browser.mjs'

const office = { login: 'dth-info_office', password: '洞庭湖边-开学-2026' }
const seconds = (from) => ((Date.now() - from) / 1000).toFixed(1)

/** Through the wizard up to the dry run: {rows, refused} as the page says them. */
async function tryOut({ page, picture, accessible, fits, translated }, kind, name, buffer, pictures) {
  await page.goto('/imports')
  await page.locator('.segmented label', { hasText: kind }).click()
  const began = Date.now()
  await page.setInputFiles('input[type="file"]', { name, mimeType: 'application/octet-stream', buffer })
  await page.getByRole('heading', { name: '看一看，每列是什么' }).waitFor()
  if (pictures) await picture(page, `import-1-columns-${pictures}`)
  check((await page.locator('.mark .warn, .mark [class*="warn"]').count()) <= 2, 'the columns are guessed')
  const read = seconds(began)
  const asked = Date.now()
  await page.getByRole('button', { name: '试运行', exact: true }).click()
  await page.getByRole('heading', { name: /先试一遍，还没写入/ }).waitFor({ timeout: 120_000 })
  console.log(`      ${name}: read in ${read} s, tried in ${seconds(asked)} s`)
  if (pictures) {
    await accessible(page, 'dry run of an import')
    await fits(page, 'dry run of an import')
    await translated(page, 'dry run of an import')
    await picture(page, `import-2-dry-run-${pictures}`)
  }
  return (await (await page.request.get(`/api/v1/imports/${page.url().split('/').pop()}`)).json()).totals
}
async function write({ page, picture }, pictures) {
  const began = Date.now()
  await page.getByRole('button', { name: /^写入 [\d,]+ 行$/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: /^写入 [\d,]+ 行$/ }).click()
  await page.getByRole('heading', { name: '已写入' }).waitFor({ timeout: 180_000 })
  console.log(`      written in ${seconds(began)} s`)
  if (pictures) await picture(page, `import-3-written-${pictures}`)
  return (await (await page.request.get(`/api/v1/imports/${page.url().split('/').pop()}`)).json()).totals
}

export default {
  async 'a bureau opens its district from roster files with fourteen wrong rows'(tools) {
    const { server, person, signInAtDoor, whole, ask, accessible, fits, translated, picture, phone, desk } = tools
    const files = rosterFiles(server, [office.login, 'dth-leader'])
    const { folder, remove } = scratch('district')
    const bundle = join(folder, 'opening.zip')
    writeFileSync(bundle, files.bundle)
    const data = join(folder, 'data')
    const run = (...words) => execFileSync(server.program, [...words, '--data', data], { encoding: 'utf8' })
    run('import', 'oneroster', bundle)
    const [login, code] = run('code', office.login).trim().split(' ')
    check(login === office.login && code.length === 10, 'the machine gives the office its first code')
    const district = await serve(data)
    try {
      await opened(code)
    } finally {
      writeFileSync(join(out, 'district.log'), district.log())
      await district.stop()
      remove()
    }

    async function opened(first) {
      const page = await person(desk, district.origin)
      // first sign-in: the code, a password of one's own, the second step
      await signInAtDoor(page, { login: office.login, password: first })
      await page.waitForURL('**/first-password**')
      await accessible(page, 'the first password')
      await picture(page, 'district-1-password')
      const fields = page.locator('input[type="password"]')
      await fields.nth(0).fill(office.password)
      await fields.nth(1).fill(office.password)
      await page.getByRole('button', { name: '保存新密码' }).click()
      await page.waitForURL('**/second-factor**')
      await page.getByRole('button', { name: '开启两步登录' }).click()
      const secret = await page.locator('code').innerText()
      await accessible(page, 'the second step')
      await fits(page, 'the second step')
      await picture(page, 'district-2-second-step')
      await page.locator('input[autocomplete="one-time-code"]').fill(totp(secret))
      await page.getByRole('button', { name: '确认开启' }).click()
      await page.waitForURL((url) => !url.pathname.startsWith('/second-factor'))
      await whole(page)
      await accessible(page, 'the first page of a new district')
      await picture(page, 'district-3-first')
      await page.goto('/orgs')
      await whole(page)
      await accessible(page, 'the org tree of a new district')
      await picture(page, 'district-4-orgs')
      check(((await ask(page, '/schools')).body.items ?? []).length === 20, 'twenty schools stand in the tree')

      // staff by xlsx: three wrong rows; the good ones are taken
      const steps = { ...tools, page }
      const staff = await tryOut(steps, '教职工', '教职工.xlsx', files.staff, 'staff')
      check(staff.rows === 650 && staff.refused === 3 && staff.added === 647, `staff: ${JSON.stringify(staff)}`)
      check((await write(steps, 'staff')).written === 647, 'the good staff rows are written')

      // pupils by CSV in GB18030: eleven wrong rows, each with place, reason and hint
      const pupils = await tryOut(steps, '学生', '学籍导出.csv', files.pupils, 'pupils')
      check(pupils.rows === 8420 && pupils.refused === 11 && pupils.added === 8409, `pupils: ${JSON.stringify(pupils)}`)
      const id = page.url().split('/').pop()
      const refused = (await ask(page, `/imports/${id}/rows?state=refused&limit=50`)).body.items
      check(refused.map((row) => row.number).join() === '102,902,1702,2502,3302,4102,4902,5702,6502,7302,8102', `wrong rows at ${refused.map((row) => row.number)}`)
      check(refused.every((row) => row.problems[0].key && row.problems[0].column >= 0 && row.problems[0].hint_key), 'each says what, where and what to do')
      check(new Set(refused.map((row) => row.problems[0].key)).size >= 9, 'the reasons differ')
      await page.setViewportSize(phone)
      await fits(page, 'dry run on a phone')
      await picture(page, 'import-2-dry-run-phone')
      await page.setViewportSize(desk)
      const download = page.waitForEvent('download')
      await page.getByRole('link', { name: /下载这 11 行/ }).click()
      const handed = readWorkbook(readFileSync(await (await download).path()))
      check(handed.filter((row) => row.some(Boolean)).length >= 12, 'the wrong rows come back as a file with their reasons')
      check((await write(steps, 'pupils')).written === 8409, 'the good pupil rows are written')

      // mended and sent again: only what was missing is new; the same file twice changes nothing
      const again = await tryOut(steps, '学生', '学籍导出-改好.csv', files.pupilsWhole)
      check(again.refused === 0 && again.added === 11 && again.same === 8409 && again.changed === 0, `mended pupils: ${JSON.stringify(again)}`)
      await write(steps)
      const twice = await tryOut(steps, '学生', '学籍导出-改好.csv', files.pupilsWhole)
      check(twice.added === 0 && twice.changed === 0 && twice.refused === 0 && twice.same === 8420, `the same file twice: ${JSON.stringify(twice)}`)
      check(await page.getByRole('button', { name: '没有要写的' }).isDisabled(), 'there is nothing to write')
      await picture(page, 'import-4-same')
      const staffAgain = await tryOut(steps, '教职工', '教职工-改好.xlsx', files.staffWhole)
      check(staffAgain.refused === 0 && staffAgain.added === 3 && staffAgain.same === 647, `mended staff: ${JSON.stringify(staffAgain)}`)
      await write(steps)

      // accounts and spaces are open; slips are printed for a class, consents first where pupils are under fourteen
      const orgs = (await ask(page, '/schools')).body.items
      const school = orgs.find((one) => one.name === '河坝镇中心小学')
      await page.goto(`/schools/${school.id}`)
      await whole(page)
      await accessible(page, 'a school')
      await picture(page, 'district-5-school')
      await page.getByRole('link', { name: '五(1)班' }).first().click()
      await page.getByRole('heading', { name: '五(1)班' }).waitFor()
      await whole(page)
      await picture(page, 'district-6-class')
      await page.getByRole('button', { name: /登记 \d+ 份家长同意书/ }).first().click()
      await page.getByRole('dialog').getByRole('button', { name: /登记 \d+ 份/ }).click()
      await page.getByRole('link', { name: '打印登录条' }).first().click()
      await page.getByRole('button', { name: '生成新的登录码' }).first().click()
      await page.locator('.slips li').first().waitFor()
      const slips = await page.locator('.slips li').count()
      check(slips > 40, `${slips} slips for the class`)
      await accessible(page, 'slips')
      await translated(page, 'slips')
      await picture(page, 'district-7-slips')
      await page.emulateMedia({ media: 'print' })
      await picture(page, 'district-8-slips-print')
      await page.emulateMedia({ media: 'screen' })

      // I25: spaces opened and used side by side; nobody has used one yet
      const spaces = async (code) => (await ask(page, `/indicators/${code}`)).body.number
      for (let tries = 0; (await spaces('I25')).denominator !== 8420; tries++) {
        check(tries < 300, `the district counts ${(await spaces('I25')).denominator} pupils`)
        await page.waitForTimeout(100)
      }
      const open = await spaces('I25')
      const used = await spaces('I25U')
      check(open.numerator >= slips && used.numerator === 0, `spaces: ${open.numerator} opened, ${used.numerator} used of ${open.denominator}`)
      console.log(`      I25: ${open.numerator} of ${open.denominator} spaces opened, ${used.numerator} used`)
      await page.goto('/indicators/I25')
      await whole(page)
      await accessible(page, 'spaces opened')
      await picture(page, 'district-9-spaces')
    }
  },
}
