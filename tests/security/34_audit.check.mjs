// Checks 34, 36 and 40: what the audit log holds, that nobody writes it, and that personal fields are masked.
import { unzipTexts } from '../support/zip.mjs'
import { check, good, must } from './ground.mjs'
import { belongings, filled, routes } from './routes.mjs'
import { rules } from './rules.mjs'

const reason = { reason: '核对学籍信息' }

/** Does each of the deeds that must stand in the log; the actions by name. */
async function deeds(ground) {
  const own = await belongings(ground)
  const { academic, info_office: office, secadmin, bHomeroom, principal, supervisor, sysadmin } = ground.who
  const failed = ground.client('nobody')
  await failed.signIn(ground.server.accounts.technician.login, 'wrong-one-7391')
  await ground.fresh('technician')
  const staff = (await ground.staff(ground.own.id, 'teacher')).filter((one) => one.roles.length === 1)[0]
  const grant = must(await principal.post('/api/v1/grants', { person_id: staff.id, role: 'technician', org_id: ground.own.id }), 'grant')
  must(await principal.send('DELETE', `/api/v1/grants/${grant.id}`), 'withdraw')
  must(await academic.get('/api/v1/people/export', reason), 'export')
  must(await bHomeroom.post(`/api/v1/people/${ground.child}/personal`, reason), 'personal')
  must(await bHomeroom.post('/api/v1/people/find-by-number', { number: own.number }), 'number')
  must(await principal.send('PUT', `/api/v1/bells/${ground.own.id}`, { body: { from: own.later, periods: own.bell } }), 'bell')
  must(await principal.send('PUT', '/api/v1/calendar', { body: { org_id: ground.own.id, date: own.later, kind: 'exam', name: '期中考试' } }), 'calendar')
  must(await principal.send('DELETE', '/api/v1/calendar', { query: { org_id: ground.own.id, date: own.later } }), 'calendar')
  must(await office.send('PUT', '/api/v1/course-plan', { body: { school_year: 2032, rows: [] } }), 'course plan')
  must(await office.send('PUT', `/api/v1/terms/${own.term.id}`, { body: own.termBody }), 'term')
  must(await academic.change(`/api/v1/orgs/${ground.ownGroup.id}`, { sort: 3 }), 'class')
  must(await academic.post(`/api/v1/people/${staff.id}/posts`, { org_id: ground.own.id, kind: 'technician', subject: '', title: '' }), 'post')
  must(await academic.change(`/api/v1/people/${staff.id}`, { phone: '13812345678' }), 'person')
  must(await supervisor.post('/api/v1/supervision/looks', { class_id: own.record.class_id, date: own.record.date, period: own.record.period, reason: '核实教学用机情况的来信' }), 'look')
  must(await office.get('/api/v1/cockpit/export.xlsx'), 'cockpit export')
  const pupils = [ground.group.pupils[3].person_id]
  await bHomeroom.send('DELETE', `/api/v1/people/${pupils[0]}/consent`)
  must(await bHomeroom.post(`/api/v1/classes/${ground.group.id}/consents`, { pupils, method: 'paper' }), 'consent')
  must(await ground.who.bGuardian.send('DELETE', `/api/v1/people/${ground.child}/consent`), 'a guardian takes it back')
  must(await ground.who.bGuardian.post(`/api/v1/people/${ground.child}/consent`, { statement: 'account-1' }), 'a guardian agrees')
  must(await ground.who.auditor.get('/api/v1/audit/export.xlsx', { reason: '年度安全检查', action: 'roster.' }), 'audit export')
  const account = must(await office.get(`/api/v1/people/${staff.id}`), 'account').account
  must(await sysadmin.post(`/api/v1/accounts/${account.id}/reset`), 'reset')
  must(await sysadmin.post(`/api/v1/accounts/${account.id}/disable`), 'disable')
  must(await sysadmin.post(`/api/v1/accounts/${account.id}/enable`), 'enable')
  check(secadmin, 'the security administrator is there')
  return ['session.sign_in', 'session.sign_in_failed', 'account.password_changed', 'account.reset', 'account.disabled', 'account.enabled', 'grant.given', 'grant.withdrawn',
    'roster.people_exported', 'roster.personal_fields_seen', 'roster.found_by_number', 'roster.post_started', 'roster.person_changed', 'roster.org_changed', 'roster.term_written',
    'roster.consent_recorded', 'roster.consent_given', 'roster.consent_withdrawn', 'audit.exported', 'roster.import_begin', 'roster.import_check', 'roster.import_written', 'timetable.set_bell', 'timetable.set_calendar_day', 'timetable.clear_calendar_day', 'timetable.set_course_plan', 'timetable.import',
    'teaching.look', 'teaching.view_school_records', 'indicators.exported', 'workflow.approve']
}

