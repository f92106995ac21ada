// Who works during the week, at a box or at the hub. Whatever a server has said yes to is written into the ledger.
import { randomUUID } from 'node:crypto'
import { Client } from '../../tests/security/client.mjs'
import { pause } from '../../tests/support/check.mjs'

let markers = 0

/** What was acknowledged: {kind, id, at, school, marker, when}. */
export class Ledger {
  constructor() {
    this.writes = []
    this.refused = {}
    this.retries = 0
    this.unknown = 0
  }
  note(write) {
    this.writes.push({ ...write, when: Date.now() })
  }
}

export class Worker {
  constructor(ledger, random, { place, origin, school, account, org }) {
    Object.assign(this, { ledger, random, place, origin, school, account, org, plans: [], number: 0 })
    this.name = `${place}-${account.login}`
  }

  async signIn() {
    this.client = new Client(this.origin(), this.account.login)
    return (await this.client.signIn(this.account.login, this.account.password)).status === 200
  }

  /** Sends until the server answers, with one idempotency key: whatever came of the first try, it happens once. */
  async ask(method, path, body) {
    const key = randomUUID()
    for (let tries = 0; !this.over; tries++) {
      try {
        if (!this.client && !(await this.signIn())) this.client = null
        if (this.client) {
          const answer = await this.client.send(method, path, { body, ...(method === 'GET' ? {} : { headers: { 'idempotency-key': key } }) })
          if (answer.status === 401) this.client = null
          else if (answer.status < 500 && answer.status !== 429) return answer
        }
      } catch {
        // nobody answers: killed, or not up again
      }
      if (tries > 0) this.ledger.retries++
      await pause(300)
    }
    if (method !== 'GET') this.ledger.unknown++
    return { status: 0, json: undefined }
  }

  async write(kind, method, path, body, id_of, marker) {
    const answer = await this.ask(method, path, body)
    if (answer.status >= 200 && answer.status < 300) {
      this.ledger.note({ kind, id: id_of(answer.json), at: this.place, school: this.school, marker })
      return answer.json
    }
    if (answer.status > 0) {
      const why = `${kind} ${answer.status} ${answer.json?.code ?? ''}`
      this.ledger.refused[why] = (this.ledger.refused[why] ?? 0) + 1
    }
    return null
  }

  marker = (what) => `${what}·${this.name}·${++this.number}·${++markers}`

  async makePlan() {
    const title = this.marker('教案')
    const made = await this.write('plan', 'POST', '/api/v1/lesson-plans', { title, subject: this.account.subject, grade: this.account.grade, usual: 'teaching.template.new_lesson', lesson_ids: [] }, (json) => json.plan.id, title)
    if (made) this.plans.push(made.plan.id)
  }

  /** Changes a plan as it stands at this place; one that was changed elsewhere meanwhile is read again. */
  async editPlan() {
    const id = this.random.pick(this.plans)
    if (!id) return this.makePlan()
    const now = await this.ask('GET', `/api/v1/lesson-plans/${id}`)
    if (now.status !== 200) return
    const text = this.marker('作业')
    await this.write('plan-text', 'PUT', `/api/v1/lesson-plans/${id}`, { version: now.json.plan.version, content: { ...now.json.plan.content, homework: text }, sharing: 'own' }, () => id, text)
  }

  async setHomework() {
    const title = this.marker('课后练习')
    const content = { title, text: '第三题', form: 'either', written: true, due_on: this.account.later, minutes: 5, attachments: [], class_ids: [this.account.group] }
    await this.write('homework', 'POST', '/api/v1/homework', { subject: this.account.subject, content }, (json) => json.homework.id, title)
  }

  async teach() {
    const view = await this.write('session', 'POST', '/api/v1/class-sessions', {}, (json) => json.session.id)
    if (!view) return
    const text = this.marker('提问')
    await this.write('question', 'POST', `/api/v1/class-sessions/${view.session.id}/questions`, { text, options: ['是', '否'] }, (json) => json.id, text)
  }

  /** The office of the school: a patrol at the box. */
  async patrol() {
    const note = this.marker('巡课')
    const n = this.number
    await this.write('patrol', 'POST', '/api/v1/patrol-exceptions', { class_id: this.account.group, date: this.account.past[n % this.account.past.length], period: 1 + (n % 6), kind: 'not_taught', note }, (json) => json.id, note)
  }

  /** And its roster, which is kept at the hub. */
  async phone() {
    const person = this.random.pick(this.account.staff)
    const now = await this.ask('GET', `/api/v1/people/${person}`)
    if (now.status !== 200) return
    const phone = `139${String(this.random.below(1e8)).padStart(8, '0')}`
    await this.write('person', 'PATCH', `/api/v1/people/${person}`, { phone, version: now.json.version }, () => person)
  }

  async holiday() {
    const name = this.marker('校历')
    const date = this.account.future[this.number % this.account.future.length]
    await this.write('calendar', 'PUT', '/api/v1/calendar', { org_id: this.org, date, kind: 'holiday', name }, () => this.org, name)
  }

  /** Works until the week is over. */
  async work(acts, until, rest) {
    while (Date.now() < until) {
      const act = this.random.pick(acts)
      if (act === 'signIn') await this.signIn().catch(() => null)
      else await this[act]()
      await pause(this.random.between(...rest))
    }
  }
}
