// 调代课: a teacher asks on the phone, a colleague agrees, the office approves two at once, the class's week follows, and goes back.
import { check } from './browser.mjs'

/** Two lessons of the teacher in the coming two weeks that nothing was asked for and that the colleague could take. */
async function twoLessons(ask, page, colleague) {
  const mine = (await ask(page, '/change-requests/mine')).body
  const asked = new Set(mine.asked.map((one) => `${one.request.class_id}/${one.request.date}/${one.request.period}`))
  const week = (await ask(page, '/timetable/week')).body
  const lessons = [...week.lessons, ...(await ask(page, `/timetable/week?week=${week.week + 1}`)).body.lessons].map((one) => ({ ...one.lesson, class_name: one.class_name }))
  const found = []
  for (const one of lessons) {
    if (one.date <= mine.today || one.date > mine.last_day || one.source !== 'timetable' || asked.has(`${one.class_id}/${one.date}/${one.period}`)) continue
    if (found.length && found[0].date !== one.date) continue
    const { items } = (await ask(page, `/timetable/candidates?class_id=${one.class_id}&date=${one.date}&period=${one.period}`)).body
    if (items.some((other) => other.id === colleague && !other.busy_with)) found.push(one)
    if (found.length === 2) break
    if (found.length && lessons.filter((other) => other.date === found[0].date).at(-1) === one) found.length = 0
  }
  check(found.length === 2, `two lessons of one day: ${JSON.stringify(found)}`)
  return found
}
const classWeek = async (ask, page, lessons) => JSON.stringify((await ask(page, `/timetable/week?class_id=${lessons[0].class_id}&week=${lessons[0].week}`)).body.lessons)

