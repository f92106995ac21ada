// A lesson that its teacher has begun is given to a colleague: who is told what, and whose record is whose.
import { check } from './browser.mjs'

const current = async (ask, page) => (await ask(page, '/class-sessions/current')).body

async function atScreen({ person, signIn, wall }, who, { clock = false } = {}) {
  const screen = await person(wall)
  if (clock) await screen.clock.install() // of the browser: so that it can be put forward
  await signIn(screen, who, '/classroom')
  return screen
}
const ends = (screen) => screen.getByRole('button', { name: '下课' })

export default {
  async 'a lesson ended on another device says so, and both screens offer to go on'(tools) {
    const { picture, accessible, phone } = tools
    const first = await atScreen(tools, 'teacher')
    const go = first.getByRole('button', { name: /^(上课|接着上)$/ })
    await go.or(ends(first)).first().waitFor()
    if (await go.isVisible()) await go.click()
    await ends(first).waitFor()
    const second = await atScreen({ ...tools, wall: phone }, 'teacher')
    await ends(second).click()
    await second.getByText('下课了，已自动记好').waitFor()
    await first.getByText('这节课已在别的设备上下课').waitFor({ timeout: 30_000 })
    for (const screen of [first, second]) await screen.getByRole('button', { name: '接着上' }).waitFor()
    const taken = first.locator('.classes button:disabled')
    check((await taken.count()) > 0, 'classes of colleagues cannot be chosen')
    check(/的课/.test(await taken.first().innerText()), 'and say whose lesson it is')
    await accessible(first, 'a lesson that ended elsewhere')
    await picture(first, 'substitute-1-elsewhere')
    await picture(second, 'substitute-1-elsewhere-phone')
  },

  async 'more hands than pupils stand after a reload as they were counted, and nothing that was dragged through'(tools) {
    const { picture, ask } = tools
    const screen = await atScreen(tools, 'teacher')
    const go = screen.getByRole('button', { name: /^(上课|接着上)$/ })
    await go.or(ends(screen)).first().waitFor()
    if (await go.isVisible()) await go.click()
    await screen.getByRole('button', { name: '提问', exact: true }).click()
    await screen.getByRole('dialog').getByRole('button', { name: '开始举手' }).click()
    const bars = screen.getByRole('slider')
    await bars.first().waitFor()
    const present = Number(await bars.first().getAttribute('aria-valuemax'))
    const drag = async (nth, share) => {
      const box = await bars.nth(nth).boundingBox()
      await screen.mouse.move(box.x + 2, box.y + box.height / 2)
      await screen.mouse.down()
      await screen.mouse.move(box.x + box.width * share, box.y + box.height / 2, { steps: 12 })
      await screen.mouse.up()
    }
    const shown = async () => Promise.all([0, 1, 2].map(async (nth) => Number(await bars.nth(nth).getAttribute('aria-valuenow'))))
    await drag(0, 0.5)
    await drag(1, 1)
    await drag(2, 0.3)
    const counted = await shown()
    check(counted[1] === present && counted[0] > 0 && counted[2] > 0, `counted ${counted} of ${present}`)
    await screen.waitForTimeout(1000)
    const told = (await current(ask, screen)).running.questions.at(-1).counts
    check(told.join() === `${counted[0]},0,0`, `what did not fit was not told: ${told}`)
    await screen.reload()
    await bars.first().waitFor()
    check((await shown()).join() === counted.join(), `after a reload: ${await shown()}`)
    await screen.getByText(/^多了 \d+ 人/).waitFor()
    await picture(screen, 'substitute-2-hands')
    await bars.nth(1).focus()
    await screen.keyboard.press('Home')
    await screen.getByRole('button', { name: '数完了' }).click()
    await screen.reload()
    await screen.getByRole('button', { name: '提问', exact: true }).waitFor()
    check((await current(ask, screen)).running.questions.at(-1).counts.join() === `${counted[0]},0,${counted[2]}`, 'once it fits it is kept')
  },

  async 'the office gives a running lesson to a colleague: it is asked, both screens are told, each keeps a record'(tools) {
    const { person, signIn, ask, whole, picture, accessible, translated, fits, phone, desk, server } = tools
    const first = await atScreen(tools, 'teacher')
    const go = first.getByRole('button', { name: /^(上课|接着上)$/ })
    await go.or(ends(first)).first().waitFor()
    if (await go.isVisible()) await go.click()
    await ends(first).waitFor()
    const { lesson, session } = (await current(ask, first)).running

    const office = await person(desk)
    await signIn(office, 'academic')
    const free = (await ask(office, `/timetable/candidates?class_id=${lesson.class_id}&date=${lesson.date}&period=${lesson.period}`)).body.items.filter((one) => !one.busy_with)
    let standIn, name
    for (const role of ['homeroom', 'research_head']) {
      if (!server.accounts[role] || standIn) continue
      const screen = await atScreen(tools, role, { clock: true })
      const me = (await ask(screen, '/session/current')).body.session
      const found = free.find((one) => one.id === me.person_id)
      if (found) { standIn = screen; name = found.name }
    }
    check(standIn, `a colleague with an account is free among ${free.length}`)

    await office.goto(`/timetable/changes?add=1&class=${lesson.class_id}&date=${lesson.date}&period=${lesson.period}`)
    await whole(office)
    const dialog = office.getByRole('dialog')
    const more = dialog.getByRole('button', { name: /^再看/ })
    await dialog.locator('.who label').first().waitFor()
    if (await more.isVisible()) await more.click()
    await dialog.locator('.who label', { hasText: name }).click()
    await dialog.locator('input[name="reason"], #field-reason').fill('临时开会')
    await dialog.getByRole('button', { name: '登记', exact: true }).click()
    const asked = office.getByRole('button', { name: '仍要登记' })
    await asked.waitFor()
    check((await office.getByRole('dialog').last().innerText()).includes('已有课堂记录'), 'the office is told of the record')
    await accessible(office, 'a substitution on a lesson with a record')
    await translated(office, 'a substitution on a lesson with a record')
    await picture(office, 'substitute-3-office')
    await office.setViewportSize(phone)
    await fits(office, 'a substitution on a lesson with a record on a phone')
    await picture(office, 'substitute-3-office-phone')
    await asked.click()
    await office.getByText('已登记').first().waitFor()

    await first.getByText(`教务已把这节课交给${name}`).waitFor({ timeout: 30_000 })
    await accessible(first, 'a lesson given to a colleague')
    await picture(first, 'substitute-4-first')
    await standIn.getByRole('button', { name: '上课', exact: true }).click({ timeout: 30_000 })
    await ends(standIn).waitFor()
    await first.getByText(`教务已把这节课交给${name}`).and(first.locator('[role="alert"]')).waitFor({ timeout: 30_000 })
    await picture(first, 'substitute-5-first-over')
    // One sign of life, which comes every fifteen seconds: she stays.
    await Promise.all([standIn.waitForResponse((answer) => answer.url().endsWith('/heartbeat')), standIn.clock.fastForward('00:16')])
    check(await ends(standIn).isVisible(), 'the substitute teaches on')
    await picture(standIn, 'substitute-6-second')
    const own = (await current(ask, standIn)).running.session
    check(own.id !== session.id && own.teacher_id !== session.teacher_id, 'she has a session of her own')
    const records = (await ask(first, '/my/records')).body.rows.find((row) => row.record?.session.id === session.id)
    check(records && records.record.session.ended_at, 'the first teacher keeps his, ended')
    await ends(standIn).click()
    await standIn.getByText('下课了，已自动记好').waitFor()
  },

  async 'a pairing code that is over gives way to a field for the new one'({ person, signIn, picture, accessible, fits, phone }) {
    const hand = await person(phone)
    await signIn(hand, 'teacher', '/pair/no-longer-there')
    await hand.getByRole('button', { name: '登录这块大屏' }).click()
    const field = hand.locator('input[autocomplete="one-time-code"]')
    await field.waitFor()
    check(await field.evaluate((one) => one === document.activeElement && one.value === ''), 'the field waits for the new code')
    await hand.locator('form [role="alert"]').waitFor()
    await accessible(hand, 'a pairing code that is over')
    await fits(hand, 'a pairing code that is over')
    await picture(hand, 'substitute-7-pair')
  },

  async 'a school\'s week adds up, and leaving a lesson out asks before a choice is lost'(tools) {
    const { person, signIn, ask, whole, picture, desk, page } = tools
    const office = await person(desk)
    await signIn(office, 'academic', '/school-records')
    await whole(office)
    const school = new URL(await office.evaluate(() => performance.getEntriesByType('resource').map((one) => one.name).find((one) => one.includes('/school-records?')))).searchParams.get('school')
    const { body } = await ask(office, `/school-records?school=${school}`)
    const sum = (key) => body.totals.reduce((all, one) => all + one[key], 0)
    const listed = (kind) => new Set(body.lessons.filter((one) => (one.session.kind === 'declared') === kind && (kind || one.session.kind !== 'class_view' || one.session.minutes_band !== 'b0_10' || one.session.resource_count || one.session.question_count || one.session.present != null)).map((one) => one.session.lesson_id)).size
    check(sum('measured') - listed(false) === body.not_yet_open, `measured: ${sum('measured')} − ${listed(false)} = ${body.not_yet_open}`)
    check(sum('declared') - listed(true) === body.declared_not_yet_open, `declared: ${sum('declared')} − ${listed(true)} = ${body.declared_not_yet_open}`)
    await office.getByText(/另有 .*还在老师手里/).waitFor()
    await picture(office, 'substitute-8-school')

    await signIn(page, 'teacher', '/records')
    await whole(page)
    const changes = page.getByRole('button', { name: /更正/ })
    for (let nth = 0; nth < (await changes.count()); nth++) {
      await changes.nth(nth).click()
      const select = page.locator('form select')
      if (await select.count()) break
      await page.keyboard.press('Escape')
    }
    const select = page.locator('form select')
    await select.selectOption({ index: 0 })
    await page.getByRole('button', { name: '不计入', exact: true }).click()
    await page.getByText('时长或用到的资源改了还没存').waitFor()
    await picture(page, 'substitute-9-unsaved')
    await page.getByRole('button', { name: '回去存' }).click()
    check((await select.evaluate((one) => one.selectedIndex)) === 0, 'the choice is still there')
  },
}
