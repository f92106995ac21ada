// A school week in minutes: boxes teach, the hub keeps the roster, lines are cut, programs are killed; at the end both sides
// must say the same. The last line is "L2 value X": acknowledged writes that were lost or doubled.
import { existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import { pause } from '../../tests/support/check.mjs'
import { must, Region, until } from '../../tests/support/region.mjs'
import { accounted, differing, digests, nothing_to_send, set_aside, without_bytes } from './compare.mjs'
import { chance } from './chance.mjs'
import { Ledger, Worker } from './people.mjs'

const words = Object.fromEntries(process.argv.slice(2).map((word) => word.split('=')))
const { boxes: many = 20, seconds = 300, seed = 1, loss = 1, rate = 4000 } = Object.fromEntries(Object.entries(words).map(([name, value]) => [name, Number(value)]))
const faketime = ['/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1', '/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1'].find((path) => existsSync(path))
const villages = ['渔场小学', '北洲子镇宏发小学', '北洲子镇永兴小学', '南湾湖学校', '金盆镇大东口小学', '金盆镇增福小学', '千山红镇种福小学', '千山红镇大西港小学', '河坝镇沙堡洲小学', '河坝镇铭新小学',
  '北洲子镇中学', '金盆镇中学', '北洲子镇中心小学', '金盆镇中心小学', '千山红镇中学', '千山红镇中心小学', '河坝镇中学', '河坝镇中心小学', '大通湖区第一中学', '渔场学校']
const random = chance(seed)
const began = Date.now()
const since = () => `${((Date.now() - began) / 1000).toFixed(0).padStart(4)} s`
const say = (text) => console.log(`${since()}  ${text}`)
const day = (ms) => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 10)

/** A pupil of a class who can sign in. */
function pupil_of(region, group) {
  const [one] = region.rows("SELECT e.person_id FROM enrolment e JOIN auth_account a ON a.person_id = e.person_id AND a.status = 'active' WHERE e.class_id = ? AND e.to_date IS NULL ORDER BY e.person_id LIMIT 1", group)
  if (!one) throw new Error(`nobody of the class ${group} has an account`)
  return one.person_id
}

/** The people of a school who work this week: a teacher, a pupil of his, and the academic office. */
async function staff(region, school) {
  const office = await region.session('info_office')
  const academic = await region.account(school, 'academic')
  const now = must(await office.get('/api/v1/session'), 'session').now
  const week = must(await (await region.person(academic)).get('/api/v1/timetable/week', { school_id: academic.org }), 'week')
  const lessons = week.lessons.map((row) => row.lesson).filter((one) => one.teacher_id && one.teacher_id !== academic.person)
  // whoever teaches now, so that lessons are held, too
  const lesson = lessons.find((one) => one.start_at <= now + 300_000 && one.end_at > now + 900_000) ?? lessons[0]
  const teacher = await region.account(school, 'teacher', lesson.teacher_id)
  const people = must(await office.get('/api/v1/people', { org: teacher.org, kind: 'staff', limit: 50 }), 'people').items.filter((one) => one.school_name === school).map((one) => one.id)
  const days = (from, n) => Array.from({ length: n }, (_, i) => day(now + (from + i) * 86_400_000))
  const about = {
    subject: lesson.subject, group: lesson.class_id, grade: 1, staff: people.filter((id) => ![teacher.person, academic.person].includes(id)),
    past: days(-4, 3), later: day(now + 7 * 86_400_000), future: days(20, 40), month: day(now).slice(0, 7),
  }
  const pupil = await region.account(school, 'teacher', pupil_of(region, lesson.class_id))
  return { teacher: { ...teacher, ...about }, pupil: { ...pupil, ...about }, academic: { ...academic, ...about }, org: teacher.org }
}

