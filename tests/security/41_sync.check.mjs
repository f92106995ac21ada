// Check 41: a box with a good key tries what it may not. Each attempt is refused, named in the audit log, and changes nothing.
import { createHash, generateKeyPairSync, randomUUID } from 'node:crypto'
import { pause } from '../support/check.mjs'
import { Box, bomb, frame } from '../support/box.mjs'
import { check, must } from './ground.mjs'

const village = '河坝镇铭新小学'
const stranger = '千山红镇种福小学'

/** The box, what its school holds, and what another school does. */
async function scene(ground) {
  return ground.once('box', async () => {
    const box = await Box.joined(ground.server, village)
    const other = await Box.joined(ground.server, stranger)
    const mine = await box.everything()
    const theirs = await other.everything()
    const of = (all, type) => all.filter((one) => one.type === type)
    const pick = (all, school, type) => of(all, type).find((one) => cells(one).school_id === school) ?? of(all, type)[0]
    return { box, other, mine, theirs, of, pick }
  })
}

/** The first row of a change, by column. */
function cells(change, at = 0) {
  const { columns, rows } = change.tables[at]
  return Object.fromEntries(columns.map((name, i) => [name, rows[0]?.[i]]))
}

/** A lesson that was held, as the box tells it. */
function lesson(box, group, period, with_ = {}, row = {}) {
  const id = with_.id ?? randomUUID()
  return box.change('timetable.TaughtLesson', id, 'taught_lesson', {
    id, school_id: box.school, class_id: group, date: '2014-03-30', week: '6', period: String(period), subject: '14', room: '',
    state: 'held', source: 'timetable', start_at: '0', end_at: '1', ...row,
  }, with_)
}

async function audited(ground, action, wanted) {
  const auditor = await ground.signedIn('auditor')
  for (let tries = 0; tries < 40; tries++) {
    const text = JSON.stringify(must(await auditor.get('/api/v1/audit', { action, limit: 200 }), 'audit').items)
    const missing = wanted.filter((one) => !text.includes(one))
    if (missing.length === 0) return
    if (tries === 39) throw new Error(`the audit log says nothing of ${missing}`)
    await pause(500)
  }
}

