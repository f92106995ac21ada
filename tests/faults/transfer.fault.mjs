// Files on their way to a village school's box, while the box is killed again and again.
import { createHash, randomBytes } from 'node:crypto'
import { join } from 'node:path'
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
const digest = (bytes) => createHash('sha256').update(bytes).digest('hex')

export default {
  async '60 MB of files come whole to a box that is killed again and again, and little of them comes twice'({ node, folder, top, accounts }) {
    const hub = await node().start()
    const teacher = await hub.signIn(accounts.teacher)
    const school = (await good(await teacher.get('/api/v1/session'), 'session')).roles.find((one) => one.role === 'teacher').org_id
    const code = command('node', 'invite', school, '--data', folder).out.trim().split('\n').at(-1)
    const place = join(top, 'box')
    check(command('join', code, '--parent', hub.origin, '--data', place).code === 0, 'joined')
    const size = 5_000_000, files = []
    for (let i = 0; i < 12; i++) {
      const bytes = Buffer.concat([Buffer.from('%PDF-1.4\n'), randomBytes(size - 15), Buffer.from('%%EOF\n')])
      const begun = await teacher.begin(`film${i}.pdf`, bytes.length)
      check(begun.status === 201, `begin: ${begun.status} ${begun.code}`)
      const sent = await teacher.piece(begun.path, 0, bytes)
      check(sent.file, `sent: ${sent.status} ${sent.code}`)
      const about = { title: `录像 ${i}`, subject: '14', grade_from: 5, grade_to: 5, licence: 'cc_by', source: 'own_work', attribution: '我' }
      const made = await good(await teacher.post('/api/v1/resources', { file_id: sent.file, about }), 'a draft')
      files.push({ id: made.item.id, sha256: digest(bytes) })
    }
    const box = await node(place).start()
    const there = await until('sign-in at the box', () => box.signIn(accounts.teacher).catch(() => undefined), 240)
    let client = there
    await until('the drafts at the box', async () => (await client.get(`/api/v1/resources/${files.at(-1).id}`)).status === 200)
    const ask = async () => { for (const one of files) await client.get(`/api/v1/resources/${one.id}/open`) }
    for (let kill = 0; kill < 8; kill++) {
      await ask()
      await pause(100 + 60 * kill)
      await box.crash()
      client = await until('sign-in again', () => box.signIn(accounts.teacher).catch(() => undefined))
    }
    const got = new Set()
    await until('every file at the box', async () => {
      await ask()
      for (const one of files.filter((each) => !got.has(each.id))) {
        const open = await client.get(`/api/v1/resources/${one.id}/open`)
        if (open.status !== 200) continue
        const answer = await client.get((await open.json()).url)
        if (answer.status !== 200) continue
        check(digest(Buffer.from(await answer.arrayBuffer())) === one.sha256, 'the very file')
        got.add(one.id)
      }
      return got.size === files.length
    }, 120, 500)
    const lines = hub.log().split('\n').filter((line) => line.includes('/api/v1/node/chunks')).map((line) => JSON.parse(line))
    const sent = lines.reduce((sum, line) => sum + line.bytes_out, 0)
    // What lay in the two sockets when the box died is lost; nothing that it had kept comes again.
    check(sent < files.length * size + 8 * 9_000_000, `${sent} bytes for ${files.length * size}`)
  },
}
