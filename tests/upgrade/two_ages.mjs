// A hub and a box of different age keep talking, and an upgrade of either loses nothing: the present program (SANTONG) with
// an older one (SANTONG_OLD). Older hub with a newer box, then the hub is upgraded; then an older box of another school with
// the newer hub, and it is upgraded.
//   SANTONG=build/santong SANTONG_OLD=/path/to/older node tests/upgrade/two_ages.mjs
import { execFileSync } from 'node:child_process'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { check, pause } from '../support/check.mjs'
import { program, scratch, Server } from '../support/program.mjs'
import { Client } from './client.mjs'

if (!process.env.SANTONG_OLD) throw new Error('SANTONG_OLD names the older program')
const old = resolve(process.env.SANTONG_OLD)
const { folder, remove } = scratch('two-ages')
const at = (name) => join(folder, name)
const run = (which, ...words) => execFileSync(which, words, { encoding: 'utf8' })
const ask = (data, text, ...values) => {
  const db = new DatabaseSync(join(data, 'santong.db'), { readOnly: true })
  try { return db.prepare(text).get(...values) } finally { db.close() }
}
async function until(what, ready, seconds = 240) {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await pause(500)) {
    const found = await ready()
    if (found) return found
  }
  throw new Error(`${what} does not happen`)
}
const serve = (which, data, options = []) => {
  const server = new Server(data, options)
  server.program = which
  return server
}
const accounts = () => run(old, 'demo', '--accounts', '--data', at('hub')).trim().split('\n').map((line) => line.split(','))
async function signIn(server, [, login, password]) {
  const client = new Client(server.origin)
  await client.signIn(login, password)
  return client
}
const writes = async (client, title) => (await client.call('POST', '/lesson-plans', { title, subject: '13', grade: 1, lesson_ids: [] })).plan.id
const hasPlan = (data, id) => ask(data, 'SELECT title FROM lesson_plan WHERE id = ?', id)

async function joined(which, hub, school, data) {
  const code = run(hub.program, 'node', 'invite', school, '--data', at('hub')).trim().split('\n').at(-1)
  run(which, 'join', code, '--parent', hub.origin, '--data', data)
  const box = await serve(which, data, ['--role', 'school']).start()
  await until('the first snapshot', () => ask(data, "SELECT 1 FROM installation WHERE name = 'node_down_cursor' AND value LIKE 't:%'"))
  return box
}

/** Each writes; each has what the other wrote; nothing is set aside for good. */
async function oneWorld(hub, box, boxData, teacher, round) {
  const below = await until('sign-in at the box', () => signIn(box, teacher).catch(() => null))
  const above = await signIn(hub, teacher)
  const made = { box: await writes(below, `箱里写的 ${round}`), hub: await writes(above, `在家写的 ${round}`) }
  await until(`the box's plan at the hub, ${round}`, () => hasPlan(at('hub'), made.box))
  await until(`the hub's plan at the box, ${round}`, () => hasPlan(boxData, made.hub))
  return made
}
const setAside = (data) => ask(data, 'SELECT COUNT(*) AS n FROM sync_parked').n

try {
  run(old, 'demo', '--data', at('hub'))
  const everybody = accounts()
  const teacher = everybody.find(([role]) => role === 'teacher')
  let hub = await serve(old, at('hub')).start()
  const schoolOf = async (who) => (await (await signIn(hub, who)).call('GET', '/session')).roles.find((one) => one.role === who[0])?.org_id
  const school = await schoolOf(teacher)

  let box = await joined(program, hub, school, at('box'))
  const first = await oneWorld(hub, box, at('box'), teacher, 'older hub')
  console.log(`older hub, newer box: set aside ${setAside(at('hub'))} above, ${setAside(at('box'))} below`)
  await hub.stop()
  const meanwhile = await writes(await signIn(box, teacher), '升级时写的')
  const port = [hub.port, hub.packagePort]
  hub = serve(program, at('hub'))
  ;[hub.port, hub.packagePort] = port
  await hub.start()
  await until('what was written meanwhile', () => hasPlan(at('hub'), meanwhile))
  await oneWorld(hub, box, at('box'), teacher, 'upgraded hub')
  for (const id of Object.values(first)) check(hasPlan(at('hub'), id) && hasPlan(at('box'), id), 'nothing of before is lost')
  await until('nothing is set aside after the upgrade', () => setAside(at('hub')) + setAside(at('box')) === 0, 90)
  await box.stop()

  const other = ask(at('hub'), 'SELECT CAST(school_id AS TEXT) AS id FROM enrolment WHERE school_id <> ? GROUP BY school_id ORDER BY COUNT(*) LIMIT 1', school).id
  const pupilOld = await joined(old, hub, other, at('old-box'))
  check(ask(at('old-box'), 'SELECT COUNT(*) AS n FROM person').n > 0, 'people at the older box')
  console.log(`newer hub, older box: set aside ${setAside(at('old-box'))} below, as it does not know them yet`)
  await pupilOld.stop()
  const upgraded = await serve(program, at('old-box'), ['--role', 'school']).start()
  await until('what was set aside stands', () => setAside(at('old-box')) === 0, 120)
  await until('the reviews have come', () => ask(at('old-box'), 'SELECT COUNT(*) AS n FROM workflow_path').n === ask(at('hub'), 'SELECT COUNT(*) AS n FROM workflow_path').n, 120)
  await upgraded.stop()
  await hub.stop()
  console.log('two ages: passed')
} finally {
  remove()
}
