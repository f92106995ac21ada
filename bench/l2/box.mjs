// The last lines are the three figures of L0 (QUALITY 1). The box has the second core to itself; whoever asks has the first.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pause } from '../../tests/support/check.mjs'
import { must, Region, until } from '../../tests/support/region.mjs'
import { Client } from '../../tests/security/client.mjs'

const words = Object.fromEntries(process.argv.slice(2).map((word) => word.split('=')))
const { rounds = 5, pupils = 60 } = Object.fromEntries(Object.entries(words).map(([name, value]) => [name, Number(value)]))
const school = '渔场学校'
const limit = 512 << 20
const median = (all) => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)]
const p99 = (all) => [...all].sort((a, b) => a - b)[Math.min(all.length - 1, Math.ceil(all.length * 0.99) - 1)]

/** A control group of 512 MB, or nothing where none can be made. */
function memoryGroup() {
  const v1 = '/sys/fs/cgroup/memory/santong-l0', v2 = '/sys/fs/cgroup/santong-l0'
  for (const [folder, file] of [[v1, 'memory.limit_in_bytes'], [v2, 'memory.max']]) {
    try {
      mkdirSync(folder, { recursive: true })
      writeFileSync(join(folder, file), String(limit))
      return { folder, enter: (pid) => writeFileSync(join(folder, 'cgroup.procs'), String(pid)), end: () => rmdirSync(folder) }
    } catch {
      if (existsSync(folder)) rmdirSync(folder)
    }
  }
  return null
}

const proportional = (pid) => Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))[1]) / 1024
const peak = (pid) => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024

/** Starts the box on the second core; milliseconds until it answers. */
async function cold(box, group) {
  const began = performance.now()
  const starting = box.server.start()
  const child = box.server.child
  if (child) {
    spawnSync('taskset', ['-a', '-p', '-c', '1', String(child.pid)])
    group?.enter(child.pid)
  }
  await starting
  return performance.now() - began
}

/** Pupils of the school with a session each. */
async function sessions(region, box, count) {
  const office = await region.session('info_office')
  const org = must(await office.get('/api/v1/schools'), 'schools').items.find((one) => one.name === school).id
  const found = must(await office.get('/api/v1/people', { org, kind: 'pupil', limit: 40 }), 'pupils').items
  const keys = []
  for (const one of found) {
    const detail = must(await office.get(`/api/v1/people/${one.id}`), 'a pupil')
    if (!detail.account) continue
    const slip = must(await (await region.session('sysadmin')).post(`/api/v1/accounts/${detail.account.id}/reset`), 'slip')
    const client = new Client(region.hub.origin)
    if ((await client.signIn(slip.login, slip.code)).status !== 200) continue
    const password = `Pupil-${slip.login}-7391`
    must(await client.post('/api/v1/session/password', { current: slip.code, next: password }), 'a password')
    keys.push({ login: slip.login, password })
    if (keys.length === 6) break
  }
  await until('the last password at the box', () => region.person(keys.at(-1), box.server.origin).catch(() => null), 60)
  const all = []
  const took = []
  for (let n = 0; n < count; n++) {
    const key = keys[n % keys.length]
    const client = new Client(box.server.origin)
    const began = performance.now()
    must(await client.signIn(key.login, key.password), 'sign in')
    took.push(performance.now() - began)
    all.push(client)
  }
  console.log(`sign-in, one after the other: median ${median(took).toFixed(0)} ms (the password's hash; kept apart)`)
  return all
}

