// One teacher with two grades in one room (复式), an assistant on his own device, and what several screens of one lesson see of
// each other. On districts of their own.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { check } from './browser.mjs'
import { demoFolder, serve } from '../support/program.mjs'

const read = (page, path) => page.evaluate(async (where) => (await fetch(`/api/v1${where}`)).json(), path)
const send = (page, method, path, body) => page.evaluate(async ([how, where, what]) => {
  const { session } = await (await fetch('/api/v1/session/current')).json()
  const answer = await fetch(`/api/v1${where}`, { method: how, headers: { 'content-type': 'application/json', 'x-csrf-token': session.csrf }, body: what && JSON.stringify(what) })
  return { status: answer.status, body: await answer.json().catch(() => null) }
}, [method, path, body])

/** The demo, in which the teacher has a class of another grade in the same period. */
async function multigrade({ server }) {
  const folder = demoFolder()
  const db = new DatabaseSync(join(folder, 'santong.db'))
  const [{ person_id: teacher }] = db.prepare('SELECT person_id FROM auth_account WHERE login = ?').all(server.accounts.teacher.login)
  const [own] = db.prepare("SELECT class_id, school_id FROM taught_lesson WHERE date = '2014-11-20' AND teacher_id = ? AND period = 2").all(teacher)
  const [{ entry_year: year, entry_grade: grade }] = db.prepare('SELECT entry_year, entry_grade FROM class_group WHERE id = ?').all(own.class_id)
  const [{ id: other }] = db.prepare('SELECT id FROM class_group WHERE school_id = ? AND entry_year - entry_grade <> ? ORDER BY entry_year DESC LIMIT 1').all(own.school_id, year - grade)
  db.prepare('UPDATE timetable_entry SET teacher_id = ? WHERE class_id = ? AND weekday = 4 AND period = 2').run(teacher, other)
  db.close()
  const district = await serve(folder)
  return { origin: district.origin, close: async () => { await district.stop(); rmSync(folder, { recursive: true, force: true }) } }
}

const part = (key, text, questions = []) => ({ key, title: '', minutes: 10, text, resources: [], questions })
/** A plan of the caller's own for one lesson. */
async function planFor(page, lesson, title, sections) {
  const made = await send(page, 'POST', '/lesson-plans', { title, subject: lesson.subject, grade: lesson.grade, usual: 'teaching.template.new_lesson', lesson_ids: [lesson.id] })
  check(made.status < 300, `plan: ${JSON.stringify(made.body)}`)
  const { plan } = made.body
  const saved = await send(page, 'PUT', `/lesson-plans/${plan.id}`, { version: plan.version, content: { title, hours: 1, sections, homework: '' }, sharing: 'own' })
  check(saved.status === 200, `plan: ${JSON.stringify(saved.body)}`)
}
const seconds = async (what) => { const from = Date.now(); await what(); return (Date.now() - from) / 1000 }

export const apart = true

