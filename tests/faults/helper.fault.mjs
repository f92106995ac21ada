// The program for classroom computers against the real server: enrolled by a code, opened by a tap, killed while it reports.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { ClassroomComputer } from '../support/classroom_computer.mjs'
import { check, pause } from './node.mjs'

const band = 300_000

async function until(what, ready, tries = 150) {
  for (let i = 0; i < tries; i++) {
    const found = await ready()
    if (found) return found
    await pause(100)
  }
  throw new Error(`${what} does not happen`)
}
const good = async (answer, what) => {
  const text = await answer.text()
  check(answer.status < 300, `${what}: ${answer.status} ${text}`)
  return text ? JSON.parse(text) : {}
}

/** Enrols a computer for a room as a technician would: the code on its screen, typed into the page. */
async function enrolled(server, place, technician, school, room) {
  const computer = new ClassroomComputer(place)
  const child = computer.start('enrol', '--server', server.origin)
  const code = await until('a code', () => /Code: (\d{6})/.exec(child.said)?.[1])
  const row = await good(await technician.post('/api/v1/room-computers', { code, school_id: school, room }), 'approval')
  check((await child.ended) === 0, `enrolled: ${child.said}`)
  check((statSync(join(computer.data, 'pairing.json')).mode & 0o077) === 0, 'the token is for this user only')
  return Object.assign(computer, { id: row.id })
}

/** A line of the journal with its checksum (FNV-1a). */
function line(text) {
  let sum = 14695981039346656037n
  for (const byte of Buffer.from(text)) sum = ((sum ^ BigInt(byte)) * 1099511628211n) & 0xffffffffffffffffn
  return `\n${text} ~${sum.toString(16)}\n`
}

/** Sockets of a process on which it listens. */
function listening(pid) {
  const own = readdirSync(`/proc/${pid}/fd`).map((fd) => { try { return readlinkSync(`/proc/${pid}/fd/${fd}`) } catch { return '' } })
  const inodes = own.map((one) => /^socket:\[(\d+)\]$/.exec(one)?.[1]).filter(Boolean)
  return ['tcp', 'tcp6'].flatMap((kind) => readFileSync(`/proc/${pid}/net/${kind}`, 'utf8').split('\n').slice(1).map((row) => row.trim().split(/\s+/)))
    .filter((row) => row[3] === '0A' && inodes.includes(row[9]))
}

/** The teacher's running lesson, with an original that a classroom computer opens. */
async function lessonWith(teacher, name, bytes) {
  const upload = await teacher.begin(name, bytes.length)
  const sent = await teacher.piece(upload.path, 0, bytes)
  const view = await good(await teacher.post('/api/v1/class-sessions', {}), 'lesson')
  const about = { title: name, subject: view.lesson.subject, grade_from: view.lesson.grade, grade_to: view.lesson.grade, licence: 'region_teaching', source: 'own_work' }
  const made = await good(await teacher.post('/api/v1/resources', { file_id: sent.file, url: '', about }), 'resource')
  return { view, resource: made.item.id }
}

async function scene({ node, accounts, folder }) {
  const server = await node().start()
  const teacher = await server.signIn(accounts.teacher)
  const technician = await server.signIn(accounts.technician)
  const bytes = Buffer.from('平行四边形的面积：底乘高\n'.repeat(2000))
  const { view, resource } = await lessonWith(teacher, '第3课 面积.txt', bytes)
  const place = join(folder, 'classroom')
  mkdirSync(place)
  const computer = await enrolled(server, place, technician, view.session.school_id, view.session.room)
  return { server, teacher, computer, view, resource, bytes }
}