/** What a pupil's page asks for: itself, its calls at once, then the material with its bytes. */
async function open(client, resource, times) {
  const timed = async (path) => {
    const began = performance.now()
    const answer = await client.send('GET', path, { headers: { accept: path.startsWith('/api') ? '*/*' : 'text/html' } })
    times.push(performance.now() - began)
    if (answer.status >= 400) throw new Error(`${path}: ${answer.status}`)
    return answer
  }
  const began = performance.now()
  await timed('/my-day')
  await Promise.all(['/api/v1/session', '/api/v1/pupil/today', '/api/v1/me/counts', '/api/v1/sync/status'].map(timed))
  const shown = await timed(`/api/v1/resources/${resource}/open`)
  const bytes = await timed(shown.json.url.replace(client.origin, ''))
  return { whole: performance.now() - began, bytes: bytes.bytes.length }
}

const region = await Region.open()
const group = memoryGroup()
try {
  const box = await region.add(school, { rate: 8000 }, { start: false })
  if (words.arenas) box.server.environment = { MALLOC_ARENA_MAX: words.arenas }
  await box.server.start()
  await box.settled(600)
  await pause(5000)
  await box.server.end('SIGTERM')
  if (!group) console.log('no control group of 512 MB can be made here: memory is measured, not limited')

  const starts = []
  for (let n = 0; n < rounds; n++) {
    starts.push(await cold(box, group))
    if (n < rounds - 1) await box.server.end('SIGTERM')
  }
  await pause(20_000)
  const idle = box.server.memory()
  console.log(`idle: resident ${idle.toFixed(1)} MB, of it its own share ${proportional(box.server.pid()).toFixed(1)} MB`)

  const clients = await sessions(region, box, pupils)
  const shelf = must(await clients[0].get('/api/v1/pupil/today'), 'the day')
  const given = [...shelf.resources, ...shelf.shown].map((one) => one.resource)
  const teacher = await region.person(await until('a teacher', () => region.account(school, 'teacher'), 10))
  const items = must(await teacher.get('/api/v1/resources', { q: '面积', limit: 50 }), 'shelf').items
  let resource = null
  let largest = 0
  for (const one of [...given, ...items].slice(0, 30)) {
    const answer = await clients[0].get(`/api/v1/resources/${one.id}/open`)
    if (answer.status !== 200) continue
    const size = (await clients[0].get(answer.json.url.replace(clients[0].origin, ''))).bytes.length
    if (size > largest) [resource, largest] = [one.id, size]
  }
  if (!resource) throw new Error('a pupil can open nothing here')

  const whole = [], single = [], worst = []
  let bytes = 0
  for (let n = 0; n < rounds; n++) {
    const times = []
    const openings = await Promise.all(clients.map(async (client, i) => {
      await pause((i * 5000) / clients.length)
      return open(client, resource, times)
    }))
    whole.push(p99(openings.map((one) => one.whole)))
    single.push(p99(times))
    worst.push(Math.max(...times))
    bytes = openings[0].bytes
    await pause(1000)
  }
  console.log(`${pupils} pupils within 5 s, ${rounds} rounds, material of ${(bytes / 1024).toFixed(0)} KB: p99 of a request ${median(single).toFixed(0)} ms, worst ${Math.max(...worst).toFixed(0)} ms; p99 of a whole opening ${median(whole).toFixed(0)} ms`)
  // all at the same moment, which is harder than what is asked
  const times = []
  const at_once = await Promise.all(clients.map((client) => open(client, resource, times)))
  console.log(`all ${pupils} in one moment: p99 of a request ${p99(times).toFixed(0)} ms, of a whole opening ${p99(at_once.map((one) => one.whole)).toFixed(0)} ms`)
  const after = box.server.memory()
  await pause(40_000)
  const rested = box.server.memory()
  console.log(`memory after it ${after.toFixed(1)} MB, 40 s later ${rested.toFixed(1)} MB, at most ${peak(box.server.pid()).toFixed(1)} MB`)
  console.log(`L0 idle value ${idle.toFixed(1)}`)
  console.log(`L0 rested value ${rested.toFixed(1)}`)
  console.log(`L0 start value ${(median(starts) / 1000).toFixed(2)}`)
  console.log(`L0 value ${median(whole).toFixed(0)}`)
} finally {
  await region.end()
  group?.end()
}