export default {
  async 'a teacher asks on the phone, a colleague agrees, the office approves two at once; taken back, all is as it was'(tools) {
    const { person, signIn, ask, whole, picture, accessible, translated, fits, phone, desk } = tools
    const teacher = await person(phone)
    await signIn(teacher, 'teacher')
    const colleague = await person(phone)
    await signIn(colleague, 'homeroom')
    const me = (await ask(colleague, '/session/current')).body.session
    const lessons = await twoLessons(ask, teacher, me.person_id)
    const before = await classWeek(ask, teacher, lessons)

    await teacher.goto('/today')
    await whole(teacher)
    await teacher.locator('.app-card', { hasText: '调代课' }).getByRole('link', { name: '申请调代课' }).waitFor()
    await accessible(teacher, 'the day with its changes on a phone')
    await picture(teacher, 'changes-1-today-phone')
    await teacher.goto(`/my-changes?ask=1&date=${lessons[0].date}`)
    const dialog = teacher.getByRole('dialog')
    await dialog.locator('input[type="checkbox"]').first().waitFor()
    await dialog.getByRole('button', { name: '提交申请' }).click()
    await dialog.getByText('选一节课').waitFor()
    await dialog.getByLabel('原因').fill('家里有急事')
    for (const one of lessons) {
      const day = dialog.locator('.day', { hasText: `${Number(one.date.slice(5, 7))}月${Number(one.date.slice(8))}日` })
      await day.locator('label', { hasText: `第${one.period}节` }).click()
    }
    for (let nth = 0; nth < 2; nth++) {
      const section = dialog.locator('section.one').nth(nth)
      await section.getByLabel('安排').selectOption('substitute')
      await section.locator(`option[value="${me.person_id}"]`).waitFor({ state: 'attached' })
      await section.getByLabel('代课老师').selectOption(me.person_id)
    }
    await accessible(teacher, 'asking on a phone')
    await fits(teacher, 'asking on a phone')
    await translated(teacher, 'asking on a phone')
    await picture(teacher, 'changes-2-ask-phone')
    await dialog.getByRole('button', { name: '提交申请' }).click()
    await teacher.getByText('已提交 2 节').waitFor()

    await colleague.goto('/my-changes')
    await whole(colleague)
    await accessible(colleague, 'what a colleague asks, on a phone')
    await fits(colleague, 'what a colleague asks')
    await picture(colleague, 'changes-3-colleague-phone')
    check(!(await colleague.locator('main').innerText()).includes('家里有急事'), 'the reason is not the colleague\'s to read')
    for (const one of lessons) {
      const row = colleague.locator('.app-card.urgent li', { hasText: `第${one.period}节` }).filter({ hasText: `${Number(one.date.slice(5, 7))}月${Number(one.date.slice(8))}日` })
      await row.getByRole('button', { name: '可以' }).click()
      await row.waitFor({ state: 'detached' })
    }

    const office = await person(desk)
    await signIn(office, 'academic')
    await whole(office)
    await picture(office, 'changes-4-office-home')
    await office.goto('/timetable/changes')
    await whole(office)
    const queue = office.locator('.app-card', { hasText: '调代课申请' }).first()
    await queue.getByText('家里有急事').first().waitFor()
    const rows = queue.locator('tbody tr', { hasText: '家里有急事' })
    check((await rows.count()) === 2, 'both stand in the queue')
    for (let nth = 0; nth < 2; nth++) await rows.nth(nth).locator('input[type="checkbox"]').check()
    await accessible(office, 'the office\'s queue')
    await translated(office, 'the office\'s queue')
    await picture(office, 'changes-5-queue')
    await office.setViewportSize(phone)
    await fits(office, 'the queue on a phone')
    await picture(office, 'changes-5-queue-phone')
    await office.setViewportSize(desk)
    await queue.getByRole('button', { name: '同意 2 节', exact: true }).click()
    await office.getByText('已批准 2 节').waitFor()

    const after = (await ask(teacher, `/timetable/week?class_id=${lessons[0].class_id}&week=${lessons[0].week}`)).body.lessons
    for (const one of lessons.filter((other) => other.class_id === lessons[0].class_id)) check(after.find((other) => other.lesson.id === one.id).lesson.teacher_id === me.person_id, 'the lesson is the colleague\'s')
    await teacher.reload()
    await whole(teacher)
    check((await teacher.locator('main').getByText('已批准').count()) >= 2, 'the asker reads it')
    await picture(teacher, 'changes-6-asker-phone')
    await colleague.goto(`/timetable?week=${lessons[0].week}`)
    await whole(colleague)
    const sheet = await person(desk)
    await signIn(sheet, 'homeroom', `/timetable/changes/sheet?date=${lessons[0].date}`)
    await whole(sheet)
    check((await sheet.locator('tbody tr').count()) >= 2, 'the sheet of the day names both')
    check(!(await sheet.locator('main').innerText()).includes('急事'), 'and no reason')
    await accessible(sheet, 'the sheet of a day')
    await picture(sheet, 'changes-7-sheet')

    await office.goto(`/timetable/changes?week=${lessons[0].week}`)
    await whole(office)
    for (let nth = 0; nth < 2; nth++) {
      const row = office.locator('.app-card').last().locator('tbody tr', { hasText: '家里有急事' }).first()
      await row.getByRole('button', { name: '撤销' }).click()
      await office.getByRole('dialog').getByRole('button', { name: '撤销' }).click()
      await office.getByText('已撤销').first().waitFor()
      await office.waitForFunction((left) => document.querySelectorAll('.app-card:last-of-type tbody tr').length >= 0 && [...document.querySelectorAll('main .app-card')].at(-1).innerText.split('家里有急事').length - 1 === left, 1 - nth)
    }
    check((await classWeek(ask, teacher, lessons)) === before, 'the class\'s week is as it was')
    const book = await office.request.get(`/api/v1/substitutions/export.xlsx?school_id=${lessons[0].school_id}&month=${lessons[0].date.slice(0, 7)}`)
    check(book.status() === 200 && String(book.headers()['content-type']).includes('spreadsheetml'), 'the month comes as a workbook')
  },

  async 'every role finds what concerns it: open requests, a lesson without anybody, a changed lesson of the day'({ person, signIn, whole, picture, accessible, translated, fits, ask, desk, phone }) {
    const teacher = await person(desk)
    await signIn(teacher, 'teacher', '/my-changes')
    await whole(teacher)
    await teacher.getByText('还没有人').first().waitFor()
    await accessible(teacher, 'my substitutions')
    await translated(teacher, 'my substitutions')
    await picture(teacher, 'changes-8-mine')
    const office = await person(desk)
    await signIn(office, 'academic', '/timetable/changes')
    await whole(office)
    await office.getByText('没人上', { exact: true }).first().waitFor()
    await office.locator('tbody tr', { hasText: '没人上' }).first().getByRole('button', { name: '改安排' }).click()
    const dialog = office.getByRole('dialog')
    await dialog.getByLabel('代课老师').locator('option').nth(1).waitFor({ state: 'attached' })
    await accessible(office, 'arranging a lesson')
    await picture(office, 'changes-9-arrange')
    await dialog.getByLabel('安排').selectOption('swap')
    await dialog.getByLabel('和哪一节对调').waitFor()
    await office.keyboard.press('Escape')
    for (const who of ['pupil', 'guardian']) {
      const family = await person(phone)
      await signIn(family, who)
      await whole(family)
      await family.getByText('调代课', { exact: true }).first().waitFor()
      await accessible(family, `a changed day of a ${who}`)
      await fits(family, `a changed day of a ${who}`)
      await picture(family, `changes-10-${who}`)
    }
    const sheet = await person(phone)
    await signIn(sheet, 'homeroom')
    const { today } = (await ask(sheet, '/change-requests/mine')).body
    await sheet.goto(`/timetable/changes/sheet?date=${today}`)
    await whole(sheet)
    await sheet.locator('.cards li').first().waitFor()
    await fits(sheet, 'the sheet on a phone')
    await picture(sheet, 'changes-11-sheet-phone')
  },

  async 'three lessons change places in a ring: the form offers only what clashes for nobody, and the colleagues are asked'({ page, signIn, ask, whole, picture, accessible, translated, fits, phone, desk }) {
    await signIn(page, 'teacher')
    const mine = (await ask(page, '/change-requests/mine')).body
    const asked = new Set(mine.asked.map((one) => `${one.request.class_id}/${one.request.date}/${one.request.period}`))
    const week = (await ask(page, '/timetable/week')).body
    const lessons = [...week.lessons, ...(await ask(page, `/timetable/week?week=${week.week + 1}`)).body.lessons].map((one) => one.lesson)
    let ring = null
    for (const one of lessons) {
      if (ring || one.date <= mine.today || one.date > mine.last_day || one.source !== 'timetable' || asked.has(`${one.class_id}/${one.date}/${one.period}`)) continue
      const seconds = (await ask(page, `/timetable/swaps?lesson_id=${one.id}&three=true`)).body.items.filter((other) => other.date !== one.date)
      for (const second of seconds.slice(0, 4)) {
        const thirds = (await ask(page, `/timetable/swaps?lesson_id=${one.id}&three=true&second_id=${second.lesson_id}`)).body.items.filter((other) => other.date !== one.date)
        check(thirds.every((other) => other.teacher_id !== second.teacher_id), 'a third teacher closes the ring')
        if (thirds.length) { ring = { one, second, third: thirds[0] }; break }
      }
    }
    check(ring, 'a ring of three lessons')
    await page.goto(`/my-changes?ask=1&date=${ring.one.date}&lesson=${ring.one.id}`)
    const dialog = page.getByRole('dialog')
    const section = dialog.locator('section.one').first()
    await section.waitFor()
    await dialog.getByLabel('原因').fill('参加区里活动')
    await section.getByLabel('安排').selectOption('swap')
    await section.getByText('三方调课').click()
    await section.locator(`option[value="${ring.second.lesson_id}"]`).waitFor({ state: 'attached' })
    await section.getByLabel('哪一节换到这里').selectOption(ring.second.lesson_id)
    await section.locator(`option[value="${ring.third.lesson_id}"]`).waitFor({ state: 'attached' })
    await dialog.getByRole('button', { name: '提交申请' }).click()
    await dialog.getByText('选第三节课').first().waitFor()
    await section.getByLabel('哪一节接上去').selectOption(ring.third.lesson_id)
    await accessible(page, 'asking for a ring')
    await translated(page, 'asking for a ring')
    await picture(page, 'changes-12-ring')
    await page.setViewportSize(phone)
    await fits(page, 'asking for a ring on a phone')
    await picture(page, 'changes-12-ring-phone')
    await page.setViewportSize(desk)
    await dialog.getByRole('button', { name: '提交申请' }).click()
    await page.getByText('已提交 1 节').waitFor()
    await whole(page)
    const row = page.locator('li', { hasText: '三方调课' }).first()
    await row.getByText('等同事答复').waitFor()
    await picture(page, 'changes-13-ring-asked')
    await row.getByRole('button', { name: /撤回/ }).click()
    await page.getByRole('dialog').getByRole('button', { name: '撤回' }).click()
    await page.getByText('已撤回').first().waitFor()
  },
}