export default {
  async '34 each act that matters stands in the audit log with who, what and where from, and no secret'(ground) {
    const wanted = await deeds(ground)
    const { auditor } = ground.who
    let missing = []
    let text = ''
    // A consumer of the feed writes the log, so that it comes a little later.
    for (let tries = 0; tries < 20; tries++) {
      if (tries > 0) await new Promise((resolve) => setTimeout(resolve, 1000))
      missing = []
      for (const action of wanted) {
        const found = must(await auditor.get('/api/v1/audit', { action, limit: 5 }), 'audit').items
        const row = found.find((one) => one.action === action)
        if (!row) missing.push(action)
        else if (!row.at || !(row.account_id || row.actor_id || row.actor_name || action === 'session.sign_in_failed')) missing.push(`${action} without who: ${JSON.stringify(row)}`)
        text += JSON.stringify(found)
      }
      if (missing.length === 0) break
    }
    check(missing.length === 0, `missing: ${missing}`)
    const told = must(await auditor.get('/api/v1/audit', { action: 'roster.', limit: 200 }), 'audit').items
    check(told.every((row) => row.actor && row.action_name && !row.action_name.startsWith('roster.')), 'rows without words')
    check(told.some((row) => row.changes.length > 0), 'no row tells of before and after')
    check(told.filter((row) => row.person_id === ground.who.bGuardian.person).every((row) => row.person_name.includes('*')), 'the log shows a guardian by name')
    const fits = must(await auditor.get('/api/v1/audit', { who: ground.server.accounts.principal.login, limit: 50 }), 'by login').items
    const { person_id: person, account_id: account } = must(await ground.who.principal.get('/api/v1/session'), 'the principal')
    const others = fits.filter((row) => ![person, account].some((id) => [row.person_id, row.account_id, row.subject].includes(id)))
    check(fits.length > 0 && others.length === 0, `a search by person finds others: ${fits.length} ${JSON.stringify(others.slice(0, 2))}`)
    const secrets = [ground.belongings?.number, '13812345678', ...Object.values(ground.who).map((one) => one.password)].filter(Boolean)
    check(!secrets.some((secret) => text.includes(secret)), 'the audit log keeps a secret')
    const verdict = must(await auditor.post('/api/v1/audit/verify'), 'verify')
    check(verdict.fault === 'none' && verdict.rows > 50, JSON.stringify(verdict))
  },

  async '36 no route writes, changes or removes the audit log, whoever calls'(ground) {
    await belongings(ground)
    const faults = []
    // A box's anchors are signed by its key, and lie beside the log.
    const harmless = ['POST /api/v1/audit/verify', 'POST /api/v1/node/audit-anchor']
    const named = routes.filter((route) => /audit/.test(route.path) && route.method !== 'GET' && !harmless.includes(route.name))
    check(named.length === 0, `routes: ${named.map((route) => route.name)}`)
    const { auditor, sysadmin, secadmin, info_office: office } = ground.who
    const row = must(await auditor.get('/api/v1/audit', { limit: 1 }), 'audit').items[0]
    for (const client of [auditor, sysadmin, secadmin, office]) {
      for (const path of ['/api/v1/audit', `/api/v1/audit/${row.number ?? row.id ?? 1}`, '/api/v1/audit/verify']) {
        for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
          if (method === 'POST' && path.endsWith('verify')) continue
          const answer = await client.send(method, path, { body: { action: 'x' } })
          if (![403, 404, 405].includes(answer.status)) faults.push(`${client.name} ${method} ${path}: ${answer.status}`)
        }
      }
    }
    check(faults.length === 0, faults.join('\n'))
  },

  async '40 numbers and phones are masked in every list, page and export'(ground) {
    const own = await belongings(ground)
    const { bHomeroom, bAcademic, info_office: office } = ground.who
    must(await bAcademic.change(`/api/v1/people/${own.staff[5]}`, { phone: '13987651234' }), 'a phone')
    must(await bAcademic.change(`/api/v1/people/${ground.who.bGuardian.person}`, { phone: '13987654321' }), 'a phone')
    const clear = ['13987651234', '13987654321']
    for (const person of [ground.child, ...ground.group.pupils.slice(1, 4).map((one) => one.person_id)]) {
      const seen = must(await bHomeroom.post(`/api/v1/people/${person}/personal`, reason), 'personal')
      clear.push(...[seen.identity_number, seen.student_number, seen.phone].filter(Boolean))
    }
    check(clear.length > 4, 'there is something to mask')
    const page = must(await office.get(`/api/v1/people/${own.staff[5]}`), 'a person')
    check(page.masked.phone === '139****1234', `a phone is shown as ${page.masked?.phone}`)
    const table = rules(ground, own)
    const faults = []
    for (const route of routes.filter((one) => one.method === 'GET' && table[one.name]?.calls && !table[one.name].stream)) {
      for (const one of table[route.name].calls) {
        for (const name of ['info_office', 'bHomeroom', 'bAcademic', 'auditor']) {
          const answer = await ground.who[name].send('GET', filled(route.path, one.path), { query: one.query })
          if (!good(answer)) continue
          const text = String(answer.headers['content-type']).includes('spreadsheetml') ? Object.values(unzipTexts(answer.bytes)).join('\n') : answer.text
          const found = clear.find((value) => text.includes(value))
          if (found) faults.push(`${route.name} shows ${name} ${found}`)
        }
      }
    }
    check(faults.length === 0, faults.join('\n'))
  },

  async '40 nobody takes a list along or looks at personal fields without a written reason'(ground) {
    await belongings(ground)
    const { academic, bHomeroom } = ground.who
    for (const text of [undefined, '', ' ', '好', '    a']) {
      check((await academic.get('/api/v1/people/export', { reason: text })).status === 400, `an export for ${JSON.stringify(text)}`)
      check((await bHomeroom.post(`/api/v1/people/${ground.child}/personal`, { reason: text ?? '' })).status === 400, `a look for ${JSON.stringify(text)}`)
    }
  },
}
