// The demo district as the checks use it: two schools that know nothing of each other, and what the second one keeps.
import { check } from '../support/check.mjs'
import { Client } from './client.mjs'

export { check }

/** Stands in everything that the other school writes, so that a leak of a name or a title is found. */
export const mark = '暗记'

export const good = (answer) => answer.status >= 200 && answer.status < 300

/** The answer, if it was a good one. */
export function must(answer, what) {
  if (!good(answer)) throw new Error(`${what}: ${answer.status} ${answer.text.slice(0, 300)}`)
  return answer.json
}

const ownSchool = '河坝镇中心小学'
const otherSchool = '千山红镇中心小学'
const password = (name) => `Kontrolle-${name}-7391`

/** Roles of the demo that stand in the own school, and those of the district. */
const listed = ['principal', 'academic', 'teacher', 'homeroom', 'technician', 'pupil', 'guardian', 'researcher', 'leader',
  'info_office', 'sysadmin', 'secadmin', 'auditor']

export class Ground {
  constructor(server) {
    this.server = server
    this.origin = server.origin
    this.who = {}
    this.made = {}
    this.ends = [() => server.stop()]
  }

  /** Done when all checks have run. */
  later = (end) => this.ends.push(end)

  async close() {
    for (const end of this.ends) await end()
  }

  client = (name) => new Client(this.origin, name)

  /** Made once, however many checks ask for it. */
  once(what, make) {
    this.made[what] ??= make()
    return this.made[what]
  }

  /** Somebody of the demo with a session of his own. */
  async fresh(role) {
    const one = this.client(role)
    const { login, password: secret } = this.server.accounts[role]
    must(await one.signIn(login, secret), `sign in ${role}`)
    return one
  }

  async signedIn(role) {
    this.who[role] ??= await this.fresh(role)
    return this.who[role]
  }

  /** Gives an account a password by the way an office does: a code on a slip, changed at first use. */
  async let_in(name, person) {
    const office = await this.signedIn('sysadmin')
    const people = await this.signedIn('info_office')
    const detail = must(await people.get(`/api/v1/people/${person}`), `look at ${name}`)
    check(detail.account, `${name} has an account`)
    const slip = must(await office.post(`/api/v1/accounts/${detail.account.id}/reset`), `code for ${name}`)
    const one = this.client(name)
    must(await one.signIn(slip.login, slip.code), `${name} signs in by code`)
    must(await one.post('/api/v1/session/password', { current: slip.code, next: password(name) }), `${name} chooses a password`)
    one.password = password(name)
    one.person = person
    one.account = detail.account.id
    this.who[name] = one
    return one
  }

  /** Signs in again after all sessions were ended. */
  async again(name) {
    const before = this.who[name]
    const one = this.client(name)
    const known = this.server.accounts[name] ?? before
    must(await one.signIn(known.login, known.password), `${name} again`)
    Object.assign(one, { person: before?.person, account: before?.account })
    this.who[name] = one
    return one
  }

  staff(org, role) {
    return this.signedIn('info_office').then(async (office) => {
      const found = must(await office.get('/api/v1/people', { org, role, kind: 'staff', limit: 200 }), `staff ${role}`)
      return found.items.filter((item) => item.org_id === org || role === 'homeroom')
    })
  }

  /** Everybody who calls, each with a session: own school, other school, district. */
  callers() {
    return this.once('callers', async () => {
      for (const role of listed) await this.signedIn(role)
      const office = this.who.info_office
      const schools = must(await office.get('/api/v1/schools'), 'schools').items
      this.own = schools.find((school) => school.name === ownSchool)
      this.other = schools.find((school) => school.name === otherSchool)
      const head = (await this.staff(this.own.id, 'research_head'))[0]
      await this.let_in('head', head.id)
      await this.let_in('clerk', (await this.staff(this.own.id, 'registry_clerk'))[0].id)
      for (const role of ['supervisor', 'finance']) {
        const found = must(await office.get('/api/v1/people', { role, limit: 1 }), role).items[0]
        await this.let_in(role, found.id)
      }
      await this.let_in_other_school(office)
      return this.who
    })
  }

  async let_in_other_school(office) {
    const at = this.other.id
    for (const [name, role] of [['bPrincipal', 'principal'], ['bAcademic', 'academic'], ['bClerk', 'registry_clerk']]) {
      await this.let_in(name, (await this.staff(at, role))[0].id)
    }
    const now = must(await office.get('/api/v1/session'), 'session').now
    const week = must(await this.who.bAcademic.get('/api/v1/timetable/week', { school_id: at }), 'week of the other school')
    const busy = new Set(Object.values(this.who).map((one) => one.person))
    const running = week.lessons.map((row) => row.lesson).find((one) =>
      one.start_at <= now + 480_000 && one.end_at > now + 1_200_000 && one.teacher_id && !busy.has(one.teacher_id))
    check(running, 'a lesson runs in the other school')
    this.lesson = running
    await this.let_in('bTeacher', running.teacher_id)
    const group = must(await office.get(`/api/v1/classes/${running.class_id}`), 'class of the other school')
    this.group = group
    const heads = await this.staff(at, 'research_head')
    await this.let_in('bHead', heads.find((one) => one.id !== running.teacher_id).id)
    const homeroom = group.teachers.find((one) => one.homeroom).person_id
    const known = Object.entries(this.who).find(([, one]) => one.person === homeroom)
    if (known) this.who.bHomeroom = known[1]
    else await this.let_in('bHomeroom', homeroom)
    await this.let_in_children(office, group)
  }

  async let_in_children(office, group) {
    this.child = group.pupils[0].person_id
    must(await office.post(`/api/v1/classes/${group.id}/consents`, { pupils: [this.child], method: 'paper' }), 'consent')
    await this.let_in('bPupil', this.child)
    const detail = must(await office.get(`/api/v1/people/${this.child}`), 'the child')
    this.guardianship = detail.guardians[0].id
    await this.let_in('bGuardian', detail.guardians[0].person_id)
  }
}
