// Flow 2 of the demo: a village school gets its box, works while the cable is out, and catches up.
import { check } from '../support/check.mjs'
import { Box, must, until } from '../support/region.mjs'

/** A lesson that runs now at a school, with the account of whoever teaches it. */
async function running(region, school) {
  const office = await region.person('info_office')
  const org = must(await office.get('/api/v1/schools'), 'schools').items.find((one) => one.name === school).id
  const now = must(await office.get('/api/v1/session'), 'session').now
  const principal = await region.account(school, 'principal')
  const week = must(await (await region.person(principal)).get('/api/v1/timetable/week', { school_id: org }), 'week')
  const lesson = week.lessons.map((row) => row.lesson).find((one) => one.start_at <= now + 480_000 && one.end_at > now + 600_000 && one.teacher_id)
  check(lesson, 'a lesson runs there')
  return { lesson, teacher: await region.account(school, 'teacher', lesson.teacher_id) }
}

export default {
  async 'flow 2: a village school joins by a code, works while its cable is out, and catches up'({ region, first, page, person, signIn, whole, picture, desk }) {
    const { school } = first
    await signIn(page, 'info_office', '/nodes')
    await page.getByRole('button', { name: '接入新盒子' }).first().click()
    const form = page.getByRole('dialog')
    await form.getByLabel('学校').selectOption({ label: school })
    await form.getByRole('button', { name: '生成接入码' }).click()
    const code = (await form.locator('[data-test=code]').innerText()).trim()
    await form.getByRole('button', { name: '关闭' }).last().click()

    const box = new Box(region, school)
    region.boxes.push(box)
    await box.join(code, first.line)
    const row = page.locator('.list li', { hasText: school })
    await row.getByText('已同步').waitFor({ timeout: 120_000 })
    await picture(page, 'flow2-1-joined')
    const { lesson, teacher } = await running(region, school)
    await until('the new password at the box', () => region.person(teacher, box.server.origin).catch(() => null), 30)

    // the technician sees his school's people at the box
    const technician = await region.account(school, 'technician')
    await until('his password', () => region.person(technician, box.server.origin).catch(() => null), 30)
    const bench = await person(desk, box.server.origin)
    await signIn(bench, technician, `${box.server.origin}/people`)
    await whole(bench)
    await bench.getByText(technician.name).first().waitFor()
    await picture(bench, 'flow2-2-roster')

    // the principal finds the month's report there as it stands, and the way to where it is signed
    const [{ month }] = region.rows('SELECT month FROM school_report WHERE school_id = ? ORDER BY month DESC LIMIT 1', technician.org)
    const principal = await region.account(school, 'principal')
    await until('her password', () => region.person(principal, box.server.origin).catch(() => null), 30)
    const office = await person(desk, box.server.origin)
    await signIn(office, principal, `${box.server.origin}/reports/${principal.org}/${month}`)
    const above = office.getByRole('link', { name: '到平台上打开这份月报' })
    await above.waitFor()
    check((await above.getAttribute('href')).endsWith(`/reports/${principal.org}/${month}`), 'it leads to the same report above')
    check(await office.getByRole('button', { name: '签发', exact: true }).count() === 0, 'nothing is signed at the box')
    await picture(office, 'flow2-6-report')

    // the cable is out: somebody signs in and teaches, and the page says how it stands
    await box.line.unplug()
    const screen = await person(desk, box.server.origin)
    await signIn(screen, teacher, `${box.server.origin}/today`)
    await whole(screen)
    await screen.locator('.sync .text').getByText(/离线/).waitFor({ timeout: 60_000 })
    await picture(screen, 'flow2-3-cable-out')
    await screen.goto(`${box.server.origin}/classroom`)
    await screen.getByRole('button', { name: /^(上课|接着上)$/ }).click()
    await screen.getByRole('button', { name: '资源', exact: true }).waitFor()
    await picture(screen, 'flow2-4-teaches')
    const held = () => region.rows('SELECT id FROM class_session WHERE lesson_id = ?', lesson.id)
    check(held().length === 0, 'the hub cannot know of it yet')

    await box.line.restore()
    await until('the lesson at the hub', () => held().length > 0, 60)
    await screen.goto(`${box.server.origin}/today`)
    await screen.locator('.sync .text').getByText(/同步|在线/).waitFor({ timeout: 60_000 })
    await row.getByText('已同步').waitFor({ timeout: 60_000 })
    await picture(page, 'flow2-5-caught-up')
    check(box.status().parked === 0, 'nothing was set aside')
  },
}