export default {
  async '41 a box is given its own school and nothing of another one'(ground) {
    const { box, other, mine, theirs, of } = await scene(ground)
    const people = (all) => new Set(of(all, 'roster.Person').map((one) => one.id))
    const shared = [...people(mine)].filter((id) => people(theirs).has(id))
    check(people(mine).size > 100 && shared.length === 0, `${people(mine).size} people, ${shared.length} of both schools`)
    for (const type of ['roster.ClassGroup', 'roster.Enrolment', 'timetable.TaughtLesson', 'auth.Account', 'roster.Guardianship']) {
      const own = new Set(of(mine, type).map((one) => one.id))
      check(of(mine, type).length > 0 && !of(theirs, type).some((one) => own.has(one.id)), `${type} of the other school`)
    }
    // bytes of a file that only the other school holds
    const digests = (all) => of(all, 'resources.File').map((one) => cells(one).sha256)
    const held = new Set(digests(mine))
    const foreign = digests(theirs).find((one) => !held.has(one))
    if (foreign) check((await box.say('GET', `/api/v1/node/contents/${foreign}`)).status === 404, 'another school\'s file')
    check((await box.say('GET', `/api/v1/node/contents/${'0'.repeat(64)}`)).status === 404, 'a file that is none')
    check((await box.say('GET', `/api/v1/node/contents/${digests(mine)[0]}`)).status < 300, 'its own file')
    check(other.school !== box.school, 'two schools')
  },

  async '41 a request opens once, for the one who signed it, where it was signed for'(ground) {
    const { box, other } = await scene(ground)
    const path = '/api/v1/node/push'
    const body = frame(Buffer.from(JSON.stringify({ changes: [], last_seq: box.number, report: box.report() })))
    must(await box.push([]), 'an honest batch')
    const faults = []
    const barred = async (what, code, headers, { at = path, method = 'POST', said = body } = {}) => {
      const answer = await box.once(method, at, said, headers)
      if (answer.status !== 401 || (code && answer.json?.code !== code)) faults.push(`${what}: ${answer.status} ${answer.text.slice(0, 200)}`)
    }
    const used = box.ticket
    const headers = box.headers('POST', path, used, body)
    must(await box.once('POST', path, body, headers), 'once')
    await barred('the same again', 'nodes.ticket', headers)
    await barred('a ticket of its own making', 'nodes.ticket', box.headers('POST', path, 'AAAAAAAAAAAAAAAAAAAAAAAA', body))
    must(await other.push([]), 'the other box')
    await barred('the ticket of another box', 'nodes.ticket', box.headers('POST', path, other.ticket, body))
    await barred('signed for another path', 'nodes.bad_signature', box.headers('POST', '/api/v1/node/pull', box.ticket, body))
    await barred('signed for another method', 'nodes.bad_signature', box.headers('GET', path, box.ticket, body))
    await barred('signed for another body', 'nodes.bad_signature', box.headers('POST', path, box.ticket, body), { said: frame(Buffer.from('{}')) })
    await barred('with a key of its own making', 'nodes.bad_signature', box.headers('POST', path, box.ticket, body, { key: generateKeyPairSync('ed25519').privateKey }))
    await barred('in the name of another box', 'nodes.bad_signature', box.headers('POST', path, box.ticket, body, { node: other.node }))
    await barred('in the name of nobody', 'nodes.unknown', box.headers('POST', path, box.ticket, body, { node: randomUUID() }))
    await barred('without a signature', 'nodes.bad_signature', { ...box.headers('POST', path, box.ticket, body), 'santong-signature': '' })
    await barred('without anything', '', {})
    // what a box signs for a box of its own network opens nothing here, whoever brings it
    for (const near of ['manifests', 'chunks']) await barred(`the ${near} of a neighbour`, 'nodes.unknown', box.headers('POST', `/api/v1/node/nearby/${near}`, box.ticket, body), { at: `/api/v1/node/nearby/${near}` })
    check(faults.length === 0, faults.join('\n'))
    await audited(ground, 'nodes.refused_request', [box.node, other.node, 'nodes.bad_signature', 'nodes.ticket'])
    must(await box.push([]), 'and an honest batch still passes')
  },

  async '41 a box writes its own school only, what goes up only, in its own name only'(ground) {
    const { box, other, mine, theirs, of, pick } = await scene(ground)
    const group = pick(mine, box.school, 'roster.ClassGroup').id
    const foreignGroup = pick(theirs, other.school, 'roster.ClassGroup').id
    const foreignLesson = of(theirs, 'timetable.TaughtLesson')[0]
    const foreignAccount = of(theirs, 'auth.Account')[0].id
    const person = of(mine, 'roster.Person')[0]
    const grant = of(mine, 'auth.Grant')[0]
    const published = { ...cells(of(mine, 'resources.Resource')[0]), id: randomUUID(), school_id: box.school, scope: 'district', state: 'published' }
    const honest = await box.push([lesson(box, group, 7)])
    check(honest.told?.taken.applied === 1 && honest.told.taken.parked === 0, `an honest lesson: ${honest.text}`)

    let period = 10 // each at a place of its own, so that none is held up by another one
    const at = () => ++period
    const in_body = (body) => lesson(box, group, at(), { body })
    const attempts = {
      'another school\'s lesson by its id': lesson(box, group, at(), { id: foreignLesson.id }),
      'a lesson of another school': lesson(box, foreignGroup, at(), {}, { school_id: other.school }),
      'a place in another school\'s timetable': lesson(box, foreignGroup, at()),
      'another school\'s lesson removed': lesson(box, group, at(), { id: foreignLesson.id, deed: 'remove', tables: [] }),
      'a lesson withdrawn': lesson(box, group, at(), { deed: 'withdraw', tables: [] }),
      'in the name of the hub': lesson(box, group, at(), { origin: box.parent }),
      'in the name of another box': lesson(box, group, at(), { origin: other.node }),
      'told as another school\'s': lesson(box, group, at(), { scope_org_id: other.school }),
      'a body that speaks of another school': in_body({ school_id: other.school }),
      'a body that speaks of another lesson': in_body({ id: foreignLesson.id }),
      'a body that speaks of another school\'s class': in_body({ class_id: foreignGroup }),
      'a lesson that calls itself an event': lesson(box, group, at(), { deed: 'event' }),
      'another school\'s password': box.change('auth.Password', foreignAccount, 'auth_account', { id: foreignAccount, password_hash: 'x', must_change: '0' }),
      'a person renamed': box.change('roster.Person', person.id, 'person', { id: person.id, name: '改名' }),
      'a right given': box.change('auth.Grant', randomUUID(), 'auth_grant', { ...cells(grant), id: randomUUID(), role: 'sysadmin' }),
      'an account made': box.change('auth.Account', randomUUID(), 'auth_account', { id: randomUUID(), person_id: person.id }),
      'a resource published': box.change('resources.Resource', published.id, 'resource', published),
      'an article': box.change('news.Article', randomUUID(), 'article', { id: randomUUID() }),
      'an org': box.change('roster.Org', other.school, 'org', { id: other.school, name: '改名' }),
    }
    const faults = []
    const names = []
    for (const [what, change] of Object.entries(attempts)) {
      const answer = await box.push([change])
      if (answer.status !== 200 || answer.told.taken.refused !== 1 || answer.told.taken.applied !== 0) faults.push(`${what}: ${answer.status} ${JSON.stringify(answer.told?.taken ?? answer.text)}`)
      names.push(`${change.type} ${change.id}`)
    }
    check(faults.length === 0, faults.join('\n'))
    // an unknown type is set aside, a batch full of refused things does not hold up what stands behind it
    const odd = await box.push([box.change('roster.Nothing', randomUUID(), 'person', {})])
    check(odd.told?.taken.parked === 1 && odd.told.taken.applied === 0, `an unknown type: ${odd.text}`)
    const mixed = await box.push([attempts['a person renamed'], lesson(box, group, 9), attempts['in the name of the hub']])
    check(mixed.told?.taken.applied === 1 && mixed.told.taken.refused === 2, JSON.stringify(mixed.told))
    await audited(ground, 'nodes.refused', names)

    // and everything stands as it stood
    const after = (await other.everything())
    const same = (type, id) => JSON.stringify(after.find((one) => one.type === type && one.id === id)?.tables) === JSON.stringify(theirs.find((one) => one.type === type && one.id === id)?.tables)
    for (const [type, id] of [['timetable.TaughtLesson', foreignLesson.id], ['auth.Account', foreignAccount], ['roster.School', other.school]]) check(same(type, id), `${type} has changed`)
    const office = await ground.signedIn('info_office')
    const parked = must(await office.get('/api/v1/parked-changes'), 'parked').items
    check(parked.length >= names.length && parked.every((one) => one.reason), 'each is set aside with its reason')
  },

  async '41 a box in 2040 wins nothing'(ground) {
    const { box, mine, of } = await scene(ground)
    const account = of(mine, 'auth.Account')[0].id
    const late = Date.UTC(2040, 0, 1)
    const password = (hash, more) => box.change('auth.Password', account, 'auth_account', { id: account, password_hash: hash, must_change: '0' }, more)
    const said = await box.push([password('from-2040', { version: late * 65_536, at: late })], { report: { ...box.report(), now: late } })
    check(said.told?.taken.applied === 1, `taken as made now: ${said.text}`)
    check(Math.abs(said.told.now - Date.now()) < 60_000, 'the hub\'s clock stands where it stood')
    const later = (await box.pull(`t:0`)).told
    check(later && !JSON.stringify(later).includes(String(late)), 'nothing of 2040 goes on')
    await pause(50)
    const slip = must(await (await ground.signedIn('sysadmin')).post(`/api/v1/accounts/${account}/reset`), 'a code from the office')
    check(slip.code, 'the office has the last word')
    const again = await box.push([password('from-2040-again', { version: late * 65_536, at: late, origin_seq: box.number })])
    check(again.status === 200, 'told again')
    const one = ground.client('somebody')
    check((await one.signIn(slip.login, slip.code)).status === 200, 'the code of the office opens')
  },

  async '41 bodies that are too large, bombs, rubbish: refused, and the hub stays small and awake'(ground) {
    const { box, mine, pick } = await scene(ground)
    const group = pick(mine, box.school, 'roster.ClassGroup').id
    const push = '/api/v1/node/push'
    const before = ground.server.memory()
    const faults = []
    const barred = async (what, body, statuses) => {
      const answer = await box.say('POST', push, body).catch((error) => ({ status: 0, text: String(error) }))
      if (!statuses.includes(answer.status)) faults.push(`${what}: ${answer.status} ${answer.text.slice(0, 200)}`)
      if (answer.status === 0) box.ticket = ''
    }
    const json = (value) => frame(Buffer.from(JSON.stringify(value)))
    await barred('33 MB', Buffer.alloc(33 << 20), [413, 0])
    await barred('a bomb of 8 GB', bomb(8192).subarray(0, 4096), [400])
    for (let i = 0; i < 6; i++) await barred('a bomb of 60 MB', bomb(60), [400])
    await barred('a frame that says less than it holds', frame(Buffer.from('{"changes":[]}'), 3), [400])
    await barred('a frame that says no size', Buffer.from('28b52ffd0058210000 7b7d'.replace(' ', ''), 'hex'), [400])
    await barred('no frame', Buffer.from('{"changes":[]}'), [400])
    await barred('no JSON', frame(Buffer.from('{"changes":[')), [400])
    await barred('another type', json({ changes: 'all', last_seq: 1, report: {} }), [400])
    await barred('deep', frame(Buffer.from('['.repeat(200_000))), [400])
    await barred('an unknown deed', json({ changes: [{ deed: 'own' }], last_seq: 1, report: box.report() }), [400])
    check(faults.length === 0, faults.join('\n'))
    // rows that do not fit their table are set aside and hold up nothing
    const crooked = lesson(box, group, 6)
    crooked.tables[0].rows[0].pop()
    const injected = lesson(box, group, 6)
    injected.tables[0].columns[4] = 'date = 1; DROP TABLE person; --'
    const odd = await box.push([crooked, injected, lesson(box, group, 5)])
    check(odd.told?.taken.applied === 1 && odd.told.taken.parked === 2, `crooked rows: ${odd.text}`)
    const long = lesson(box, group, 4, {}, { room: 'x'.repeat(4 << 20) })
    check((await box.push([long])).status === 200, 'a long cell')
    must(await (await ground.signedIn('info_office')).get('/api/v1/nodes'), 'the hub answers')
    const grown = ground.server.memory() - before
    check(grown < 160, `the hub has grown by ${grown.toFixed(0)} MB`)
  },

  async '41 a box that was shut out is told nothing and believed nothing'(ground) {
    const { other } = await scene(ground)
    const office = await ground.signedIn('info_office')
    must(await other.pull(), 'before')
    must(await office.post(`/api/v1/nodes/${other.node}/revoke`), 'shut out')
    for (const answer of [await other.pull(), await other.push([]), await other.say('GET', `/api/v1/node/contents/${createHash('sha256').update('').digest('hex')}`)]) {
      check(answer.status === 403 && answer.json.code === 'nodes.revoked', `${answer.status} ${answer.text}`)
    }
    await audited(ground, 'nodes.refused_request', ['nodes.revoked'])
  },
}
