// ./run --with-boxes N: the demo's hub, N boxes of its village schools, a shaped line to each, and a page that pulls their
// cables. Everything that was started here ends here; a second start goes on where the first one stood.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const villages = ['渔场小学', '北洲子镇宏发小学', '北洲子镇永兴小学', '南湾湖学校', '金盆镇大东口小学', '金盆镇增福小学', '千山红镇种福小学', '千山红镇大西港小学', '河坝镇沙堡洲小学', '河坝镇铭新小学']
const words = Object.fromEntries(process.argv.slice(2).map((word) => word.split(/=(.*)/s).slice(0, 2)))
const { program, data, port: first } = { program: 'build/santong', data: './data', port: '8080', ...words }
const port = Number(first)
const database = words.database ? ['--database', words.database] : []
const schools = villages.slice(0, Number(words.boxes ?? 3))
const home = `${data}-boxes`
const hub = `http://127.0.0.1:${port}`
const pause = (ms) => new Promise((done) => setTimeout(done, ms))
const say = (text) => console.log(text)

/** Everything that runs; ended in turn, the newest first. */
const running = []
let ending = false

function start(name, command, options) {
  const log = openSync(join(home, `${name}.log`), 'a')
  // A child that outlives us would keep its port: the kernel ends it with us, whatever happens to us.
  const tied = spawnSync('setpriv', ['--version']).status === 0 ? ['setpriv', '--pdeathsig', 'TERM', ...command] : command
  const child = spawn(tied[0], tied.slice(1), { stdio: ['pipe', log, log], detached: true, ...options })
  child.ended = new Promise((done) => child.once('exit', done))
  child.once('exit', (code) => { if (!ending) end(`${name} ended (${code}): see ${join(home, `${name}.log`)}`, 1) })
  running.push(child)
  return child
}

async function end(why, code = 0) {
  if (ending) return
  ending = true
  say(`\n${why}`)
  for (const child of running.reverse()) {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
    await Promise.race([child.ended, pause(10_000).then(() => child.kill('SIGKILL'))])
  }
  process.exit(code)
}

/** A subcommand to its end; what it printed. */
function command(...args) {
  const done = spawnSync(program, args, { encoding: 'utf8' })
  if (done.status !== 0) throw new Error(`santong ${args[0]}: ${done.stderr}`)
  return done.stdout.trim()
}

const answers = (origin) => fetch(`${origin}/healthz`).then((one) => one.status === 200, () => false)
async function served(origin) {
  for (let tries = 0; tries < 300 && !ending; tries++) {
    if (await answers(origin)) return
    await pause(100)
  }
  if (!ending) throw new Error(`no answer at ${origin}`)
}

/** A line on a port that stays the same, because the box remembers it. */
async function openLine(box) {
  const child = start(`line-${box.number}`, ['tools/linkem', '--mode', 'either', '--to', `127.0.0.1:${port}`, '--listen', String(box.line.port), '--rate', '4000', '--loss', '1'],
    { stdio: ['pipe', 'pipe', 'inherit'] })
  const waiting = []
  await new Promise((ready) => {
    createInterface({ input: child.stdout }).on('line', (text) => {
      const [word, ...rest] = text.split(' ')
      if (word === 'done' || word === 'count') waiting.shift()?.(rest)
      else if (word === 'ready') ready()
      else if (word === 'mode') box.line.mode = rest[0]
    })
  })
  box.line.obey = (text) => new Promise((done) => { waiting.push(done); child.stdin.write(`${text}\n`) })
}

