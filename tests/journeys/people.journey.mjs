// People: an old .xls on its way in, two people at one page, a guardian's consent, the audit log, the command line.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { check } from './browser.mjs'
import { scratch } from '../support/program.mjs'
import { readWorkbook } from '../support/zip.mjs'

const sheet = new URL('./files/pupils.xls', import.meta.url)
const class_of = async (ask, page) => {
  const school = (await ask(page, '/schools')).body.items.find((one) => one.name === '河坝镇中心小学')
  return (await ask(page, `/schools/${school.id}`)).body.classes.find((one) => one.name === '五(2)班')
}

export default {
  async 'an old .xls of one class: all faults of a row are named, nobody of another class is in question, the write says what it will do'({ page, person, signIn, whole, ask, accessible, fits, translated, picture, phone, desk }) {
    await signIn(page, 'info_office', '/imports')
    await page.locator('.segmented label', { hasText: '学生' }).click()
    await page.setInputFiles('input[type="file"]', { name: '五2班.xls', mimeType: 'application/vnd.ms-excel', buffer: readFileSync(sheet) })
    await page.getByRole('heading', { name: '看一看，每列是什么' }).waitFor()
    check((await page.locator('body').innerText()).includes('旧版 xls'), 'the old format is recognised')
    await page.getByRole('button', { name: '试运行', exact: true }).click()
    await page.getByRole('heading', { name: /先试一遍，还没写入/ }).waitFor()
    await whole(page)
    const id = page.url().split('/').pop()
    const view = (await ask(page, `/imports/${id}`)).body
    check(view.format === 'xls' && view.totals.rows === 3 && view.totals.added === 2 && view.totals.refused === 1, JSON.stringify(view.totals))
    check(view.cover.length === 1 && view.cover[0].name === '五(2)班' && view.totals.ended === view.cover[0].absent, JSON.stringify(view.cover))
    check((await page.locator('.faults li').count()) === 4, 'name, sex, birthday and phone are named at once')
    const choice = page.getByRole('checkbox', { name: /五\(2\)班：这 \d+ 人算离开/ })
    check(await choice.isDisabled(), 'nobody is ended while the refused row may be one of them')
    await accessible(page, 'a dry run of one class')
    await translated(page, 'a dry run of one class')
    await picture(page, 'people-1-dry-run')
    await page.setViewportSize(phone)
    await fits(page, 'a dry run of one class on a phone')
    const faults = await page.locator('.cards .faults').first().evaluate((list) => ({ align: getComputedStyle(list).textAlign, wide: list.getBoundingClientRect().width / list.closest('li').getBoundingClientRect().width }))
    check(faults.align === 'left' && faults.wide > 0.8, `long reasons stand under their label: ${JSON.stringify(faults)}`)
    await page.locator('.cards .faults').first().scrollIntoViewIfNeeded()
    await picture(page, 'people-1-dry-run-phone')
    await page.setViewportSize(desk)
    const other = await person(desk)
    await signIn(other, 'info_office', `/imports/${id}`)
    await other.getByRole('button', { name: '写入 2 行' }).click()
    await page.getByRole('button', { name: '写入 2 行' }).click()
    const dialog = page.getByRole('dialog')
    for (const words of ['河坝镇中心小学：新增 2，更新 0', '账号会怎样', '不收']) check((await dialog.innerText()).includes(words), `the dialog says ${words}`)
    await accessible(page, 'the question before a write')
    await picture(page, 'people-2-confirm')
    await dialog.getByRole('button', { name: '写入 2 行' }).click()
    await page.getByRole('heading', { name: '已写入' }).waitFor()
    await page.getByText(/五\(2\)班：\d+ 人照旧/).waitFor()
    check((await page.getByRole('checkbox').count()) === 0 && (await page.getByText('再试一遍').count()) === 0, 'nothing is offered any more that was before the write')
    await accessible(page, 'a written import')
    await picture(page, 'people-2-written')
    await other.getByRole('dialog').getByRole('button', { name: '写入 2 行' }).click()
    await other.getByRole('heading', { name: '已写入' }).waitFor()
    check((await ask(page, '/people?q=洪湖生')).body.items[0]?.org_name === '五(2)班', 'a pupil of the old file is in his class')
  },

  async 'two people change one person and one school: the second sees what the first has done before his own goes on'({ page, person, signIn, ask, accessible, translated, picture, desk }) {
    const other = await person(desk)
    await signIn(page, 'info_office')
    await signIn(other, 'academic')
    const teacher = (await ask(page, '/people?kind=staff&role=teacher&limit=1')).body.items[0]
    const school = (await ask(other, '/schools')).body.items[0]
    const colleague = (await ask(other, `/people?kind=staff&org=${school.id}&limit=40`)).body.items.find((one) => one.roles.join() === 'teacher') ?? teacher
    for (const one of [page, other]) {
      await one.goto(`/people/${colleague.id}`)
      await one.getByRole('button', { name: '修改' }).click()
    }
    await page.getByLabel('姓名').fill('欧阳先到')
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByRole('heading', { name: '欧阳先到' }).waitFor()
    await other.getByLabel('工号').fill('2099001')
    await other.getByRole('button', { name: '保存' }).click()
    const meeting = other.locator('.meeting')
    await meeting.waitFor()
    const words = await meeting.innerText()
    check(words.includes('欧阳先到') && words.includes(colleague.name) && words.includes('先保存了'), words)
    await accessible(other, 'somebody else was faster')
    await translated(other, 'somebody else was faster')
    await picture(other, 'people-3-meanwhile')
    await meeting.getByRole('button', { name: '保留我写的，接着改' }).click()
    await other.getByRole('button', { name: '保存' }).click()
    await other.getByRole('heading', { name: '欧阳先到' }).waitFor()
    check((await ask(page, `/people/${colleague.id}`)).body.staff_number === '2099001', 'both changes stand')
  },

  async 'a guardian reads what is recorded, takes the consent back and gives it again; the child\'s account follows'({ page, person, signIn, whole, ask, accessible, fits, translated, picture, phone, desk }) {
    await signIn(page, 'guardian', '/')
    await whole(page)
    const me = (await ask(page, '/session')).body.person_id
    const child = (await ask(page, `/people/${me}`)).body.children[0].person_id
    const book = async () => (await ask(page, `/people/${child}/consent`)).body
    if (!(await book()).given) {
      await page.getByRole('checkbox', { name: /看过上面的内容/ }).check()
      await page.getByRole('button', { name: '同意孩子使用账号' }).click()
      await page.getByRole('button', { name: '撤回同意' }).waitFor()
    }
    await page.getByText('同意的是什么').click()
    await accessible(page, 'the consent')
    await translated(page, 'the consent')
    await picture(page, 'people-4-consent')
    await page.getByRole('button', { name: '撤回同意' }).click()
    check((await page.getByRole('dialog').innerText()).includes('马上休眠'), 'what follows is told first')
    await page.getByRole('dialog').getByRole('button', { name: '撤回同意' }).click()
    await page.getByRole('button', { name: '同意孩子使用账号' }).waitFor()
    check((await book()).account === 'dormant', 'the account sleeps')
    const pupil = await person(desk)
    await pupil.goto('/signin')
    const homeroom = await person(desk)
    await signIn(homeroom, 'homeroom')
    const group = await class_of(ask, homeroom)
    const seen = (await ask(homeroom, `/classes/${group.id}`)).body.pupils.find((one) => one.person_id === child)
    check(seen?.consent_needed === true && seen.account === 'dormant', `the homeroom teacher sees it: ${JSON.stringify(seen)}`)
    await homeroom.goto(`/classes/${group.id}`)
    await whole(homeroom)
    await homeroom.getByRole('button', { name: new RegExp(`${seen.name}`) }).last().click()
    await homeroom.getByRole('button', { name: '同意记录' }).click()
    await homeroom.getByRole('dialog').getByText(/撤回$/).first().waitFor()
    await accessible(homeroom, 'who agreed for a child')
    await translated(homeroom, 'who agreed for a child')
    await picture(homeroom, 'people-4-history')
    await page.setViewportSize(phone)
    await fits(page, 'the consent on a phone')
    await picture(page, 'people-4-consent-phone')
    check(await page.getByRole('button', { name: '同意孩子使用账号' }).isDisabled(), 'nobody agrees unread')
    await page.getByRole('checkbox', { name: /看过上面的内容/ }).check()
    await page.getByRole('button', { name: '同意孩子使用账号' }).click()
    await page.getByRole('button', { name: '撤回同意' }).waitFor()
    const after = await book()
    check(after.account === 'active' && after.history.length >= 2 && after.history[0].method === 'online', JSON.stringify(after))
  },

  async 'an auditor finds acts by person, kind, school and day, reads one in words, and takes the list along'({ page, signIn, whole, ask, accessible, fits, translated, picture, phone, desk }) {
    await signIn(page, 'auditor', '/audit')
    await whole(page)
    await page.getByRole('button', { name: /第 \d+ 条：/ }).first().waitFor()
    await accessible(page, 'the audit log')
    await translated(page, 'the audit log')
    await fits(page, 'the audit log')
    await picture(page, 'people-5-audit')
    await page.goto('/audit?action=roster.')
    await page.getByRole('button', { name: /修改人员信息/ }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.waitFor()
    check((await dialog.innerText()).includes('改动的项'), 'the row says what was changed')
    await accessible(page, 'one row of the audit log')
    await translated(page, 'one row of the audit log')
    await picture(page, 'people-6-audit-row')
    await dialog.getByRole('button', { name: '关闭' }).last().click()
    await page.getByLabel('谁，或对谁').fill('没有这个人')
    await page.getByRole('button', { name: '查', exact: true }).click()
    await page.waitForURL(/who=/)
    await whole(page)
    check((await page.getByRole('button', { name: /第 \d+ 条：/ }).count()) === 0, 'nobody of that name has done anything')
    await page.goto('/audit?action=roster.')
    await page.getByRole('button', { name: '导出 xlsx' }).click()
    await page.getByLabel('用途').fill('年度安全检查')
    const download = page.waitForEvent('download')
    await page.getByRole('dialog').getByRole('button', { name: '导出' }).click()
    const rows = readWorkbook(readFileSync(await (await download).path()))
    check(rows.length > 1 && rows.flat().some((cell) => String(cell).includes('修改人员信息')), 'the workbook has the rows in words')
    await page.setViewportSize(phone)
    await page.goto('/audit')
    await whole(page)
    await fits(page, 'the audit log on a phone')
    await picture(page, 'people-5-audit-phone')
    await page.setViewportSize(desk)
  },

  async 'the command line names a missing and a broken file, and leaves an empty folder empty'({ server }) {
    const { folder, remove } = scratch('import')
    try {
      const data = join(folder, 'data')
      const run = (file) => spawnSync(server.program, ['import', 'oneroster', file, '--data', data], { encoding: 'utf8' })
      const missing = run(join(folder, 'nothing.zip'))
      check(missing.status === 2 && missing.stderr.includes('there is no file'), `missing: ${missing.status} ${missing.stderr}`)
      writeFileSync(join(folder, 'broken.zip'), 'PK\u0003\u0004 and nothing more')
      const broken = run(join(folder, 'broken.zip'))
      check(broken.status === 2 && broken.stderr.includes('cannot be imported'), `broken: ${broken.status} ${broken.stderr}`)
      check(!existsSync(data), 'no folder and no database is left')
      check(spawnSync(server.program, ['import', 'oneroster', '--help'], { encoding: 'utf8' }).stdout.includes('Exit codes'), 'the help tells the exit codes')
    } finally {
      remove()
    }
  },
}
