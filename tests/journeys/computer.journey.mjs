// The computer of a classroom: enrolled by its code, what it told of a lesson is seen and struck by the lesson's teacher; and a
// colleague's class comes along when he says yes. On districts of their own, so that no other story meets them.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { check } from './browser.mjs'
import { demoFolder, serve } from '../support/program.mjs'

const read = (page, path) => page.evaluate(async (where) => (await fetch(`/api/v1${where}`)).json(), path)

export default {
  async 'a classroom computer is enrolled by its code and revoked; a teacher strikes a line that it told of his lesson'(tools) {
    const { server, page, person, signIn, accessible, fits, translated, picture, phone } = tools
    await signIn(page, 'technician', '/room-computers')
    await page.locator('.list li').first().waitFor()
    check((await page.locator('.list li').count()) > 3, 'the demo has computers')
    await accessible(page, 'classroom computers')
    await translated(page, 'classroom computers')
    await picture(page, 'computers-1-list')
    const said = await (await fetch(`${server.origin}/api/v1/room-computer/enrolments`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name: 'JS-NEW', system: 'Windows 6.1', version: '0.1.0' }) })).json()
    await page.getByRole('button', { name: '登记电脑' }).click()
    const form = page.getByRole('dialog')
    check(await form.getByLabel('电脑上显示的登记码').evaluate((field) => field === document.activeElement), 'the code is typed at once')
    await page.keyboard.press('Enter') // nothing is filled in: said at both fields, and what is typed then stands whole
    await form.getByText('这一项要填').nth(1).waitFor()
    await form.getByLabel('教室', { exact: true }).focus()
    await page.keyboard.type('999')
    check((await form.getByLabel('教室', { exact: true }).inputValue()) === '999', 'the first sign after a refusal is kept')
    await form.getByText('课表里没有这间教室').waitFor()
    await form.getByLabel('电脑上显示的登记码').fill('000 000')
    await form.getByLabel('教室', { exact: true }).fill('录播室')
    if (said.code !== '000000') {
      await form.getByRole('button', { name: '通过' }).click()
      await form.getByText('没有电脑显示这个登记码').first().waitFor()
    }
    await accessible(page, 'a new classroom computer')
    await picture(page, 'computers-2-code')
    await form.getByLabel('电脑上显示的登记码').fill(`${said.code.slice(0, 3)} ${said.code.slice(3)}`)
    await form.getByRole('button', { name: '通过' }).click()
    const row = page.locator('.list li', { hasText: '录播室' })
    await row.getByText('在线').waitFor()
    await row.getByRole('button', { name: '取消登记' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '取消登记' }).click()
    await row.waitFor({ state: 'detached' })

    const hand = await person(phone)
    await signIn(hand, 'technician', '/room-computers')
    await hand.locator('.list li').first().waitFor()
    await fits(hand, 'classroom computers on a phone')
    await picture(hand, 'computers-3-phone')

    const teacher = await person()
    await signIn(teacher, 'teacher')
    const { rows, week } = await read(teacher, '/my/records')
    let told = null
    for (const one of rows.filter((candidate) => candidate.record?.can_change)) {
      const use = await read(teacher, `/my/lessons/${one.lesson.id}/material`)
      if (use.rows.length && use.can_strike) told ??= { lesson: one.lesson.id, use }
    }
    check(told, 'a computer has told of one of the teacher’s lessons')
    await teacher.goto(`/records?week=${week}&lesson=${told.lesson}`)
    const record = teacher.getByRole('dialog')
    await record.getByText('教室电脑的上报').waitFor()
    await accessible(teacher, 'what a classroom computer told')
    await translated(teacher, 'what a classroom computer told')
    await picture(teacher, 'computers-4-record')
    await record.getByRole('button', { name: /^不对，划掉/ }).first().click()
    await record.locator('.struck').first().waitFor()
    await record.getByRole('button', { name: /^恢复/ }).first().click()
    await record.locator('.struck').first().waitFor({ state: 'detached' })
  },

  async 'a colleague’s class comes along when he says yes on his phone'(tools) {
    const { server, person, signIn, accessible, fits, translated, picture, wall, phone } = tools
    const folder = demoFolder()
    const db = new DatabaseSync(join(folder, 'santong.db'))
    const { login } = server.accounts.homeroom
    const [{ person_id: colleague }] = db.prepare('SELECT person_id FROM auth_account WHERE login = ?').all(login)
    const [{ person_id: teacher }] = db.prepare('SELECT person_id FROM auth_account WHERE login = ?').all(server.accounts.teacher.login)
    const [own] = db.prepare("SELECT school_id, period FROM taught_lesson WHERE date = '2014-11-20' AND teacher_id = ? AND period = 2").all(teacher)
    check(own, 'the teacher has a lesson now')
    const [{ class_id: other }] = db.prepare("SELECT class_id FROM taught_lesson WHERE date = '2014-11-20' AND school_id = ? AND period = 2 AND teacher_id <> ? LIMIT 1").all(own.school_id, teacher)
    db.prepare('UPDATE timetable_entry SET teacher_id = ? WHERE class_id = ? AND weekday = 4 AND period = 2').run(colleague, other)
    db.close()
    const district = await serve(folder)
    try {
      const screen = await person(wall, district.origin)
      await signIn(screen, 'teacher', `${district.origin}/classroom`)
      await screen.getByRole('button', { name: /^(上课|接着上)$/ }).click()
      await screen.getByRole('button', { name: '工具', exact: true }).click()
      await screen.getByRole('button', { name: /^一起上课的班/ }).click()
      const hand = await person(phone, district.origin)
      await signIn(hand, 'homeroom', district.origin)
      const { name } = await read(hand, '/session')
      const line = screen.locator('.drawer .item', { hasText: name }).first()
      await line.getByRole('button').click()
      await screen.getByText(`已问 ${name}，等待答复`).waitFor()
      await accessible(screen, 'a colleague is asked')
      await translated(screen, 'a colleague is asked')
      await picture(screen, 'asks-1-asked')
      await hand.goto('/today')
      await hand.getByRole('button', { name: '同意，一起上' }).waitFor()
      await accessible(hand, 'asked for one’s class')
      await fits(hand, 'asked for one’s class')
      await picture(hand, 'asks-2-phone')
      await hand.getByRole('button', { name: '同意，一起上' }).click()
      await hand.getByRole('button', { name: '同意，一起上' }).waitFor({ state: 'detached' })
      const along = hand.locator('.lessons li', { hasText: '同事在上' }) // and is not asked to teach it
      await along.waitFor()
      check((await along.innerText()).includes('合班上') && (await along.getByRole('link', { name: /^接着上/ }).count()) === 0, 'with whom the class is')
      await accessible(hand, 'a class that is with a colleague')
      await picture(hand, 'asks-4-along-phone')
      await screen.waitForFunction(() => fetch('/api/v1/class-sessions/current').then((one) => one.json()).then((now) => now.running.joined.length === 1))
      await screen.getByRole('button', { name: '移出' }).waitFor()
      await picture(screen, 'asks-3-together')
    } finally {
      await district.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  },
}