/** One of the school's people who may sign in at the box: the office hands out a slip, he chooses a password. */
async function account(school, role) {
  const table = command('demo', '--data', data, ...database, '--accounts').split('\n').map((line) => line.split(','))
  const known = (name) => table.find((row) => row[0] === name)
  const session = async (login, password) => {
    const answer = await fetch(`${hub}/api/v1/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ login, password }) })
    if (answer.status !== 200) throw new Error(`${login} cannot sign in: ${answer.status}`)
    const headers = { cookie: answer.headers.get('set-cookie').split(';')[0], 'x-csrf-token': (await answer.json()).csrf, 'content-type': 'application/json' }
    return async (method, path, body) => {
      const done = await fetch(`${hub}/api/v1${path}`, { method, headers, body: body && JSON.stringify(body) })
      if (done.status >= 300) throw new Error(`${path}: ${done.status} ${await done.text()}`)
      return done.json().catch(() => ({}))
    }
  }
  const office = await session(known('info_office')[1], known('info_office')[2])
  const org = (await office('GET', '/schools')).items.find((one) => one.name === school).id
  const [person] = (await office('GET', `/people?org=${org}&role=${role}&kind=staff&limit=1`)).items
  const detail = await office('GET', `/people/${person.id}`)
  const slip = await (await session(known('sysadmin')[1], known('sysadmin')[2]))('POST', `/accounts/${detail.account.id}/reset`)
  const password = `Datonghu-${slip.login}-2014`
  await (await session(slip.login, slip.code))('POST', '/session/password', { current: slip.code, next: password })
  return { role, name: detail.name, login: slip.login, password }
}

async function addBox(school, i) {
  const at = port + 10 * (i + 1)
  const box = { number: i + 1, school, folder: join(home, `${i + 1}`), port: at, origin: `http://127.0.0.1:${at}`, line: { port: at + 2, state: 'whole', rate: 4000 } }
  await openLine(box)
  if (!existsSync(join(box.folder, 'joined'))) {
    rmSync(box.folder, { recursive: true, force: true }) // a start that was cut off before anything stood there
    const code = command('node', 'invite', school, '--data', data, ...database).split('\n').at(-1)
    command('join', code, '--parent', `http://127.0.0.1:${box.line.port}`, '--data', box.folder)
    writeFileSync(join(box.folder, 'joined'), school)
  }
  const note = join(box.folder, 'accounts.json')
  if (!existsSync(note)) writeFileSync(note, JSON.stringify([await account(school, 'principal'), await account(school, 'teacher')]))
  box.accounts = JSON.parse(readFileSync(note, 'utf8'))
  start(`box-${box.number}`, [program, 'serve', '--role', 'school', '--data', box.folder, '--port', String(at), '--package-port', String(at + 1)])
  await served(box.origin)
  return box
}

/** What the page shows. */
async function state(boxes) {
  const nodes = JSON.parse(command('node', 'status', '--data', data, ...database, '--json'))
  return {
    hub,
    boxes: await Promise.all(boxes.map(async (box) => {
      const node = nodes.find((one) => one.name === box.school && one.state === 'active') ?? {}
      const count = box.line.state === 'whole' || box.line.mode === 'tun' ? (await box.line.obey('count')).map(Number) : []
      const { number, school, origin, accounts, line } = box
      return {
        number, school, origin, accounts, line: { state: line.state, rate: line.rate, mode: line.mode }, answers: await answers(origin),
        down: count[5] ?? 0, up: count[11] ?? 0,
        lag: node.lag, waiting_up: node.waiting_up, waiting_down: node.waiting_down, parked: node.parked,
      }
    })),
  }
}

const page = readFileSync(new URL('page.html', import.meta.url))
const commands = { cut: 'cut', unplug: 'unplugged', restore: 'whole' }

function servePage(boxes) {
  let latest = null
  const server = createServer(async (request, answer) => {
    const json = (status, value) => answer.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify(value))
    // Another site's page may not pull cables here.
    if (!/^(127\.0\.0\.1|localhost):\d+$/.test(request.headers.host ?? '')) return json(403, {})
    if (request.method === 'GET' && request.url === '/') return answer.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page)
    if (request.method === 'GET' && request.url === '/state') {
      latest ??= state(boxes).finally(() => { latest = null })
      return latest.then((now) => json(200, now), (error) => json(500, { error: String(error) }))
    }
    const [, number, deed, value] = /^\/lines\/(\d+)\/(cut|unplug|restore|rate)(?:\/(\d+))?$/.exec(request.url) ?? []
    const box = boxes.find((one) => one.number === Number(number))
    if (request.method !== 'POST' || !box || request.headers['x-lines'] !== 'yes') return json(404, {})
    if (deed === 'rate') {
      box.line.rate = Math.min(Math.max(Number(value), 64), 1_000_000)
      await box.line.obey(`rate ${box.line.rate}`)
      await box.line.obey(`up ${box.line.rate}`)
    } else {
      await box.line.obey(deed)
      box.line.state = commands[deed]
    }
    json(200, {})
  })
  return new Promise((ready) => server.listen(port + 2, '127.0.0.1', ready))
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void end('Everything is stopped; the data stay.'))
try {
  mkdirSync(home, { recursive: true })
  start('hub', [program, 'serve', '--data', data, ...database, '--port', String(port)])
  await served(hub)
  const boxes = []
  for (const [i, school] of schools.entries()) boxes.push(await addBox(school, i))
  await servePage(boxes)
  say(`\nHub     ${hub}`)
  for (const box of boxes) say(`Box ${box.number}   ${box.origin}   ${box.school}   ${box.accounts.map((one) => `${one.role} ${one.login} ${one.password}`).join('   ')}`)
  say(`Lines   http://127.0.0.1:${port + 2}   cuts and restores them, shows what waits (${boxes[0].line.mode === 'tun' ? 'real packets, 1 % lost' : 'no namespaces here: slowed and cut, nothing lost'})`)
  say(`Ctrl-C ends all of it; the data stay in ${data} and ${home}, the logs in ${home}.`)
} catch (error) {
  await end(`run: ${error.message}`, 1)
}
