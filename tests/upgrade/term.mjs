// What a school does in three weeks of autumn 2014, by the interface: its timetable, a resource of its own that is reviewed,
// a lesson prepared and taught, homework, a substitution, and October's report signed. Answers what must be found again.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import { accountsOf, program, serve } from '../support/program.mjs'
import { Client, figures } from './client.mjs'

export const password = 'Lotus-pond-2026'
const title = '荷塘'
const text = Buffer.from('荷塘四面长着许多树，蓊蓊郁郁的。\n')

/** A folder's clock begins there whenever it is opened. */
export function setClock(data, moment) {
  const database = new DatabaseSync(join(data, 'santong.db'))
  database.exec(`INSERT INTO installation (district_id, name, value) VALUES (0, 'demo_start', '${Date.parse(moment)}') ON CONFLICT (district_id, name) DO UPDATE SET value = excluded.value`)
  database.close()
}

async function at(data, moment, work) {
  setClock(data, moment)
  const server = await serve(data)
  try {
    return await work(server)
  } catch (error) {
    throw Object.assign(error, { log: server.log().split('\n').slice(-8) })
  } finally {
    await server.stop()
  }
}

/** As small as it gets; its clock stays in that autumn, so that its weeks are still its weeks. */
export function pack(data) {
  const database = new DatabaseSync(join(data, 'santong.db'))
  database.exec('VACUUM')
  database.close()
}

/** What the demo's office has of a school: bells, and the timetable as a workbook. */
export async function sheetsOf(demo, school) {
  const server = await serve(demo)
  try {
    const office = new Client(server.origin)
    const { login, password: word } = accountsOf(demo).info_office
    await office.signIn(login, word)
    const { items } = await office.call('GET', '/schools')
    const { id } = items.find((one) => one.name === school)
    const { periods } = await office.call('GET', `/bells/${id}`)
    return { school, periods, timetable: await office.bytes(`/timetables/export.xlsx?school_id=${id}`) }
  } finally {
    await server.stop()
  }
}

/** People of the school by their logins; each chooses a password at the first sign-in, as everybody does. */
class School {
  constructor(data) {
    this.data = data
    this.known = new Set()
  }
  async enter(server, login) {
    const client = new Client(server.origin)
    if (!this.known.has(login)) {
      const code = execFileSync(program, ['code', login, '--data', this.data], { encoding: 'utf8' }).trim().split(' ')[1]
      await client.signIn(login, code)
      await client.call('POST', '/session/password', { current: code, next: password })
      this.known.add(login)
    } else {
      await client.signIn(login, password)
    }
    return client
  }
}

const day = (moment) => moment.slice(0, 10)

async function opening(school, server, principalLogin, sheets, from) {
  const principal = await school.enter(server, principalLogin)
  const { items } = await principal.call('GET', '/schools')
  const own = items.find((one) => one.name === sheets.school).id
  await principal.call('PUT', `/bells/${own}`, { from, periods: sheets.periods })
  const file = await principal.upload('课表.xlsx', sheets.timetable)
  const read = await principal.call('POST', '/timetables/import', { school_id: own, file_id: file, from, write: true })
  if (!read.timetable_id) throw new Error(`no timetable: ${JSON.stringify(read).slice(0, 600)}`)
  await principal.call('POST', `/timetables/${read.timetable_id}/publish`, { from })
  return own
}

/** Written by the teacher, seen by whoever has to see it, published in the school. */
async function published(teacher, reviewers, subject, grade) {
  const file = await teacher.upload('荷塘.txt', text)
  const about = { title, subject, grade_from: grade, grade_to: grade, licence: 'region_teaching', source: 'own_work' }
  const { item } = await teacher.call('POST', '/resources', { file_id: file, url: '', about })
  await teacher.call('POST', `/resources/${item.id}/submit`, { scope: 'school' })
  for (const one of reviewers) {
    const waiting = await one.call('GET', '/reviews?limit=100').catch(() => ({ items: [] }))
    for (const row of waiting.items.filter((each) => each.subject_id === item.id)) {
      const { sheet } = await one.call('GET', `/reviews/${row.id}`)
      await one.call('POST', `/reviews/${row.id}/decision`, { decision: 'approve', reason: '', checklist: sheet.map((line) => line.key) })
    }
  }
  const { state } = (await teacher.call('GET', `/resources/${item.id}`)).item
  if (state !== 'published') throw new Error(`the resource is ${state}`)
  return { resource: item.id, file }
}

