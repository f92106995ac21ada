// Who works during the week, at a box or at the hub. Whatever a server has said yes to is written into the ledger.
import { createHash, randomBytes, randomUUID } from 'node:crypto'
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
    Object.assign(this, { ledger, random, place, origin, school, account, org, plans: [], homework: [], handed: new Set(), decided: new Set(), number: 0 })
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

  /** Uploads a text of some size until the server has it whole; its id and digest. */
  async file(name) {
    const bytes = Buffer.from(randomBytes(this.random.below(60_000) + 500).toString('base64'))
    while (!this.over) {
      try {
        if (this.client || (await this.signIn())) {
          const sent = await this.client.upload(name, bytes, 'text/plain')
          if (sent.file) return { id: sent.file, sha256: createHash('sha256').update(bytes).digest('hex') }
          if (sent.status === 401) this.client = null
        }
      } catch {
        // nobody answers: killed, or not up again
      }
      this.ledger.retries++
      await pause(300)
    }
    return null
  }
  /** A file that something acknowledged holds now: its row and its bytes must stand at both places. */
  holds = (file) => this.ledger.note({ kind: 'file', id: file.id, sha256: file.sha256, at: this.place, school: this.school, marker: '' })

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
    const made = await this.write('homework', 'POST', '/api/v1/homework', { subject: this.account.subject, content }, (json) => json.homework.id, title)
    if (made) this.homework.push(made.homework.id)
  }

  /** A pupil: hands in one homework of his class, with a file, once. */
  async handIn() {
    const id = this.homework.find((one) => !this.handed.has(one))
    if (!id) return
    this.handed.add(id)
    const text = this.marker('作业')
    const file = await this.file(`${text}.txt`)
    if (!file) return
    if (await this.write('work', 'POST', `/api/v1/my/homework/${id}/hand-in`, { text, files: [file.id] }, () => id, text)) this.holds(file)
  }

  /** A resource with a file, sent into the review of its school. */
  async shareResource() {
    const title = this.marker('课件')
    const file = await this.file(`${title}.txt`)
    if (!file) return
    const about = { title, subject: this.account.subject, grade_from: this.account.grade, grade_to: this.account.grade, licence: 'region_teaching', source: 'own_work' }
    const made = await this.write('resource', 'POST', '/api/v1/resources', { file_id: file.id, url: '', about }, (json) => json.item.id, title)
    if (!made) return
    this.holds(file)
    await this.write('review', 'POST', `/api/v1/resources/${made.item.id}/submit`, { scope: this.random.pick(['school', 'district']) }, () => made.item.id, title)
  }

  /** A resource of the library gets a star, or loses it, and goes into a collection. */
  async keepShelf() {
    const list = await this.ask('GET', '/api/v1/resources?limit=20')
    const found = this.random.pick(list.json?.items ?? [])
    if (!found) return
    await this.write('star', found.starred ? 'DELETE' : 'PUT', `/api/v1/resources/${found.id}/star`, found.starred ? undefined : {}, () => found.id)
    const name = this.marker('收藏夹')
    const made = await this.write('collection', 'POST', '/api/v1/collections', { name, note: '' }, (json) => json.about.id, name)
    if (made) await this.write('collected', 'POST', `/api/v1/collections/${made.about.id}/items`, { resource_id: found.id, note: '' }, () => made.about.id)
  }

  /** A notice of the school, sent into review. */
  async writeNotice() {
    const title = this.marker('通知')
    const part = { kind: 'paragraph', text: '周五大扫除。', items: [], href: '', file_id: null, file_name: '', media_type: '', size: 0 }
    const content = { kind: 'notice', title, summary: '', byline: '', body: [part], cover_file_id: null, cover_text: '', scope: 'school', audience: 'everyone', from_day: null, until_day: null, must_read: false }
    const made = await this.write('article', 'POST', '/api/v1/news', { org_id: this.org, content }, (json) => json.item.id, title)
    if (made) await this.write('review', 'POST', `/api/v1/news/${made.item.id}/submit`, {}, () => made.item.id, title)
  }

  /** A reviewer decides on what waits for him; the author is told. */
  async decide() {
    const queue = await this.ask('GET', '/api/v1/reviews?limit=50')
    const row = this.random.pick((queue.json?.items ?? []).filter((one) => !this.decided.has(one.id)))
    if (!row) return
    this.decided.add(row.id)
    const view = await this.ask('GET', `/api/v1/reviews/${row.id}`)
    if (view.status !== 200) return
    const reason = this.marker('审核')
    await this.write('decision', 'POST', `/api/v1/reviews/${row.id}/decision`, { decision: this.random.next() < 0.7 ? 'approve' : 'return', reason, checklist: view.json.sheet.map((line) => line.key) }, () => row.id, reason)
  }

  /** The school says what it has reached. */
  async declare() {
    const note = this.marker('申报')
    await this.write('declaration', 'POST', '/api/v1/declarations', { indicator: 'I21', org_id: this.org, month: this.account.month, value: this.random.below(100), note }, (json) => json.id, note)
  }

  /** The district's office: a subject of its own, and a target for a day that nobody has set one for. */
  async addCode() {
    const code = `L${String(++this.codes).padStart(2, '0')}`
    if (this.codes > 99) return
    const title = this.marker('地方课程')
    await this.write('code', 'POST', '/api/v1/code-tables/ZXXKC/codes', { code, title, title_en: '' }, () => code, title)
  }
  codes = 0
  async setTarget() {
    if (this.targets === this.account.future.length) return
    const value = 40 + ++this.targets / 100
    await this.write('target', 'PUT', '/api/v1/indicator-targets', { indicator: 'I20', due: this.account.future[this.targets - 1], value, seen: null }, () => 'I20', value)
  }
  targets = 0

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