export default {
  async 'a tap opens the original in its own program; nothing else is opened, nobody is listened to, a revoked computer stops'(world) {
    const { server, teacher, computer, view, resource, bytes } = await scene(world)
    const running = computer.start('run')
    const at = `/api/v1/class-sessions/${view.session.id}/originals`
    const offer = await good(await teacher.request('PUT', at, {}), 'offer')
    check(offer.has_computer && !offer.silent, `the room has its computer: ${JSON.stringify(offer)}`)
    const order = await good(await teacher.post(at, { resource_id: resource }), 'order')
    await until('the file', async () => (await good(await teacher.get(`${at}/${order.id}`), 'order')).outcome === 'opened')
    const [file] = computer.files()
    check(file.endsWith('/第3课 面积.txt') && file.startsWith(computer.data), `opened ${file}`)
    check(createHash('sha256').update(readFileSync(file)).digest('hex') === createHash('sha256').update(bytes).digest('hex'), 'it is the very file')
    check(computer.files().length === 1, 'once')
    check(listening(running.pid).length === 0, 'it listens to nobody')

    // a page from elsewhere, with the teacher's cookie or without, gets nothing from the routes of the computer
    const strange = { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' }
    for (const [method, path, body] of [['POST', 'contact', {}], ['POST', 'use', { bands: [] }], ['GET', `originals/${resource}`, undefined], ['POST', `orders/${order.id}`, { outcome: 'opened' }]]) {
      const answer = await teacher.request(method, `/api/v1/room-computer/${path}`, body, strange)
      check(answer.status === 401 || answer.status === 403, `${path} answers ${answer.status}`)
      check(!answer.headers.get('access-control-allow-origin'), `${path} lets no other page read`)
    }
    const before = await fetch(`${server.origin}/api/v1/room-computer/contact`, { method: 'OPTIONS', headers: { ...strange, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' } })
    check(!before.headers.get('access-control-allow-origin'), 'no page from elsewhere may send a token')

    // cut off, the lesson's file still opens; another number does not
    await server.halt()
    const number = /(\d+)\. 第3课 面积\.txt \(here\)/.exec((await computer.says('open')).text)?.[1]
    check(number, 'the file is listed')
    const cut = await computer.says('open', number)
    check(cut.code === 0 && computer.files().length === 2, `without a line: ${cut.text}`)
    check((await computer.says('open', '99')).code === 1, 'no other')
    await server.start()
    const status = await computer.says('status')
    check(status.text.includes(view.session.room) && !status.text.includes('机密'), `status: ${status.text}`)

    const again = await server.signIn(world.accounts.technician)
    await good(await again.request('DELETE', `/api/v1/room-computers/${computer.id}`), 'revoked')
    check((await running.ended) === 3, `a revoked computer ends: ${running.said}`)
    check(!existsSync(join(computer.data, 'pairing.json')), 'its token is gone')
    check(!computer.journal().includes('机密'), 'no title is written down')
  },

  async 'killed again and again while it reports, with the server killed too: every band arrives, and none twice'(world) {
    const { server, computer } = await scene(world)
    const now = (await good(await (await server.signIn(world.accounts.teacher)).get('/api/v1/class-sessions/current'), 'now')).now
    const first = now - (now % band) - 600 * band
    const bands = Array.from({ length: 600 }, (_, i) => first + i * band)
    writeFileSync(join(computer.data, 'use.log'), bands.map((start) => line(`band ${start} slides=3 browser=2`)).join(''))
    for (let round = 0; round < 12; round++) {
      const running = computer.start('run')
      await pause(60 + (round * 53) % 200)
      if (round % 4 === 3) await server.halt()
      running.kill('SIGKILL')
      await running.ended
      if (round % 4 === 3) await server.start()
    }
    const last = computer.start('run')
    const waiting = () => {
      const text = computer.journal() // what was sent long ago is not kept
      return bands.filter((start) => text.includes(`band ${start} `) && !text.includes(`sent ${start} `)).length
    }
    await until('the last band', () => waiting() === 0, 900)
    last.kill('SIGKILL')
    await last.ended
    await server.end('SIGTERM')
    const kept = new DatabaseSync(join(world.folder, 'santong.db'), { readOnly: true })
    const rows = kept.prepare('SELECT band_at, kind, minutes FROM room_computer_use WHERE computer_id = ? AND band_at >= ? AND band_at < ?').all(computer.id, first, first + 600 * band)
    check(rows.length === 1200, `${rows.length} rows of 1200`)
    check(rows.reduce((sum, row) => sum + row.minutes, 0) === 3000, 'minutes as they were')
    check(new Set(rows.map((row) => `${row.band_at} ${row.kind}`)).size === 1200, 'none twice')
  },
}