export default {
  async 'two grades in one room: each has its own parts, the teacher goes from one to the other, and both have their record'(tools) {
    const { person, signIn, whole, accessible, translated, fits, picture, wall, desk, phone } = tools
    const own = await multigrade(tools)
    try {
      const screen = await person(wall, own.origin)
      await signIn(screen, 'teacher', own.origin)
      const now = await read(screen, '/class-sessions/current')
      check(now.together.length === 1, `a second class in this period: ${JSON.stringify(now.together)}`)
      const [first, second] = [now.lesson, now.together[0]]
      await planFor(screen, first, '平行四边形的面积', [part('goals', '会算面积'), part('lead_in', '两块地哪块大？', [{ text: '哪块大？', options: ['甲', '乙'], answer: 0 }]), part('practise', '做课本第 82 页 1–3 题')])
      await planFor(screen, second, '两位数乘一位数', [part('lead_in', '口算卡 20 道，写在本子上'), part('practise', '做练习十一第 4 题，同桌互查', [{ text: '12×3 等于几？', options: ['36', '33'], answer: 0 }])])
      await screen.goto('/classroom')
      await screen.getByText('一起开课').waitFor()
      await accessible(screen, 'beginning with two grades')
      await picture(screen, 'grades-1-start')
      await screen.getByRole('button', { name: /^(上课|接着上)$/ }).click()
      const strip = screen.locator('.strip li')
      await strip.nth(1).waitFor()
      check((await strip.nth(0).innerText()).includes('跟老师上') && (await strip.nth(1).innerText()).includes('自己做'), 'the first grade works with the teacher')
      check((await strip.nth(1).innerText()).includes('口算卡 20 道'), 'the other one sees what to do')
      await accessible(screen, 'two grades')
      await translated(screen, 'two grades')
      await picture(screen, 'grades-2-outline')

      await strip.nth(1).getByRole('button', { name: /下一个环节$/ }).click()
      await strip.nth(1).getByText('做练习十一第 4 题').waitFor()
      await strip.nth(1).getByRole('button', { name: '老师到这边' }).click()
      await strip.nth(1).getByText('跟老师上').waitFor()
      await strip.nth(0).getByText('自己做').waitFor()
      await strip.nth(0).getByRole('button', { name: /下一个环节$/ }).click()
      await strip.nth(0).getByText('做课本第 82 页').waitFor()
      await picture(screen, 'grades-3-changed')

      // hands of one grade: those present are of that grade alone
      await screen.locator('.columns').getByRole('button', { name: '12×3 等于几？' }).click()
      await screen.getByRole('slider').first().waitFor()
      check((await screen.locator('h1').innerText()).includes(second.class_name), 'the question says for whom it is')
      await screen.getByRole('slider').first().focus()
      for (let n = 0; n < 5; n++) await screen.keyboard.press('ArrowRight')
      await accessible(screen, 'a question for one grade')
      await picture(screen, 'grades-4-question')
      await screen.getByRole('button', { name: '数完了' }).click()
      await screen.getByRole('button', { name: '提问', exact: true }).click()
      await screen.getByRole('dialog').getByRole('button', { name: '全部', exact: true }).click()
      await accessible(screen, 'whom to ask')
      await picture(screen, 'grades-5-whom')
      await screen.getByRole('dialog').getByRole('button', { name: '开始举手' }).click()
      await screen.getByRole('slider').first().waitFor()
      await screen.getByRole('button', { name: '数完了' }).click()
      await screen.waitForFunction(async () => (await (await fetch('/api/v1/class-sessions/current')).json()).running.questions.filter((one) => one.done).length === 2)
      const { running } = await read(screen, '/class-sessions/current')
      check(running.questions[0].class_id === second.class_id && running.questions[0].present === second.pupils && running.questions[0].counts[0] === 5, `for one grade: ${JSON.stringify(running.questions[0])}`)
      check(!running.questions[1].class_id && running.questions[1].present === first.pupils + second.pupils, 'for both')

      await screen.reload()
      await strip.nth(1).getByText('跟老师上').waitFor()
      check((await strip.nth(0).innerText()).includes('做课本第 82 页'), 'after a reload each grade stands where it stood')
      await screen.setViewportSize(phone)
      await fits(screen, 'two grades on a phone')
      await accessible(screen, 'two grades on a phone')
      await picture(screen, 'grades-6-phone')
      await screen.setViewportSize(wall)
      await screen.getByRole('button', { name: '下课' }).click()
      await screen.setViewportSize(desk)
      await screen.goto('/records')
      await whole(screen)
      const records = (await read(screen, '/my/records')).rows.filter((row) => row.record && [first.id, second.id].includes(row.lesson.id))
      check(records.length === 2 && records.every((row) => row.record.session.question_count === 2 && row.record.company.classes.length === 1), 'both classes have the lesson in their record')
      await picture(screen, 'grades-7-records')
    } finally {
      await own.close()
    }
  },

  async 'an assistant is asked in, sees it at once on his phone, helps, may not end the lesson, and leaves'(tools) {
    const { person, signIn, accessible, translated, fits, picture, wall, phone } = tools
    const folder = demoFolder()
    const district = await serve(folder)
    try {
      const screen = await person(wall, district.origin)
      await signIn(screen, 'teacher', district.origin)
      const hand = await person(phone, district.origin)
      await signIn(hand, 'homeroom', `${district.origin}/today`)
      const { name } = await read(hand, '/session')
      await screen.goto('/classroom')
      await screen.getByRole('button', { name: /^(上课|接着上)$/ }).click()
      await screen.getByRole('button', { name: '工具', exact: true }).click()
      await screen.getByRole('button', { name: /^助教老师/ }).click()
      await screen.getByLabel('找老师').fill(name).catch(() => undefined)
      await screen.getByRole('dialog').getByRole('button', { name, exact: true }).click()
      await screen.getByRole('dialog').getByRole('button', { name: '移出' }).waitFor()
      await accessible(screen, 'an assistant is in')
      await picture(screen, 'assist-1-asked')
      await screen.getByRole('dialog').getByRole('button', { name: '关闭' }).click()

      const enter = hand.getByRole('link', { name: '进去帮忙' }).or(hand.getByRole('button', { name: '进去帮忙' })).first()
      check((await seconds(() => enter.waitFor())) < 10, 'he need not reload')
      await accessible(hand, 'asked to assist')
      await translated(hand, 'asked to assist')
      await fits(hand, 'asked to assist')
      await picture(hand, 'assist-2-today')
      await enter.click()
      await hand.getByText(/^协助/).waitFor()
      check((await hand.getByRole('button', { name: '下课' }).count()) === 0, 'he has no way to end it')
      const { running } = await read(hand, '/class-sessions/current')
      check((await send(hand, 'POST', `/class-sessions/${running.session.id}/end`, {})).status === 404, 'nor would the server let him')
      await hand.getByRole('button', { name: '工具', exact: true }).click()
      check((await hand.getByRole('dialog').getByText('助教老师').count()) === 0, 'he asks nobody in')
      await accessible(hand, 'tools of an assistant')
      await picture(hand, 'assist-3-tools')
      await hand.getByRole('dialog').getByRole('button', { name: '关闭' }).click()

      // he asks the class: it stands on the wall about a second later
      await hand.getByRole('button', { name: '提问', exact: true }).click()
      await hand.getByRole('dialog').locator('.new input').fill('助教问：听清楚了吗？')
      await hand.getByRole('dialog').getByRole('button', { name: '开始举手' }).click()
      const wait = await seconds(() => screen.getByRole('heading', { name: '助教问：听清楚了吗？' }).waitFor())
      check(wait < 5, `the wall shows it after ${wait} s`)
      await picture(screen, 'assist-4-wall')
      await hand.getByRole('button', { name: '数完了' }).click()
      await screen.getByRole('heading', { name: '助教问：听清楚了吗？' }).waitFor({ state: 'detached' })

      await hand.getByRole('button', { name: '离开' }).click()
      await hand.waitForURL('**/today')
      await screen.getByText('助教 ').waitFor({ state: 'detached' })
      const { rows } = await read(hand, '/my/records')
      check(rows.some((row) => row.record?.company.assisted), 'what he did is in his own record')

      // ended on another device, the wall knows in about a second
      const desk = await person(undefined, district.origin)
      await signIn(desk, 'teacher', district.origin)
      await send(desk, 'POST', `/class-sessions/${running.session.id}/end`, {})
      const late = await seconds(() => screen.getByText('这节课已在别的设备上下课').waitFor())
      check(late < 5, `the wall notices after ${late} s`)
      await picture(screen, 'assist-5-ended-elsewhere')
    } finally {
      await district.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  },

  async 'hands that do not fit stay with the teacher until he puts them right or throws them away'(tools) {
    const { person, signIn, accessible, translated, fits, picture, wall, phone } = tools
    const folder = demoFolder()
    const district = await serve(folder)
    try {
      const screen = await person(wall, district.origin)
      await signIn(screen, 'teacher', `${district.origin}/classroom`)
      await screen.getByRole('button', { name: /^(上课|接着上)$/ }).click()
      for (const text of ['面积变不变？', '周长变不变？']) {
        await screen.getByRole('button', { name: '提问', exact: true }).click()
        await screen.getByRole('dialog').locator('.new input').fill(text)
        await screen.getByRole('dialog').getByRole('button', { name: '开始举手' }).click()
        await screen.getByRole('slider').first().waitFor()
        for (const at of [0, 1]) { await screen.getByRole('slider').nth(at).focus(); await screen.keyboard.press('End'); await screen.waitForTimeout(900) }
        await screen.getByText(/多了 \d+ 人/).waitFor()
        // another thing is shown: the numbers are not lost
        await screen.reload()
        await screen.getByText(/多了 \d+ 人/).waitFor()
        await send(screen, 'POST', `/class-sessions/${(await read(screen, '/class-sessions/current')).running.session.id}/show`, {})
        await screen.reload()
        await screen.getByRole('button', { name: '提问', exact: true }).waitFor()
      }
      await screen.getByRole('button', { name: '2 道题的举手数没存上' }).click()
      const panel = screen.getByRole('dialog')
      await panel.getByRole('heading', { name: '面积变不变？' }).waitFor()
      await accessible(screen, 'counts that were not saved')
      await translated(screen, 'counts that were not saved')
      await picture(screen, 'unsent-1-panel')
      const first = panel.getByRole('region', { name: '面积变不变？' })
      check(await first.getByRole('button', { name: '存上' }).isDisabled(), 'as they stand they do not fit')
      await first.getByRole('button', { name: /^到的人数改成/ }).click()
      await first.getByRole('button', { name: '存上' }).click()
      await first.waitFor({ state: 'detached' })
      await panel.getByRole('region', { name: '周长变不变？' }).getByRole('button', { name: '不要这次的数' }).click()
      await panel.waitFor({ state: 'detached' })
      const { running } = await read(screen, '/class-sessions/current')
      check(running.questions[0].counts[0] > 0 && running.questions[0].done, 'what was put right has arrived')
      check(running.questions[1].counts[1] === 0, 'what was thrown away has not: the first bar alone fitted')
      await screen.setViewportSize(phone)
      await fits(screen, 'the classroom on a phone')
    } finally {
      await district.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  },

  async 'a version of a plan with a name is there when wanted, whatever was saved by itself since'(tools) {
    const { page, signIn, whole, accessible, translated, fits, picture, phone } = tools
    await signIn(page, 'teacher')
    const made = await send(page, 'POST', '/lesson-plans', { title: '三角形的面积（试）', subject: '14', grade: 5, usual: 'teaching.template.new_lesson', lesson_ids: [] })
    const id = made.body.plan.id
    const save = async (homework) => {
      const { plan } = await read(page, `/lesson-plans/${id}`)
      const saved = await send(page, 'PUT', `/lesson-plans/${id}`, { version: plan.version, content: { ...plan.content, homework }, sharing: 'own' })
      check(saved.status === 200, `saved: ${JSON.stringify(saved.body)}`)
    }
    await save('第一稿的作业')
    await page.goto(`/prepare/${id}`)
    await whole(page)
    const history = () => page.getByRole('button', { name: '历史', exact: true }).click()
    await history()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('保存为一个版本').fill('公开课第一稿')
    await dialog.getByRole('button', { name: '保存这一版' }).click()
    await dialog.locator('.name', { hasText: '公开课第一稿' }).waitFor()
    await accessible(page, 'a named version')
    await translated(page, 'a named version')
    await picture(page, 'versions-1-named')
    await page.keyboard.press('Escape')
    for (const homework of ['改', '又改', '第二稿的作业']) await save(homework)
    await page.reload()
    await whole(page)
    await history()
    await dialog.getByText('只看有名字的').click()
    await dialog.locator('.name', { hasText: '公开课第一稿' }).click()
    await dialog.getByText('第一稿的作业').waitFor()
    await page.setViewportSize(phone)
    await fits(page, 'versions on a phone')
    await picture(page, 'versions-2-phone')
    await dialog.getByRole('button', { name: '恢复这一版' }).click()
    await page.waitForFunction(async (plan) => (await (await fetch(`/api/v1/lesson-plans/${plan}`)).json()).plan.content.homework === '第一稿的作业', id)
    check((await read(page, `/lesson-plans/${id}/versions`)).some((one) => one.content.homework === '第二稿的作业'), 'what stood before is in the history')
    await send(page, 'DELETE', `/lesson-plans/${id}`)
  },
}
