// A data folder that an earlier state of the program has made is opened by the present one. Folders: tests/upgrade/*.tar.*,
// each with what must be found in it; tools/make_upgrade_folder makes another one.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { Client, figures } from '../upgrade/client.mjs'
import { check, command } from './node.mjs'

const home = new URL('../upgrade/', import.meta.url)
const packed = readdirSync(home).filter((name) => /\.tar\.(gz|br)$/.test(name))
const states = packed.map((name) => name.replace(/\.tar\.\w+$/, ''))

function unpacked(state, top) {
  const folder = `${top}/${state}`
  mkdirSync(folder)
  const name = packed.find((one) => one.startsWith(`${state}.tar`))
  const bytes = readFileSync(new URL(name, home))
  execFileSync('tar', ['-C', folder, '-x'], { input: name.endsWith('.br') ? brotliDecompressSync(bytes) : gunzipSync(bytes) })
  return { folder, facts: JSON.parse(readFileSync(new URL(`${state}.json`, home), 'utf8')) }
}

/** Everything that a school had done in its term, and the figures that it had read then. */
async function termStands(server, facts) {
  const teacher = new Client(server.origin)
  await teacher.signIn(facts.login, facts.password)
  const { item } = await teacher.call('GET', `/resources/${facts.resource}`)
  check(item.state === 'published' && item.title === facts.title, `the resource: ${JSON.stringify(item)}`)
  const { address } = await teacher.call('GET', `/files/${facts.file}/about`)
  const bytes = Buffer.from(await (await fetch(new URL(address.url, server.origin), { headers: teacher.headers })).arrayBuffer())
  check(createHash('sha256').update(bytes).digest('hex') === facts.sha256, `its file, ${bytes.length} bytes`)
  const { plan } = await teacher.call('GET', `/lesson-plans/${facts.plan}`)
  check(JSON.stringify(plan.content.sections).includes(facts.resource), 'the plan names the resource')
  const { rows } = await teacher.call('GET', `/my/records?week=${facts.week}`)
  const record = rows.find((row) => row.record?.session.id === facts.session)
  check(record?.mark === 'used' && record.record.resources[0].title === facts.title, `the lesson that was taught: ${JSON.stringify(record)}`)
  const board = await teacher.call('GET', `/homework/${facts.homework}/classes/${facts.class}`)
  check(board.rows.filter((row) => row.round > 0).length === 1, `homework of one pupil is in: ${JSON.stringify(board.rows[0])}`)
  const principal = new Client(server.origin)
  await principal.signIn(facts.principal, facts.password)
  const changes = await principal.call('GET', `/substitutions?school_id=${facts.school}&from=${facts.date}&to=${facts.date}`)
  check(JSON.stringify(changes).includes(facts.substitution), `the substitution: ${JSON.stringify(changes)}`)
  const report = await principal.call('GET', `/school-reports/${facts.school}/${facts.month}`)
  check(['signed_off', 'arrived'].includes(report.state) && report.content_hash === facts.report.hash, `October's report: ${report.state}`)
  for (const [name, value] of Object.entries(facts.report)) check(name === 'hash' || report.content[name] === value, `${name} was ${value}, is ${report.content[name]}`)
  const numbers = await figures(principal, facts.school, facts.week)
  check(JSON.stringify(numbers) === JSON.stringify(facts.numbers), `figures were ${JSON.stringify(facts.numbers)}, are ${JSON.stringify(numbers)}`)
}

/** Signed in, the plan read and another one written; then doctor and the audit chain. */
async function opened(server, folder, facts, options = []) {
  const teacher = new Client(server.origin)
  await teacher.signIn(facts.login, facts.password)
  const { plan } = await teacher.call('GET', `/lesson-plans/${facts.plan}`)
  check(plan.content.title === facts.title, `the plan is read: ${plan.content.title}`)
  if (facts.resource) await termStands(server, facts)
  await teacher.call('POST', '/lesson-plans', { title: '新的', subject: '13', grade: 1, lesson_ids: [] })
  const ports = ['--port', String(server.port), '--package-port', String(server.packagePort)]
  const doctor = command('doctor', '--deep', '--data', folder, ...ports, ...options)
  check(doctor.code === 0, doctor.out + doctor.err)
  const audit = command('audit', 'verify', '--data', folder, ...options)
  check(audit.code === 0 && audit.out.includes('unbroken'), audit.out)
}

export default {
  async 'the data folder of an earlier state is opened, read and written'({ node, top }) {
    check(states.length > 0, 'there are folders')
    for (const state of states) {
      const { folder, facts } = unpacked(state, top)
      await opened(await node(folder).start(), folder, facts)
    }
  },

  async 'the data folder of an earlier state moves to PostgreSQL by a backup'({ node, top }) {
    const server = process.env.SANTONG_TEST_DATABASE
    check(server, 'SANTONG_TEST_DATABASE names a PostgreSQL server')
    const sql = (text) => execFileSync('psql', [server, '-qc', text])
    for (const state of states) {
      const { folder, facts } = unpacked(state, top)
      const name = `santong_upgrade_${process.pid}_${states.indexOf(state)}`
      const url = server.replace(/\/[^/?]*(\?|$)/, `/${name}$1`)
      sql(`CREATE DATABASE ${name}`)
      try {
        // Migrated where it lies first: a backup is made of a whole schema.
        check(command('migrate', '--data', folder).code === 0, 'the schema is brought up to date')
        check(command('backup', `${top}/${state}.bak`, '--data', folder).code === 0, 'a backup is made')
        const restored = command('restore', `${top}/${state}.bak`, '--data', `${top}/moved-${state}`, '--database', url)
        check(restored.code === 0, restored.err)
        const options = ['--database', url]
        const moved = node(`${top}/moved-${state}`)
        moved.options = options
        await moved.start()
        await opened(moved, `${top}/moved-${state}`, facts, options)
        await moved.halt()
      } finally {
        sql(`DROP DATABASE ${name} WITH (FORCE)`)
      }
    }
  },
}
