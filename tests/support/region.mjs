// A district's hub and boxes of its schools, each on a shaped line of its own: real programs on folders of their own.
import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Client } from '../security/client.mjs'
import { check, pause } from './check.mjs'
import { Line } from './line.mjs'
import { accountsOf, demoFolder, program, scratch, Server } from './program.mjs'

/** Waits until `ready` answers something. */
export async function until(what, ready, seconds = 90, every = 200) {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; ) {
    const found = await ready()
    if (found) return found
    await pause(every)
  }
  throw new Error(`${what} does not happen in ${seconds} s`)
}

/** The answer of a request that must be a good one. */
export function must(answer, what) {
  if (answer.status < 200 || answer.status >= 300) throw new Error(`${what}: ${answer.status} ${answer.text.slice(0, 300)}`)
  return answer.json
}

/** A school's box behind its line. */
export class Box {
  constructor(region, school, folder) {
    Object.assign(this, { region, school, place: scratch('box') })
    // Who cuts its line and mends it again does not want to wait until it believes that.
    this.server = new Server(folder ?? join(this.place.folder, 'data'), ['--role', 'school', '--retry-seconds', '2'])
  }

  /** Joins with a code as a technician types it at the machine. */
  async join(code, line = {}, { start = true } = {}) {
    this.line = await Line.open(this.region.hub.origin, line)
    execFileSync(program, ['join', code, '--parent', this.line.address, '--data', this.server.folder], { stdio: 'pipe' })
    if (start) await this.server.start()
  }

  status = () => this.region.status().find((one) => one.name === this.school && one.state === 'active')
  /** Everything has come down and gone up. */
  settled(seconds = 240) {
    const still = () => {
      const one = this.status()
      return one?.last_contact && one.waiting_down === 0 && one.waiting_up === 0 && one.lag <= 15
    }
    return until(`${this.school} is up to date`, still, seconds, 400)
  }

  async end() {
    await this.server.stop('SIGKILL')
    await this.line?.end()
    this.place.remove()
  }
}

export class Region {
  constructor() {
    this.boxes = []
  }

  /** The demo district as the hub of nobody yet. */
  static async open(options = []) {
    const region = new Region()
    region.hub = new Server(demoFolder(), options)
    region.hub.accounts = accountsOf(region.hub.folder)
    await region.hub.start()
    return region
  }

  invite(school) {
    const said = execFileSync(program, ['node', 'invite', school, '--data', this.hub.folder], { encoding: 'utf8', stdio: 'pipe' })
    return said.trim().split('\n').at(-1)
  }
  status = () => JSON.parse(execFileSync(program, ['node', 'status', '--data', this.hub.folder, '--json'], { encoding: 'utf8' }))

  async add(school, line, how) {
    const box = new Box(this, school)
    this.boxes.push(box)
    await box.join(this.invite(school), line, how)
    return box
  }

  /** Somebody with a session at a place: a role of the demo, or {login, password}. */
  async person(who, origin = this.hub.origin) {
    const known = typeof who === 'string' ? this.hub.accounts[who] : who
    const one = new Client(origin, known.login)
    must(await one.signIn(known.login, known.password), `${known.login} signs in`)
    return one
  }

  /** The same, with one session for all who ask. */
  session(role) {
    this.sessions ??= {}
    this.sessions[role] ??= this.person(role)
    return this.sessions[role]
  }

  /** Rows of the hub's database. */
  rows(text, ...values) {
    const db = new DatabaseSync(join(this.hub.folder, 'santong.db'), { readOnly: true })
    try {
      return db.prepare(text).all(...values)
    } finally {
      db.close()
    }
  }

  /** {login, password, person, …} of somebody who has this role at a school (or of `person`): the office hands out a slip,
      he chooses a password. */
  async account(school, role, person) {
    const office = await this.session('info_office')
    const schools = must(await office.get('/api/v1/schools'), 'schools').items
    const org = schools.find((one) => one.name === school).id
    // a central school's people are listed with those of the schools under it
    const staff = must(await office.get('/api/v1/people', { org, role, kind: 'staff', limit: 50 }), role).items.filter((one) => one.school_name === school)
    const one_of = person ?? staff[0]?.id
    check(one_of, `nobody is ${role} at ${school}`)
    const detail = must(await office.get(`/api/v1/people/${one_of}`), 'person')
    const slip = must(await (await this.session('sysadmin')).post(`/api/v1/accounts/${detail.account.id}/reset`), 'slip')
    const one = new Client(this.hub.origin, slip.login)
    must(await one.signIn(slip.login, slip.code), 'by the slip')
    const password = `Dorfschule-${slip.login}-7391`
    must(await one.post('/api/v1/session/password', { current: slip.code, next: password }), 'a password')
    return { login: slip.login, password, person: one_of, name: detail.name, org }
  }

  log = () => [this.hub, ...this.boxes.map((one) => one.server)].map((one) => one.log().split('\n').slice(-12).join('\n')).join('\n--\n')

  async end() {
    for (const box of this.boxes) await box.end()
    await this.hub.stop('SIGKILL')
    rmSync(this.hub.folder, { recursive: true, force: true })
  }
}
