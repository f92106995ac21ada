// 消息: it comes to an open page by itself, leads to the thing, is nobody's turn once it has been done; and whose limits of homework hold.
import { check } from './browser.mjs'

/** What the page's person sends, as his own screens would. */
const send = (page, method, path, body) => page.evaluate(async ([how, where, what]) => {
  const { session } = await (await fetch('/api/v1/session/current')).json()
  const answer = await fetch(`/api/v1${where}`, { method: how, headers: { 'content-type': 'application/json', 'x-csrf-token': session.csrf, 'idempotency-key': crypto.randomUUID() }, body: JSON.stringify(what) })
  return { status: answer.status, body: await answer.json().catch(() => null) }
}, [method, path, body])

export default {
  async 'a request reaches an open page by itself, leads to the thing, and is settled once it is withdrawn'({ person, signIn, ask, whole, picture, accessible, translated, fits, phone, desk }) {
    const teacher = await person(desk)
    await signIn(teacher, 'teacher')
    const colleague = await person(desk)
    await signIn(colleague, 'homeroom')
    const me = (await ask(colleague, '/session/current')).body.session
    await colleague.goto('/messages')
    await whole(colleague)
    const all = colleague.getByRole('button', { name: '全部标为已读' })
    if (await all.isEnabled()) await all.click()
    await colleague.locator('a.bell b').waitFor({ state: 'detached' })

    const mine = (await ask(teacher, '/change-requests/mine')).body
    const asked = new Set(mine.asked.map((one) => `${one.request.class_id}/${one.request.date}/${one.request.period}`))
    const week = (await ask(teacher, '/timetable/week')).body
    const lessons = [...week.lessons, ...(await ask(teacher, `/timetable/week?week=${week.week + 1}`)).body.lessons].map((one) => one.lesson)
    let lesson = null
    for (const one of lessons) {
      if (one.date <= mine.today || one.date > mine.last_day || one.source !== 'timetable' || asked.has(`${one.class_id}/${one.date}/${one.period}`)) continue
      const { items } = (await ask(teacher, `/timetable/candidates?class_id=${one.class_id}&date=${one.date}&period=${one.period}`)).body
      if (items.some((other) => other.id === me.person_id && !other.busy_with)) { lesson = one; break }
    }
    check(lesson, 'a lesson that the colleague could take')
    const made = await send(teacher, 'POST', '/change-requests', { cause: 'training', reason: '去区里开会', lessons: [{ lesson_id: lesson.id, way: 'substitute', colleague_id: me.person_id }] })
    check(made.status < 300, `asked: ${made.status} ${JSON.stringify(made.body)}`)
    await colleague.locator('a.bell b').waitFor() // nobody has reloaded the page
    const line = colleague.locator('li.unread', { hasText: '请您帮忙' })
    await line.waitFor()
    check(!(await colleague.locator('main').innerText()).includes('去区里开会'), 'a message has no word of the reason')
    await accessible(colleague, 'messages')
    await translated(colleague, 'messages')
    await picture(colleague, 'messages-1')
    await colleague.setViewportSize(phone)
    await fits(colleague, 'messages on a phone')
    await picture(colleague, 'messages-1-phone')
    await colleague.setViewportSize(desk)
    await line.getByRole('link').click()
    await colleague.waitForURL('**/my-changes')
    await colleague.locator('.app-card.urgent').waitFor()

    const withdrawn = await send(teacher, 'POST', `/change-requests/${made.body.items[0].id}/withdraw`, {})
    check(withdrawn.status < 300, 'withdrawn')
    await colleague.goto('/messages')
    await whole(colleague)
    await colleague.locator('li', { hasText: '照原来的上' }).first().waitFor()
    await colleague.getByRole('button', { name: '全部标为已读' }).click()
    await colleague.locator('a.bell b').waitFor({ state: 'detached' })
    await colleague.getByText('未读 0').click()
    await colleague.getByRole('heading', { name: '没有未读的' }).waitFor()
    await colleague.reload() // what is shown stands in the address
    await colleague.getByRole('heading', { name: '没有未读的' }).waitFor()
    await picture(colleague, 'messages-2-empty')
  },

  async 'a family reads what came back and what changed, in both languages'({ person, signIn, whole, picture, accessible, translated, fits, phone }) {
    const guardian = await person(phone)
    await signIn(guardian, 'guardian', '/messages')
    await whole(guardian)
    await guardian.locator('li', { hasText: '作业' }).first().waitFor()
    await accessible(guardian, 'a guardian\'s messages')
    await fits(guardian, 'a guardian\'s messages')
    await translated(guardian, 'a guardian\'s messages')
    await picture(guardian, 'messages-3-guardian-phone')
    await guardian.locator('li', { hasText: '作业' }).first().getByRole('link').click()
    await guardian.waitForURL('**/children/**')
    await whole(guardian)
    const pupil = await person(phone)
    await signIn(pupil, 'pupil', '/messages')
    await whole(pupil)
    await pupil.locator('li', { hasText: '作业' }).first().waitFor()
    await pupil.evaluate(() => document.documentElement.lang)
    await picture(pupil, 'messages-4-pupil-phone')
  },

  async 'the county says how much homework is enough, a school sees whose limits hold'({ page, person, signIn, ask, whole, picture, accessible, translated, fits, phone }) {
    await signIn(page, 'info_office', '/homework-limits')
    await whole(page)
    await accessible(page, 'homework limits')
    await picture(page, 'messages-5-limits')
    await page.getByRole('button', { name: '修改' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('分钟').nth(1).fill('900')
    await dialog.getByRole('button', { name: '保存' }).click()
    await dialog.getByText('不能大于 600').waitFor()
    await dialog.getByLabel('年级从').nth(1).fill('2')
    await dialog.getByLabel('分钟').nth(1).fill('50')
    await dialog.getByRole('button', { name: '保存' }).click()
    await dialog.getByRole('link', { name: /^第 2 行年级从/ }).waitFor() // the summary names the row
    await accessible(page, 'limits that were refused')
    await dialog.getByLabel('年级从').nth(1).fill('3')
    await dialog.getByRole('button', { name: '保存' }).click()
    await page.getByText('本区自定').waitFor()
    await translated(page, 'homework limits')
    await page.setViewportSize(phone)
    await fits(page, 'homework limits on a phone')
    await picture(page, 'messages-5-limits-phone')
    const office = await person()
    await signIn(office, 'academic', '/homework-load')
    await whole(office)
    await office.getByText('上限由大通湖区规定').waitFor()
    await office.getByRole('button', { name: '作业量规定' }).click()
    await office.getByText('现在用的是大通湖区定的').waitFor()
    await picture(office, 'messages-6-whose-limits')
    await page.getByRole('button', { name: '修改' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '改回通用规定' }).click() // as it was
    await page.getByText('用的是双减通用规定').waitFor()
    await page.getByRole('button', { name: '撤销' }).click() // pressed by mistake: the county's own come back
    await page.getByText('本区自定').waitFor()
    await page.getByRole('button', { name: '修改' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '改回通用规定' }).click()
    await page.getByText('用的是双减通用规定').waitFor()
    check((await ask(page, '/homework-limits')).body.county.own === false, 'the usual ones hold again')
  },
}