/** Kills and cuts by chance until the week is over; everything stands again afterwards. */
async function disorder(region, until_when, counts) {
  let hub = Promise.resolve()
  while (Date.now() < until_when) {
    await pause(random.between(400, 1600) * Math.max(1, 6 / region.boxes.length))
    const box = random.pick(region.boxes)
    const fate = random.next()
    if (fate < 0.06 && !counts.hub_down) {
      counts.hub_down = true
      counts.killed_hub++
      hub = region.hub.halt().then(() => pause(random.between(100, 3000))).then(() => region.hub.start()).finally(() => { counts.hub_down = false })
    } else if (fate < 0.4 && !box.down) {
      box.down = true
      counts.killed_boxes++
      box.back = box.server.halt().then(() => pause(random.between(50, 2500))).then(() => box.server.start()).finally(() => { box.down = false })
    } else if (fate < 0.7) {
      counts.cuts++
      await (random.next() < 0.5 ? box.line.cut() : box.line.unplug())
    } else {
      await box.line.restore()
    }
  }
  await hub
  await Promise.all(region.boxes.map((box) => box.back))
  await Promise.all(region.boxes.map((box) => box.line.restore()))
}

const insert = (db, table, cells) => db.prepare(`INSERT INTO ${table} (${Object.keys(cells).join(', ')}) VALUES (${Object.keys(cells).map(() => '?').join(', ')})`).run(...Object.values(cells))

/** Two lessons in one place of the timetable, one at the hub and one at the box, written behind their backs: the hub cannot
    take the box's, must set it aside and go on. Answers the ids of both. */
async function poison(region, box) {
  await box.server.halt()
  const ids = [randomUUID(), randomUUID()]
  const hub = new DatabaseSync(join(region.hub.folder, 'santong.db'), { timeout: 10_000 })
  const db = new DatabaseSync(join(box.server.folder, 'santong.db'))
  const row = { ...db.prepare('SELECT * FROM taught_lesson LIMIT 1').get(), date: '2014-08-30', period: 9 }
  insert(hub, 'taught_lesson', { ...row, id: ids[0] })
  hub.close()
  insert(db, 'taught_lesson', { ...row, id: ids[1] })
  const newest = db.prepare('SELECT * FROM feed_entry ORDER BY seq DESC LIMIT 1')
  newest.setReadBigInts(true) // versions are larger than what this language counts with
  const entry = newest.get()
  db.prepare('UPDATE feed_number SET last = last + 1').run()
  const seq = db.prepare('SELECT last FROM feed_number').get().last
  const origin = db.prepare("SELECT value FROM installation WHERE name = 'node'").get().value
  insert(db, 'feed_entry', { ...entry, seq, origin, origin_seq: seq, via: '', kind: 'put', type: 'timetable.TaughtLesson', entity_id: ids[1], scope_org_id: row.school_id, body: '{}' })
  db.close()
  await box.server.start()
  return ids
}

