// The box of a village school beside its district's hub: two real programs, a line that is cut, power that fails.
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { check, command, pause } from './node.mjs'

async function until(what, ready, seconds = 90, every = 200) {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; ) {
    const found = await ready()
    if (found) return found
    await pause(every)
  }
  throw new Error(`${what} does not happen`)
}
const good = async (answer, what) => {
  const text = await answer.text()
  check(answer.status < 300, `${what}: ${answer.status} ${text}`)
  return text ? JSON.parse(text) : {}
}
const status = (folder) => {
  const said = command('node', 'status', '--data', folder, '--json')
  check(said.code === 0, said.err)
  return JSON.parse(said.out).filter((one) => one.version !== 'demo')
}

/** A hub and the box of its teacher's school, joined and up to date. */
async function scene({ node, folder, top, accounts }) {
  const hub = await node().start()
  const teacher = await hub.signIn(accounts.teacher)
  const me = await good(await teacher.get('/api/v1/session'), 'session')
  const school = me.roles.find((one) => one.role === 'teacher')?.org_id
  check(school, `the teacher's school: ${JSON.stringify(me).slice(0, 400)}`)
  const invited = command('node', 'invite', school, '--data', folder)
  check(invited.code === 0, invited.err)
  const code = invited.out.trim().split('\n').at(-1)
  const place = join(top, 'box')
  const joined = command('join', code, '--parent', hub.origin, '--data', place)
  check(joined.code === 0, joined.err)
  check(command('join', code, '--parent', hub.origin, '--data', join(top, 'second')).code === 2, 'a code is good once')
  const box = await node(place, ['--retry-seconds', '2']).start()
  await until('the first sync', () => {
    const db = new DatabaseSync(join(folder, 'santong.db'), { readOnly: true })
    try { return db.prepare("SELECT 1 FROM node WHERE down_cursor LIKE 't:%' AND last_contact_at IS NOT NULL").get() } finally { db.close() }
  }, 240)
  await until('nothing left to send', () => { const [one] = status(folder); return one.last_contact && one.waiting_down === 0 && one.lag >= 0 }, 60, 400)
  return { hub, box, place, school, teacher }
}

/** The smallest picture there is, followed by as much as makes three blocks. */
function picture() {
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
  return Buffer.concat([png, randomBytes(600_000)])
}

/** The teacher sets homework for the class of a lesson and photographs one pupil's work. */
async function handIn(teacher, lesson) {
  const content = { title: '箱里的作业', text: '画图', form: 'paper', written: true, due_on: lesson.date, minutes: 10, attachments: [], class_ids: [lesson.class_id] }
  const set = await good(await teacher.post('/api/v1/homework', { subject: lesson.subject, content }), 'homework at the box')
  const homework = set.homework.id
  const path = `/api/v1/homework/${homework}/classes/${lesson.class_id}`
  const board = await good(await teacher.get(path), 'its class')
  const pupil = board.rows[0].pupil_id
  const bytes = picture()
  const begun = await teacher.begin('作业.png', bytes.length)
  const { file } = await teacher.piece(begun.path, 0, bytes)
  check(file, 'a photograph')
  await good(await teacher.post(`${path}/photos`, { works: [{ pupil_id: pupil, files: [file] }] }), 'its pupil')
  return { homework, pupil, file, bytes }
}