/** A lesson of this moment, prepared with the resource, taught with it, with homework of which one is handed in on paper. */
async function taught(teacher, lesson, resource, grade) {
  const { plan } = await teacher.call('POST', '/lesson-plans', { title, subject: lesson.subject, grade, usual: 'teaching.template.new_lesson', lesson_ids: [lesson.id] })
  const [first, ...rest] = plan.content.sections
  const sections = plan.content.sections.map((one, at) => (at === 0 ? { ...one, resources: [{ resource_id: resource, for_pupils: true }] } : one))
  const content = { ...plan.content, sections, homework: '读课文三遍。' }
  await teacher.call('PUT', `/lesson-plans/${plan.id}`, { version: plan.version, content, sharing: 'school' })
  const { session } = await teacher.call('POST', '/class-sessions', { lesson_id: lesson.id, plan_id: plan.id })
  await teacher.call('POST', `/class-sessions/${session.id}/show`, { resource_id: resource, page: 1 })
  await teacher.call('POST', `/class-sessions/${session.id}/end`, {})
  const wish = { title: '读课文', text: '读三遍。', form: 'paper', written: false, due_on: lesson.due, minutes: 10, attachments: [], class_ids: [lesson.class_id] }
  const { homework } = await teacher.call('POST', '/homework', { subject: lesson.subject, content: wish, plan_id: plan.id, lesson_id: lesson.id })
  const { rows } = await teacher.call('GET', `/homework/${homework.id}/classes/${lesson.class_id}`)
  await teacher.call('POST', `/homework/${homework.id}/classes/${lesson.class_id}/collect`, { pupils: [rows[0].pupil_id], collected: true })
  return { plan: plan.id, session: session.id, homework: homework.id, class: lesson.class_id }
}

/** The month that is over: what is left is explained, then it is signed. */
async function signed(principal, own, month) {
  const path = `/school-reports/${own}/${month}`
  let report = await principal.call('GET', path)
  for (const line of report.content.lines.filter((one) => !report.reasons.some((each) => each.line === one.line))) {
    report = await principal.call('PUT', `${path}/reasons`, { line: line.line, reason: '设备检修，下月恢复使用。' })
  }
  return principal.call('POST', `${path}/sign`, { content_hash: report.content_hash })
}

/** `logins` by name; `dates`: when the timetable begins, the lesson's morning, the evening where the clock stays,
    and the month whose report is due. */
export async function schoolTerm({ data, logins, principal: principalLogin, sheets }, dates) {
  const school = new School(data)
  const own = await at(data, dates.begin, (server) => opening(school, server, principalLogin, sheets, day(dates.begin)))
  const facts = await at(data, dates.lesson, async (server) => {
    const principal = await school.enter(server, principalLogin)
    const now = Date.parse(dates.lesson)
    const week = await principal.call('GET', `/timetable/week?school_id=${own}`)
    const running = week.lessons.map((row) => row.lesson).find((one) => one.start_at <= now && one.end_at > now + 120_000 && one.teacher_id)
    if (!running) throw new Error('no lesson runs at that moment')
    const login = logins.get((await principal.call('GET', `/people/${running.teacher_id}`)).name)
    const teacher = await school.enter(server, login)
    const colleagues = (await principal.call('GET', `/people?org=${own}&kind=staff&limit=100`)).items.filter((one) => one.id !== running.teacher_id)
    const reviewers = [principal]
    for (const one of colleagues.filter((each) => each.roles?.some((role) => /research_head|academic/.test(role.role ?? role)))) {
      reviewers.push(await school.enter(server, logins.get(one.name)))
    }
    const grade = (await principal.call('GET', `/classes/${running.class_id}`)).grade
    const tomorrow = day(new Date(now + 32 * 3_600_000).toISOString())
    const made = await published(teacher, reviewers, running.subject, grade)
    const lesson = await taught(teacher, { ...running, due: tomorrow }, made.resource, grade)
    const { items } = await principal.call('GET', `/timetable/candidates?class_id=${running.class_id}&date=${tomorrow}&period=1`)
    const stand_in = items.find((one) => !one.busy_with && one.id !== running.teacher_id)
    const change = await principal.call('POST', '/substitutions', { class_id: running.class_id, date: tomorrow, period: 1, kind: 'substitute', teacher_id: stand_in.id, reason: '外出学习' })
    const report = await signed(principal, own, dates.month)
    return {
      login, principal: principalLogin, password, title, school: own, ...made, ...lesson, substitution: change.id, month: dates.month, date: tomorrow,
      week: week.week, sha256: createHash('sha256').update(text).digest('hex'),
      report: { hash: report.content_hash, lessons_held: report.content.lessons_held, lessons_used: report.content.lessons_used },
    }
  })
  const numbers = await at(data, dates.after, async (server) => figures(await school.enter(server, principalLogin), own, facts.week))
  return { ...facts, numbers }
}