const region = await Region.open()
let bad = 0
try {
  // First the places of one town: its central school's box holds their records, too.
  const near = (name) => name.startsWith(words.first ?? '')
  const schools = [...villages.filter(near), ...villages.filter((name) => !near(name))].slice(0, many)
  say(`seed ${seed}: a hub and ${schools.length} boxes at ${rate} kbit/s, ${loss} % loss, a week of ${seconds} s`)
  const people = new Map()
  for (const school of schools) people.set(school, await staff(region, school))
  say('everybody has a password')
  for (const [i, school] of schools.entries()) {
    const box = await region.add(school, { rate, loss, delay: 10 + 10 * (i % 5), options: ['--seed', String(seed + i)] }, { start: false })
    if (i === schools.length - 1 && faketime && schools.length > 1) {
      box.server.environment = { LD_PRELOAD: faketime, FAKETIME: '@2040-01-01 08:00:00', FAKETIME_DONT_FAKE_MONOTONIC: '1' }
      box.late = true
    }
    await box.server.start()
  }
  say(`joined; lines: ${region.boxes[0].line.mode}; clock in 2040: ${region.boxes.find((box) => box.late)?.school ?? 'none (libfaketime is not here)'}`)
  await Promise.all(region.boxes.map((box) => box.settled(1800)))
  say('every box has its school')

  const ledger = new Ledger()
  const end = Date.now() + seconds * 1000
  const workers = []
  for (const box of region.boxes) {
    const { teacher, pupil, academic, org } = people.get(box.school)
    const at_box = (account) => new Worker(ledger, chance(random.seed()), { place: `box-${box.school}`, origin: () => box.server.origin, school: box.school, account, org })
    const at_hub = (account) => new Worker(ledger, chance(random.seed()), { place: 'hub', origin: () => region.hub.origin, school: box.school, account, org })
    const teaching = at_box(teacher), home = at_hub(teacher)
    home.plans = teaching.plans // the same plans, at school and at home
    const learning = at_box(pupil), learning_at_home = at_hub(pupil)
    learning.homework = teaching.homework
    learning_at_home.homework = home.homework // what was set at the hub stands there
    workers.push([teaching, ['makePlan', 'editPlan', 'editPlan', 'setHomework', 'teach', 'signIn', 'shareResource', 'writeNotice', 'keepShelf']], [at_box(academic), ['patrol', 'patrol', 'declare', 'decide', 'decide']],
      [home, ['editPlan', 'makePlan', 'setHomework', 'shareResource', 'keepShelf']], [at_hub(academic), ['phone', 'holiday', 'declare']], [learning, ['handIn']], [learning_at_home, ['handIn']])
  }
  const [someone] = people.values()
  workers.push([new Worker(ledger, chance(random.seed()), { place: 'hub', origin: () => region.hub.origin, school: null, account: { ...someone.academic, ...region.hub.accounts.info_office }, org: null }), ['addCode', 'setTarget']])
  const rest = [400 * Math.max(1, many / 5), 1600 * Math.max(1, many / 5)]
  const counts = { killed_hub: 0, killed_boxes: 0, cuts: 0 }
  await Promise.all([...workers.map(([worker, acts]) => worker.work(acts, end, rest)), disorder(region, end, counts)])
  say(`the week is over: ${ledger.writes.length} acknowledged writes, ${ledger.retries} retries; hub killed ${counts.killed_hub} times, boxes ${counts.killed_boxes}, lines cut ${counts.cuts}`)
  const kinds = {}
  for (const one of ledger.writes) kinds[`${one.kind} at ${one.at === 'hub' ? 'hub' : 'box'}`] = (kinds[`${one.kind} at ${one.at === 'hub' ? 'hub' : 'box'}`] ?? 0) + 1
  say(`acknowledged: ${JSON.stringify(kinds)}`)
  if (Object.keys(ledger.refused).length > 0) say(`refused in the open: ${JSON.stringify(ledger.refused)}`)

  const victim = region.boxes[0]
  const poisoned = await poison(region, victim)
  const after = new Worker(ledger, random, { place: `box-${victim.school}`, origin: () => victim.server.origin, school: victim.school, account: people.get(victim.school).teacher, org: people.get(victim.school).org })
  await after.setHomework()

  // The clock of 2040 writes first, the hub a moment later: the hub's words stand.
  const late = region.boxes.find((box) => box.late)
  let contest = null
  if (late) {
    const { teacher, org } = people.get(late.school)
    const there = new Worker(ledger, random, { place: `box-${late.school}`, origin: () => late.server.origin, school: late.school, account: teacher, org })
    await there.makePlan()
    const [id] = there.plans
    const here = new Worker(ledger, random, { place: 'hub', origin: () => region.hub.origin, school: late.school, account: teacher, org })
    await until('the plan of 2040 at the hub', async () => (await here.ask('GET', `/api/v1/lesson-plans/${id}`)).status === 200, 120, 1000)
    await late.line.cut()
    there.plans = here.plans = [id]
    await there.editPlan()
    await pause(1500)
    await here.editPlan()
    contest = { id, marker: ledger.writes.at(-1).marker, at: ledger.writes.at(-1).at }
    await late.line.restore()
  }

  await Promise.all(region.boxes.map((box) => box.settled(900)))
  await pause(5000)
  await Promise.all(region.boxes.map((box) => box.settled(300)))
  say('the lines are quiet')

  await until('the bytes of all files at the hub', () => region.boxes.every((box) => nothing_to_send(box.server.folder)), 420, 1000)
  const files_lost = without_bytes(region.hub.folder, ledger.writes)
  for (const one of files_lost.slice(0, 10)) say(`its bytes are not at the hub: ${JSON.stringify(one)}`)
  say(`files handed in and shared: ${ledger.writes.filter((one) => one.kind === 'file').length}, without their bytes at the hub ${files_lost.length}`)
  bad += files_lost.length
  const hub = accounted(region.hub.folder, ledger.writes.filter((one) => !contest || one.id !== contest.id))
  let lost = hub.lost.length, doubled = hub.doubled.length
  for (const one of [...hub.lost, ...hub.doubled].slice(0, 10)) say(`at the hub: ${JSON.stringify(one)}`)
  const totals = {}
  let differ = 0
  for (const box of region.boxes) {
    const mine = ledger.writes.filter((one) => [box.school, null].includes(one.school) && (!contest || one.id !== contest.id))
    const there = accounted(box.server.folder, mine)
    lost += there.lost.length
    doubled += there.doubled.length
    for (const one of [...there.lost, ...there.doubled].slice(0, 5)) say(`at the box of ${box.school}: ${JSON.stringify(one)}`)
    const root = people.get(box.school).org
    const a = digests(region.hub.folder, root, poisoned), b = digests(box.server.folder, root, poisoned)
    for (const type of Object.keys(a)) {
      totals[type] ??= { hub: 0, boxes: 0, schools: 0, same: 0 }
      totals[type].hub += a[type].rows
      totals[type].boxes += b[type].rows
      totals[type].schools++
      if (a[type].digest === b[type].digest) totals[type].same++
      else {
        differ++
        const rows = differing(type, region.hub.folder, box.server.folder, root)
        say(`${box.school} ${type}: hub ${a[type].rows} box ${b[type].rows}\n        hub ${rows.here.join('\n            ')}\n        box ${rows.there.join('\n            ')}`)
      }
    }
  }
  console.log('\ntype                        rows at hub  at boxes  schools with equal digests')
  for (const [type, one] of Object.entries(totals)) console.log(`${type.padEnd(28)}${String(one.hub).padStart(10)}${String(one.boxes).padStart(10)}  ${one.same} of ${one.schools}`)

  const status = region.status()
  const parked = status.reduce((sum, one) => sum + one.parked, 0)
  say(`set aside: ${parked} (the poisoned lesson: 1); its box went on: ${status.find((one) => one.name === victim.school).waiting_up === 0}`)
  if (parked !== 1) {
    bad++
    for (const [place, folder] of [['the hub', region.hub.folder], ...region.boxes.map((box) => [`the box of ${box.school}`, box.server.folder])])
      for (const one of set_aside(folder)) say(`set aside at ${place}: ${one}`)
  }
  if (contest) {
    const texts = [region.hub.folder, late.server.folder].map((folder) => {
      const db = new DatabaseSync(join(folder, 'santong.db'), { readOnly: true })
      try { return db.prepare('SELECT homework FROM lesson_plan WHERE id = ?').get(contest.id)?.homework ?? '' } finally { db.close() }
    })
    const stands = contest.at === 'hub' && texts.every((text) => text.includes(contest.marker))
    say(`the clock of 2040 ${stands ? 'won nothing' : `HAS WON: ${contest.marker} ${texts.map((text) => text.slice(-200))}`}`)
    if (!stands) bad++
  }
  const memory = region.boxes.map((box) => box.server.memory())
  say(`memory: hub ${region.hub.memory().toFixed(0)} MB, boxes ${Math.min(...memory).toFixed(0)} to ${Math.max(...memory).toFixed(0)} MB`)
  say(`lost ${lost}, doubled ${doubled}, differing tables ${differ}`)
  bad += lost + doubled + differ
} finally {
  await region.end()
}
console.log(`L2 value ${bad}`)
process.exit(bad === 0 ? 0 : 1)