export default {
  async 'a box joins with a code and teaches while the hub is away; the hub learns of it; disabled or shut out, nothing opens'(world) {
    const { hub, box, school } = await scene(world)
    const { accounts, folder } = world
    await until('sign-in at the box', () => box.signIn(accounts.teacher).catch(() => undefined))
    await hub.halt()
    const teacher = await box.signIn(accounts.teacher)
    const view = await good(await teacher.post('/api/v1/class-sessions', {}), 'a lesson at the box')
    check(view.session.school_id === school, 'in his own school')
    const handed = await handIn(teacher, view.session)
    await box.crash()
    await hub.start()
    const above = await hub.signIn(accounts.teacher)
    // it still runs, and at the hub one knows as soon as the line is back
    await until('the lesson that runs, known at the hub', async () => {
      const answer = await above.get('/api/v1/class-sessions/current')
      return answer.status === 200 && (await answer.json()).elsewhere
    })
    const goes = await box.signIn(accounts.teacher)
    const shown = await good(await goes.get('/api/v1/class-sessions/current'), 'the class view at the box')
    check(shown.running?.session.id === view.session.id && !shown.elsewhere, `it goes on at the box: ${JSON.stringify(shown).slice(0, 200)}`)
    await good(await goes.post(`/api/v1/class-sessions/${view.session.id}/end`, {}), 'its end')
    await until('the lesson at the hub', () => {
      const db = new DatabaseSync(join(folder, 'santong.db'), { readOnly: true })
      try { return db.prepare("SELECT 1 FROM class_session WHERE id = ? AND ended_at IS NOT NULL").get(view.session.id) } finally { db.close() }
    })
    // a work that was handed in at the box opens at the hub, byte for byte
    const board = `/api/v1/homework/${handed.homework}/classes/${view.session.class_id}`
    const work = await until('the work at the hub', async () => {
      const answer = await above.get(board)
      const row = answer.status === 200 && (await answer.json()).rows.find((one) => one.pupil_id === handed.pupil)
      const address = row?.files && await above.get(`/api/v1/files/${handed.file}/about`)
      if (address?.status !== 200) return null
      const bytes = await above.get((await address.json()).address.url)
      return bytes.status === 200 ? Buffer.from(await bytes.arrayBuffer()) : null
    })
    check(Buffer.compare(work, handed.bytes) === 0, 'the very picture')
    // what somebody opens there comes as soon as the line stands, and is the very file
    const shelf = await good(await above.get('/api/v1/resources?q=面积&limit=20'), 'shelf')
    const slide = shelf.items.find((one) => one.media_type === 'application/pdf')
    const here = await good(await above.get(`/api/v1/resources/${slide.id}/open`), 'at the hub')
    const bytes = async (at, client) => {
      const answer = await client.get(at)
      return answer.status === 200 ? Buffer.from(await answer.arrayBuffer()) : null
    }
    const colleague = await box.signIn(accounts.teacher)
    const fetched = await until('the file at the box', async () => {
      const there = await colleague.get(`/api/v1/resources/${slide.id}/open`)
      return there.status === 200 ? bytes((await there.json()).url, colleague) : null
    })
    check(Buffer.compare(fetched, await bytes(here.url, above)) === 0, 'the very file')
    const [one] = status(folder)
    check(one.parked === 0, `nothing was set aside: ${JSON.stringify(one)}`)
    const office = await hub.signIn(accounts.info_office)
    const list = await good(await office.get('/api/v1/nodes'), 'the list of boxes')
    const real = list.items.filter((item) => item.version !== 'demo')
    check(real.length === 1 && real[0].org_id === school, JSON.stringify(list))
    check((await above.get('/api/v1/nodes')).status === 403, 'a teacher does not see it')

    // disabled above, an account opens nothing at the box within seconds; a box that is shut out is told nothing
    const sysadmin = await hub.signIn(accounts.sysadmin)
    const found = await good(await sysadmin.get(`/api/v1/accounts?q=${accounts.teacher.login}`), 'accounts')
    await good(await sysadmin.post(`/api/v1/accounts/${found.items[0].id}/disable`, {}), 'disabled')
    await until('the box refuses him', () => box.signIn(accounts.teacher).then(() => false, () => true), 15)
    await good(await office.post(`/api/v1/nodes/${one.id}/revoke`, {}), 'shut out')
    await until('the box is refused', () => /nodes\.revoked/.test(box.log()), 40)
    const forged = await fetch(`${hub.origin}/api/v1/node/pull`, { method: 'POST', headers: { 'santong-node': one.id, 'santong-district': '430971', 'santong-ticket': 'x', 'santong-signature': 'AAAA' }, body: 'x' })
    check(forged.status === 401 || forged.status === 403, `forged: ${forged.status}`)
  },
}
