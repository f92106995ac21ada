// A box that is killed or loses its power again and again while its school writes and its line carries; then everything
// acknowledged is counted, at the box and at the hub.
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { digests } from '../../bench/l2/compare.mjs'
import { check, pause } from './check.mjs'
import { must } from './region.mjs'

const titles = (folder) => {
  const db = new DatabaseSync(join(folder, 'santong.db'), { readOnly: true })
  try {
    return db.prepare('SELECT title, COUNT(*) AS n FROM lesson_plan GROUP BY title').all()
  } finally {
    db.close()
  }
}

export class Wear {
  constructor(region, box, teacher, random = Math.random) {
    Object.assign(this, { region, box, teacher, random, acknowledged: new Set(), refused: 0, number: 0, ids: [] })
  }

  async signIn(origin = this.box.server.origin) {
    for (let tries = 0; ; tries++) {
      try {
        return await this.region.person(this.teacher, origin)
      } catch (error) {
        if (tries === 100) throw error
        await pause(200)
      }
    }
  }

  /** Writes at the box until `stop` says so; whatever it says yes to is remembered. */
  async write(client, stop) {
    while (!stop.now) {
      const title = `断电 ${++this.number}`
      try {
        const answer = await client.post('/api/v1/lesson-plans', { title, subject: '14', grade: 5, lesson_ids: [] })
        if (answer.status < 300) this.acknowledged.add(title)
        else this.refused++
        if (answer.status === 507 || answer.status === 503) await pause(20)
      } catch {
        return // the connection went with the box
      }
    }
  }

  /** One round: people write, then `fate` comes over the box, then it starts again. */
  async round(fate, { writers = 4, from = 60, to = 300 } = {}) {
    const client = await this.signIn()
    const stop = { now: false }
    const work = Array.from({ length: writers }, () => this.write(client, stop))
    await pause(from + this.random() * (to - from))
    await fate()
    stop.now = true
    await Promise.all(work)
    await this.box.server.start()
  }

  kill = () => this.box.server.halt()
  cut = (disk) => async () => {
    disk.fail()
    await this.box.server.halt()
    disk.back()
  }

  /** {acknowledged, lost, doubled, hub}: nothing may be lost or doubled, and both sides say the same. */
  async count(root) {
    await this.box.settled(300)
    await pause(2500)
    await this.box.settled(120)
    const result = { acknowledged: this.acknowledged.size, refused: this.refused, lost: [], doubled: [], differ: [] }
    const sides = { box: this.box.server.folder, hub: this.region.hub.folder }
    for (const [side, folder] of Object.entries(sides)) {
      const there = new Map(titles(folder).map((row) => [row.title, row.n]))
      for (const title of this.acknowledged) {
        if (!there.has(title)) result.lost.push(`${title} at the ${side}`)
        if (there.get(title) > 1) result.doubled.push(`${title} at the ${side}`)
      }
    }
    const [a, b] = [digests(sides.hub, root), digests(sides.box, root)]
    for (const type of Object.keys(a)) if (a[type].digest !== b[type].digest) result.differ.push(`${type}: hub ${a[type].rows}, box ${b[type].rows}`)
    return result
  }

  verdict(result) {
    check(result.acknowledged > 0, 'something was acknowledged')
    check(result.lost.length === 0, `${result.lost.length} of ${result.acknowledged} acknowledged writes are lost: ${result.lost.slice(0, 5)}`)
    check(result.doubled.length === 0, `doubled: ${result.doubled.slice(0, 5)}`)
    check(result.differ.length === 0, `hub and box differ: ${result.differ}`)
    const one = this.box.status()
    check(one.parked === 0, `${one.parked} changes were set aside`)
  }
}

/** The box's disk is full for a while: its school is told so, what comes down waits, and nothing is lost afterwards. */
export async function full(wear, disk, office, org) {
  const client = await wear.signIn()
  const give_back = disk.fill()
  const before = wear.refused
  const stop = { now: false }
  const work = wear.write(client, stop)
  must(await office.send('PUT', '/api/v1/calendar', { body: { org_id: org, date: '2014-12-10', kind: 'holiday', name: '盘满的那天' } }), 'the hub goes on')
  await pause(4000)
  stop.now = true
  await work
  const read = await client.get('/api/v1/lesson-plans')
  check(read.status === 200, `the box reads on (${read.status})`)
  check(wear.refused > before, 'writes are refused while the disk is full')
  check(wear.box.server.child.exitCode === null, 'the box lives')
  give_back()
}
