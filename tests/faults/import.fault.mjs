// kill -9 while a folder is taken into the library from the command line, beside a serving node and without one.
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { check, command, pause, program } from './node.mjs'

const files = 160
const pdf = (n) => `%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n2 0 obj << /Type /Pages /Count 1 >> endobj\n3 0 obj << /Type /Page /Parent 2 0 R >> endobj\n% ${n}\ntrailer << /Root 1 0 R >>\nstartxref\n0\n%%EOF\n`
const school = '河坝镇中心小学'

/** A teacher's old folder: lessons, two of the same bytes, one of no lesson, a program, what a machine left. */
function oldFolder(top, name) {
  const folder = join(top, name)
  mkdirSync(join(folder, '数学/五年级'), { recursive: true })
  for (let n = 0; n < files; ++n) writeFileSync(join(folder, `数学/五年级/练习 ${name} ${n}.pdf`), pdf(`${name} ${n}`))
  writeFileSync(join(folder, `数学/五年级/练习 ${name} 副本.pdf`), pdf(`${name} 0`))
  writeFileSync(join(folder, `讲话 ${name}.pdf`), pdf(`${name} 讲话`))
  writeFileSync(join(folder, 'setup.exe'), 'MZ\u0001')
  writeFileSync(join(folder, 'Thumbs.db'), 'x')
  return folder
}

async function killed(args, after) {
  const child = spawn(program, args, { stdio: 'ignore' })
  const gone = new Promise((done) => child.once('exit', (_, signal) => done(signal)))
  await Promise.race([pause(after), gone])
  child.kill('SIGKILL')
  return (await gone) === 'SIGKILL'
}

async function throughKills(args, waits) {
  let kills = 0
  for (const wait of waits) kills += await killed(args, wait)
  return kills
}

export default {
  async 'a folder is whole in the library though its import is killed over and over, and a further run takes nothing twice'({ node, top, folder, accounts }) {
    const old = oldFolder(top, '断电夹')
    const login = accounts.teacher.login
    const args = ['import', 'resources', old, '--data', folder, '--school', school, '--owner', login]
    const dry = command(...args, '--dry-run')
    check(dry.code === 3 && /sure +160/.test(dry.out) && /duplicate +1/.test(dry.out) && dry.out.includes('nothing was written'), `dry run: ${dry.code} ${dry.out} ${dry.err}`)
    const kills = await throughKills(args, [900, 1200, 1500, 2000])
    check(kills > 0, 'it was killed on the way')
    const report = join(top, 'report.csv')
    const done = command(...args, '--report', report)
    check(done.code === 3, `two files wait for a word or are refused: ${done.code} ${done.out} ${done.err}`)
    check(/taken +160/.test(done.out) && /unsure +1/.test(done.out) && /refused +1/.test(done.out) && /junk +1/.test(done.out), done.out)
    const table = readFileSync(report, 'utf8')
    check(table.includes('setup.exe') && table.includes('讲话') && table.split('\n').length > files, 'the report names every file')
    const again = command(...args)
    check(again.code === 3 && /taken +160/.test(again.out), `again: ${again.code} ${again.out}`)
    const server = await node().start()
    const teacher = await server.signIn(accounts.teacher)
    const found = await (await teacher.get('/api/v1/resources?mine=true&q=断电夹&limit=1')).json()
    check(found.total === files, `${found.total} drafts of ${files} files`)
    const batches = [(await (await teacher.get('/api/v1/intakes')).json())].flatMap((body) => body.items ?? body).filter((one) => one.name === '断电夹')
    check(batches.length === 1, `${batches.length} batches of one folder`)
  },
  async 'a folder is taken in beside a serving node, and what cannot be begun is refused with a word'({ node, top, folder, accounts }) {
    const server = await node().start()
    const teacher = await server.signIn(accounts.teacher)
    const old = oldFolder(top, '同时夹')
    const args = ['import', 'resources', old, '--data', folder, '--school', school, '--owner', accounts.teacher.login]
    await throughKills(args, [1500])
    const done = command(...args)
    check(done.code === 3 && /taken +160/.test(done.out), `beside serve: ${done.code} ${done.out} ${done.err}`)
    const found = await (await teacher.get('/api/v1/resources?mine=true&q=同时夹&limit=1')).json()
    check(found.total === files, `${found.total} drafts of ${files} files`)
    const wrong = (change, words) => {
      const answer = command(...change(args))
      check(answer.code === 2 && answer.err.includes(words), `${words}: ${answer.code} ${answer.err}`)
    }
    const other = (name, value) => (list) => list.map((one, at) => (list[at - 1] === name ? value : one))
    wrong(other('--owner', 'nobody'), 'no account')
    wrong(other('--school', '没有的学校'), 'no school')
    wrong((list) => list.map((one) => (one === old ? join(top, 'nothing') : one)), 'there is no')
    wrong((list) => [...list, '--review'], 'licence')
    wrong(other('--owner', accounts.pupil.login), old)
  },
}
