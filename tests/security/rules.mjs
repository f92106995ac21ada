// Who may call what: one entry for each route of api/openapi.json. A route without an entry fails the suite.
//
// calls   what is sent, with ids of the other school; the first one is also what the rightful caller sends
// may     callers of the district to whom the other school is open here; nobody else may learn anything
// good    the rightful callers, who must succeed afterwards: a name, or a function that does it
// by      who sends it where only its body is in question, when `good` is a function
// list    lists and figures: callers from elsewhere may get an answer, but without a word of the other school
// shows   what the rightful caller gets has a word of the other school in it, so that a search for it can find one
// staff   calls (all, or these numbers) that any teacher of the other school itself may make; family: its pupils and guardians
// open    answered before anybody has signed in
// gone    routes of the first start: where a district stands they answer 404 to everybody (what they refuse before: 41_first_start)
// anyone  the same for everybody who is signed in: words of the district, one's own things
import { settled } from './other_school.mjs'
import { must } from './ground.mjs'

const places = ['leader', 'info_office', 'researcher', 'supervisor', 'finance', 'sysadmin', 'secadmin', 'auditor']
const timetables = ['leader', 'info_office', 'researcher', 'supervisor']
const persons = ['info_office', 'secadmin']
const school_offices = ['principal', 'academic', 'technician']
const figures = ['leader', 'info_office', 'researcher', 'supervisor']
const office = ['info_office']
const tus = { 'tus-resumable': '1.0.0' }
const piece = { ...tus, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }
const call = (path = {}, query = {}, body = undefined, more = {}) => ({ path, query, body, ...more })

function accounts(ground, own) {
  const account = [call({ account_id: own.spareAccount })]
  return {
    'GET /api/v1/accounts': { calls: [call(), call({}, { q: ground.who.bTeacher.login })], may: ['sysadmin', 'secadmin', ...office], good: 'sysadmin' },
    'POST /api/v1/accounts/{account_id}/disable': { calls: account, may: ['sysadmin', ...office], good: 'sysadmin' },
    'POST /api/v1/accounts/{account_id}/enable': { calls: account, may: ['sysadmin', ...office], good: 'sysadmin' },
    'POST /api/v1/accounts/{account_id}/reset': { calls: account, may: ['sysadmin', ...office], good: 'sysadmin' },
    'GET /api/v1/audit': { calls: [call(), call({}, { school: ground.other.id })], may: ['auditor'], good: 'auditor' },
    'GET /api/v1/audit/export.xlsx': { calls: [call({}, { reason: '年度安全检查' }), call({}, { school: ground.other.id, reason: '年度安全检查' })], may: ['auditor'], good: 'auditor' },
    'POST /api/v1/audit/verify': { calls: [call()], may: ['auditor'], good: 'auditor' },
    'GET /api/v1/grants': { calls: [call({}, { person_id: own.spare }), call(), call({}, { org_id: ground.other.id })], may: ['info_office', 'secadmin', 'auditor'], list: true, good: 'bPrincipal' },
    'POST /api/v1/grants': { calls: [call({}, {}, { person_id: own.spare, role: 'technician', org_id: ground.other.id }), call({}, {}, { person_id: own.spare, role: 'technician', org_id: ground.own.id })], good: 'bPrincipal' },
    'DELETE /api/v1/grants/{grant_id}': { calls: [call({ grant_id: own.grant })], good: 'bPrincipal' },
    'GET /api/v1/backups/status': { calls: [call()], may: ['sysadmin', 'secadmin', ...office], good: 'sysadmin' },
    'PATCH /api/v1/me': { anyone: true, calls: [call({}, {}, { language: 'zh-CN' })], good: 'bTeacher' },
    'GET /api/v1/nodes': { calls: [call()], may: ['leader', 'sysadmin', ...office], good: 'sysadmin' },
    'POST /api/v1/node-invitations': { calls: [call({}, {}, { org_id: ground.other.id })], may: ['sysadmin', ...office], good: 'sysadmin' },
    'GET /api/v1/node-invitations': { list: true, calls: [call()], may: ['sysadmin', ...office], good: 'sysadmin' },
    'DELETE /api/v1/node-invitations/{org_id}': { calls: [call({ org_id: ground.other.id })], may: ['sysadmin', ...office] },
    'POST /api/v1/nodes/{node_id}/revoke': { by: 'sysadmin', calls: [call({ node_id: own.spare })], may: ['sysadmin', ...office] },
    'GET /api/v1/parked-changes': { calls: [call()], may: ['sysadmin', ...office], good: 'sysadmin' },
    'POST /api/v1/parked-changes/{change_id}/retry': { by: 'sysadmin', calls: [call({ change_id: own.spare })], may: ['sysadmin', ...office] },
    'DELETE /api/v1/parked-changes/{change_id}': { calls: [call({ change_id: own.spare })], may: ['sysadmin', ...office] },
    'POST /api/v1/node/join': { open: true, calls: [call({}, {}, { code: 'none', node: own.spare, open_key: '', exchange_key: '', version: '0' })] },
    'GET /api/v1/node/contents/{sha256}': { open: true, calls: [call({ sha256: '0'.repeat(64) })] },
    'POST /api/v1/node/contents/{sha256}/{from}': { open: true, calls: [call({ sha256: '0'.repeat(64), from: '0' })] },
    'POST /api/v1/node/audit-anchor': { open: true, calls: [call()] },
    'GET /api/v1/other-versions': { list: true, calls: [call({}, { type: 'teaching.LessonPlan', entity_id: own.spare })], good: 'bTeacher' },
    'GET /api/v1/my/other-versions': { list: true, calls: [call()], good: 'bTeacher' },
    'POST /api/v1/other-versions/{version_id}/take': { calls: [call({ version_id: own.spare }, {}, { fields: ['title'] })] },
    'DELETE /api/v1/other-versions/{version_id}': { calls: [call({ version_id: own.spare })] },
    'POST /api/v1/node/manifests': { open: true, calls: [call()] },
    'POST /api/v1/node/chunks': { open: true, calls: [call()] },
    'POST /api/v1/node/nearby/manifests': { open: true, calls: [call()] },
    'POST /api/v1/node/nearby/chunks': { open: true, calls: [call()] },
    'POST /api/v1/node/pull': { open: true, calls: [call()] },
    'POST /api/v1/node/push': { open: true, calls: [call()] },
    'GET /api/v1/node/probe/{bytes}': { open: true, calls: [call({ bytes: '1' })] },
    'POST /api/v1/node/probe': { open: true, calls: [call()] },
    'POST /api/v1/node/health': { open: true, calls: [call()] },
    'GET /api/v1/nodes/{node_id}': { by: 'sysadmin', calls: [call({ node_id: own.spare })], may: ['leader', 'sysadmin', ...office] },
    'GET /api/v1/node-map': { calls: [call()], may: ['leader', 'sysadmin', ...office], good: 'sysadmin' },
    'GET /api/v1/links': { list: true, calls: [call()], may: ['leader', 'sysadmin', ...office], good: ['info_office', 'bPrincipal'] },
    'PUT /api/v1/links': { calls: [call({}, {}, { items: [{ org_id: ground.other.id, tier: 'access', medium: 'fibre', down_kbit: 8000, up_kbit: 8000, operator_name: '', windows: '', note: '' }] })], may: ['sysadmin', ...office], good: 'info_office' },
    'POST /api/v1/links/import': { by: 'info_office', calls: [call({}, {}, { file_id: own.sheet, write: false })], may: ['sysadmin', ...office] },
    'GET /api/v1/links/export.xlsx': { list: true, calls: [call()], may: ['leader', 'sysadmin', ...office], good: ['info_office', 'bPrincipal'] },
    'GET /api/v1/links/export.csv': { list: true, calls: [call()], may: ['leader', 'sysadmin', ...office], good: ['info_office', 'bPrincipal'] },
    'GET /api/v1/links/{org_id}': { calls: [call({ org_id: ground.other.id })], may: ['leader', 'sysadmin', ...office], good: ['info_office', 'bPrincipal'] },
    'GET /api/v1/links/{org_id}/neighbours': { calls: [call({ org_id: ground.other.id })], may: ['leader', 'sysadmin', ...office], good: ['info_office', 'bPrincipal'] },
    'PUT /api/v1/links/{org_id}/neighbours': { by: 'sysadmin', calls: [call({ org_id: ground.other.id }, {}, { items: [] })], may: ['sysadmin', ...office] },
    'POST /api/v1/links/{org_id}/probe': { by: 'sysadmin', calls: [call({ org_id: ground.other.id })], may: ['sysadmin', ...office] },
    'GET /api/v1/link-probe/{bytes}': { list: true, calls: [call({ bytes: '1' })], good: 'info_office' },
    'POST /api/v1/link-probe': { list: true, calls: [call()], good: 'info_office' },
    'POST /api/v1/link-probes': { calls: [call({}, {}, { org_id: ground.other.id, down_kbit: 8000, up_kbit: 2000, latency_ms: 20, bytes: 1000 })], may: ['sysadmin', ...office], good: 'sysadmin' },
    'GET /api/v1/me/counts': { list: true, calls: [call()], good: 'bTeacher' },
    'GET /api/v1/me/messages': { list: true, calls: [call()], good: 'bHead' },
    'POST /api/v1/me/messages/read-all': { anyone: true, calls: [call({}, {}, { newest: own.message })], good: 'bTeacher' },
    'POST /api/v1/me/messages/{message_id}/read': { calls: [call({ message_id: own.message })], good: 'bHead' },
    'GET /api/v1/me/sessions': { list: true, calls: [call()], good: 'bTeacher' },
    'DELETE /api/v1/me/sessions/{session_id}': { calls: [call({ session_id: own.browser })], good: 'bTeacher' },
    'POST /api/v1/me/totp': { list: true, calls: [call()], good: 'bHead' },
    'POST /api/v1/me/totp/confirm': { list: true, calls: [call({}, {}, { code: '000000' })] },
  }
}

function sessions(ground) {
  const group = { class_id: ground.group.id }
  const pairing = async () => must(await ground.client('screen').post('/api/v1/classroom/pairings'), 'pairing').code
  return {
    'POST /api/v1/session': { open: true, calls: [call({}, {}, { login: 'qs-nobody', password: 'wrong-one-7391' })] },
    'GET /api/v1/session': { list: true, calls: [call()], good: 'bTeacher' },
    'DELETE /api/v1/session': { own_session: true },
    'GET /api/v1/session/current': { open: true, calls: [call()] },
    'GET /api/v1/session/options': { open: true, calls: [call()] },
    'POST /api/v1/session/password': { list: true, calls: [call({}, {}, { current: 'wrong-one-7391', next: 'Another-word-7391' })] },
    'POST /api/v1/session/pupil': { open: true, calls: [call({}, {}, { class_id: ground.group.id, person_id: ground.child, pin: '2580' })] },
    'POST /api/v1/classroom/pairings': { open: true, calls: [call()] },
    'POST /api/v1/classroom/pairings/poll': { open: true, calls: [call({}, {}, { poll_token: 'none' })] },
    'POST /api/v1/classroom/pairings/{code}/approve': {
      calls: [call({ code: '000000' })],
      good: async () => must(await ground.who.bTeacher.post(`/api/v1/classroom/pairings/${await pairing()}/approve`), 'approve'),
    },
    'GET /api/v1/pupil-signin/classes': { open: true, calls: [call()] },
    'GET /api/v1/pupil-signin/classes/{class_id}/pupils': { open: true, calls: [call(group)] },
    'POST /api/v1/pupil-signin/classes/{class_id}/window': { staff: true, calls: [call(group, {}, { minutes: 5 })], good: 'bTeacher' },
    'DELETE /api/v1/pupil-signin/classes/{class_id}/window': { staff: true, calls: [call(group)], good: 'bTeacher' },
    'GET /api/v1/certificate': { open: true, calls: [call()] },
    'GET /certificate/authority.crt': { open: true, calls: [call()] },
    'GET /certificate/authority.crl': { open: true, calls: [call()] },
    'GET /api/v1/sync/status': { anyone: true, calls: [call()], good: 'bTeacher' },
  }
}

function roster(ground, own) {
  const group = { class_id: ground.group.id }
  const child = { person_id: ground.child }
  const slips = [call(group, {}, { pupils: [ground.child] })]
  const reason = { reason: '核对学籍信息' }
  const at = ground.other.id
  const newcomer = { person: { name: '暗记新生丙', sex: 'male' }, enrolment: { class_id: ground.group.id } }
  // Whoever loses the consent loses the session with it.
  const agreeAgain = async () => {
    must(await ground.who.bHomeroom.post(`/api/v1/classes/${ground.group.id}/consents`, { pupils: [ground.child], method: 'paper' }), 'consent again')
    await ground.again('bPupil')
  }
  return {
    'GET /api/v1/classes/{class_id}': { family: true, staff: true, calls: [call(group)], may: places, good: 'bHomeroom' },
    'POST /api/v1/classes/{class_id}/codes': { calls: slips, may: office, good: 'bHomeroom' },
    'POST /api/v1/classes/{class_id}/consents': { calls: [call(group, {}, { pupils: [ground.child], method: 'paper' })], may: office, good: 'bHomeroom' },
    'POST /api/v1/classes/{class_id}/open': { staff: true, calls: [call(group, {}, { minutes: 5 })], good: 'bHomeroom' },
    'DELETE /api/v1/classes/{class_id}/open': { staff: true, calls: [call(group)], good: 'bHomeroom' },
    'POST /api/v1/classes/{class_id}/pins': { calls: slips, may: office, good: 'bHomeroom' },
    'GET /api/v1/codes/{table}': { anyone: true, calls: [call({ table: 'ZXXKC' })], good: 'bTeacher' },
    'GET /api/v1/code-tables': { calls: [call()], may: office, good: 'info_office' },
    'GET /api/v1/code-tables/{table}/export.csv': { calls: [call({ table: 'ZXXKC' })], may: office, good: 'info_office' },
    'POST /api/v1/code-tables/{table}/codes': { by: 'info_office', calls: [call({ table: 'ZXXKC' }, {}, { code: 'L91', title: '暗记课程', title_en: '' })], may: office, good: async () => {
      must(await ground.who.info_office.post('/api/v1/code-tables/ZXXKC/codes', { code: 'L92', title: '暗记课程二', title_en: '' }), 'a subject of the district')
    } },
    'PUT /api/v1/code-tables/{table}/codes/{code}': { by: 'info_office', calls: [call({ table: 'ZXXKC', code: 'L93' }, {}, { title: '暗记课程三', title_en: '', retired: true })], may: office, good: async () => {
      await ground.who.info_office.post('/api/v1/code-tables/ZXXKC/codes', { code: 'L93', title: '暗记课程三', title_en: '' })
      must(await ground.who.info_office.send('PUT', '/api/v1/code-tables/ZXXKC/codes/L93', { body: { title: '暗记课程三', title_en: '', retired: true } }), 'it is retired')
    } },
    'GET /api/v1/orgs': { calls: [call({}, { under: at }), call({}, { q: '千山红' }), call()], may: places, list: true, good: 'bAcademic' },
    'POST /api/v1/orgs': { calls: [call({}, {}, { parent_id: at, kind: 'class_group', name: '', class_group: { grade: 1, number: 9 } })], may: office, good: 'bAcademic' },
    'GET /api/v1/orgs/tree': { calls: [call({}, { root: at, depth: 2 }), call({}, { depth: 4 })], may: places, list: true, good: 'bAcademic' },
    'GET /api/v1/orgs/{org_id}': { family: [0], staff: true, calls: [call({ org_id: ground.group.id }), call({ org_id: at })], may: places, good: 'bTeacher' },
    'PATCH /api/v1/orgs/{org_id}': { calls: [call({ org_id: ground.group.id }, {}, { sort: 5, version: 1 }), call({ org_id: at }, {}, { short_name: '改', version: 1 })], may: office, good: async () => must(await ground.who.bAcademic.change(`/api/v1/orgs/${ground.group.id}`, { sort: 5 }), 'a class') },
    'GET /api/v1/schools': { list: true, calls: [call()], may: places, good: 'bTeacher' },
    'GET /api/v1/schools/{org_id}': { staff: true, calls: [call({ org_id: at })], may: places, good: 'bTeacher' },
    'GET /api/v1/people': { shows: true, list: true, may: persons, good: 'bAcademic', calls: [call({}, { org: at }), call(), call({}, { q: '暗记' }), call({}, { org: ground.group.id, kind: 'pupil' }), call({}, { role: 'teacher', limit: 200 })] },
    'POST /api/v1/people': { calls: [call({}, {}, newcomer)], may: office, good: 'bAcademic' },
    'GET /api/v1/people/export': { shows: true, list: true, calls: [call({}, { org: at, ...reason }), call({}, { ...reason }), call({}, { kind: 'pupil', q: '暗记', ...reason })], may: office, good: 'bAcademic' },
    'POST /api/v1/people/find-by-number': { shows: true, list: true, may: office, calls: [call({}, {}, { number: own.number })], good: 'bHomeroom' },
    'GET /api/v1/people/{person_id}': { family: [0, 2], staff: true, calls: [call(child), call({ person_id: ground.who.bTeacher.person }), call({ person_id: ground.who.bGuardian.person })], may: persons, good: ['bTeacher', 'bGuardian', 'bPupil'] },
    'PATCH /api/v1/people/{person_id}': { calls: [call(child, {}, { sex: 'male', version: 1 }), call({ person_id: own.spare }, {}, { phone: '13812345678', version: 1 })], may: office, good: async () => must(await ground.who.bAcademic.change(`/api/v1/people/${ground.child}`, { sex: 'male' }), 'the child') },
    'GET /api/v1/people/{person_id}/consent': { family: [0], calls: [call(child)], may: office, good: ['bGuardian', 'bHomeroom'] },
    'POST /api/v1/people/{person_id}/consent': { family: [0], calls: [call(child, {}, { statement: 'account-1' })], good: async () => {
      must(await ground.who.bGuardian.send('DELETE', `/api/v1/people/${ground.child}/consent`), 'a guardian takes it back')
      must(await ground.who.bGuardian.post(`/api/v1/people/${ground.child}/consent`, { statement: 'account-1' }), 'a guardian agrees')
      await ground.again('bPupil')
    } },
    'DELETE /api/v1/people/{person_id}/consent': { family: [0], calls: [call(child)], may: office, after: agreeAgain, good: async () => {
      must(await ground.who.bHomeroom.send('DELETE', `/api/v1/people/${ground.child}/consent`), 'withdraw')
      await agreeAgain()
    } },
    'POST /api/v1/people/{person_id}/personal': { calls: [call(child, {}, reason)], may: office, good: 'bHomeroom' },
    'POST /api/v1/people/{person_id}/posts': { calls: [call({ person_id: own.candidate }, {}, { org_id: at, kind: 'technician', subject: '', title: '' }), call({ person_id: own.candidate }, {}, { org_id: ground.own.id, kind: 'teacher', subject: '13', title: '' })], may: office, good: 'bPrincipal' },
    'POST /api/v1/people/{person_id}/posts/{post_id}/end': { calls: [call({ person_id: own.spare, post_id: own.sparePost })], may: office, good: 'bPrincipal' },
    'POST /api/v1/people/{person_id}/reset-code': { calls: [call({ person_id: own.candidate }), call(child)], may: office, good: 'bAcademic' },
    'POST /api/v1/people/{person_id}/enrolments': { calls: [call({ person_id: own.pupil }, {}, { class_id: ground.group.id }), call({ person_id: own.pupil }, {}, { class_id: ground.ownGroup.id })], may: office, good: 'bAcademic' },
    'POST /api/v1/people/{person_id}/guardians': { calls: [call({ person_id: own.pupil }, {}, { name: '暗记监护人', phone: '13800001111', relation: '51' })], may: office, good: 'bAcademic' },
    'DELETE /api/v1/people/{person_id}/guardians/{guardianship_id}': { calls: [call({ person_id: own.pupil, guardianship_id: own.bond })], may: office, good: 'bAcademic' },
    'POST /api/v1/people/{person_id}/leave': { calls: [call({ person_id: own.pupil }, {}, { status: 'left' })], may: office, good: 'bAcademic' },
    'POST /api/v1/people/{person_id}/erase': { calls: [call({ person_id: own.pupil }, {}, reason)], may: office, good: 'info_office' },
    'GET /api/v1/terms': { anyone: true, calls: [call()], good: 'bTeacher' },
    'POST /api/v1/terms': { calls: [call({}, {}, { school_year: 2016, number: 1, name: '2016秋', from_date: '2016-09-01', to_date: '2017-01-20' })], may: office, good: 'info_office' },
    'DELETE /api/v1/terms/{term_id}': { calls: [call({ term_id: own.term.id })], may: office, good: async () => {
      const made = must(await ground.who.info_office.post('/api/v1/terms', { school_year: 2017, number: 1, name: '2017秋', from_date: '2017-09-01', to_date: '2018-01-20' }), 'a term')
      must(await ground.who.info_office.send('DELETE', `/api/v1/terms/${made.id}`), 'it goes again')
    } },
    'PUT /api/v1/terms/{term_id}': { calls: [call({ term_id: own.term.id }, {}, own.termBody)], may: office, good: 'info_office' },
  }
}

function imports(ground, own) {
  const one = { import_id: own.import }
  const unknownBond = '01234567-89ab-7cde-8f01-23456789abcd'
  const end = async () => settled(ground.who.bAcademic, own.import)
  const then = (method, path, body) => async () => {
    await end()
    must(await ground.who.bAcademic.send(method, `/api/v1/imports/${own.import}${path}`, { body }), path)
    if (method !== 'DELETE') await end()
  }
  return {
    'GET /api/v1/import-mappings': { shows: true, list: true, calls: [call()], may: office, good: 'bAcademic' },
    'GET /api/v1/import-templates/{kind}': { list: true, calls: [call({ kind: 'pupils' })], good: 'bAcademic' },
    'GET /api/v1/imports': { shows: true, list: true, calls: [call()], may: office, good: 'bAcademic' },
    'POST /api/v1/imports': { calls: [call({}, {}, { file_id: own.list, kind: 'pupils' })], good: 'bAcademic' },
    'GET /api/v1/imports/{import_id}': { shows: true, calls: [call(one)], may: office, good: 'bAcademic' },
    'GET /api/v1/imports/{import_id}/rows': { shows: true, calls: [call(one), call(one, { state: 'refused' }), call(one, { school: ground.other.id })], may: office, good: 'bAcademic' },
    'GET /api/v1/imports/{import_id}/guardians': { calls: [call(one)], may: office, good: 'bAcademic' },
    'POST /api/v1/imports/{import_id}/guardians/{guardianship_id}/restore': { calls: [call({ ...one, guardianship_id: unknownBond })], may: office, good: async () => {
      const answer = await ground.who.bAcademic.send('POST', `/api/v1/imports/${own.import}/guardians/${unknownBond}/restore`, { body: {} })
      if (answer.status !== 404) throw new Error(`nobody was ended: ${answer.status} ${answer.text}`)
    } },
    'PATCH /api/v1/imports/{import_id}/rows/{number}': { calls: [call({ ...one, number: 3 }, {}, { cells: [{ column: 1, value: '女' }], use_suggestions: false })], may: office, good: 'bAcademic' },
    'GET /api/v1/imports/{import_id}/refused.xlsx': { shows: true, calls: [call(one)], may: office, good: 'bAcademic' },
    'PUT /api/v1/imports/{import_id}/mapping': { calls: [call(one, {}, { columns: own.columns, remember: true })], may: office, good: then('PUT', '/mapping', { columns: own.columns, remember: true }) },
    'POST /api/v1/imports/{import_id}/dry-run': { calls: [call(one)], may: office, good: then('POST', '/dry-run', {}) },
    'POST /api/v1/imports/{import_id}/write': { calls: [call(one, {}, { end_in: [] })], may: office, good: then('POST', '/write', { end_in: [] }) },
    'DELETE /api/v1/imports/{import_id}': { calls: [call(one)], may: office, good: then('DELETE', '') },
  }
}

function timetable(ground, own) {
  const at = { school_id: ground.other.id }
  const span = [call({}, { ...at, from: own.today, to: own.later })]
  const { class_id } = ground.lesson
  const free = { class_id, date: own.later }
  return {
    'GET /api/v1/bells/{school_id}': { staff: true, calls: [call(at)], may: timetables, good: 'bTeacher' },
    'PUT /api/v1/bells/{school_id}': { calls: [call(at, {}, { from: own.later, periods: own.bell })], good: 'bPrincipal' },
    'GET /api/v1/calendar': { staff: true, shows: true, calls: [call({}, { org_id: ground.other.id })], may: timetables, good: 'bTeacher' },
    'DELETE /api/v1/calendar': { calls: [call({}, { org_id: ground.other.id, date: own.holiday })], good: 'bPrincipal' },
    'PUT /api/v1/calendar': { calls: [call({}, {}, { org_id: ground.other.id, date: own.later, kind: 'exam', name: '暗记考试' })], good: 'bPrincipal' },
    'GET /api/v1/course-check': { staff: true, calls: [call({}, at)], may: timetables, good: 'bTeacher' },
    'GET /api/v1/course-check/export.xlsx': { staff: true, calls: [call({}, at)], may: timetables, good: 'bTeacher' },
    'GET /api/v1/course-plan': { list: true, calls: [call()], good: 'bTeacher' },
    'PUT /api/v1/course-plan': { calls: [call({}, {}, { school_year: 2031, rows: [] })], may: office, good: 'info_office' },
    'GET /api/v1/lessons/mine': { list: true, calls: [call({}, { date: own.today })], good: 'bTeacher' },
    'GET /api/v1/patrol-exceptions': { shows: true, calls: span, good: 'bAcademic' },
    'POST /api/v1/patrol-exceptions': { calls: [call({}, {}, { class_id, date: own.today, period: 2, kind: 'not_taught', note: '暗记' })], good: 'bAcademic' },
    'DELETE /api/v1/patrol-exceptions/{exception_id}': { calls: [call({ exception_id: own.patrol })], good: 'bAcademic' },
    'GET /api/v1/substitutions': { shows: true, calls: span, good: 'bAcademic' },
    'POST /api/v1/substitutions': { calls: [call({}, {}, { class_id, date: own.tomorrow, period: 2, kind: 'cancelled', reason: '暗记开会' })], good: 'bAcademic' },
    'DELETE /api/v1/substitutions/{substitution_id}': { calls: [call({ substitution_id: own.substitution })], good: 'bAcademic' },
    'GET /api/v1/substitutions/sheet': { staff: true, calls: [call({}, { ...at, date: own.tomorrow })], may: timetables, good: 'bTeacher' },
    'GET /api/v1/substitutions/export.xlsx': { staff: true, calls: [call({}, { ...at, month: own.today.slice(0, 7) })], may: timetables, good: 'bAcademic' },
    'GET /api/v1/change-requests': { shows: true, calls: [call({}, at)], good: 'bAcademic' },
    'POST /api/v1/change-requests': { calls: [call({}, {}, { cause: 'leave', reason: '暗记请假', lessons: [{ lesson_id: own.askable, way: 'none' }] })], good: 'bTeacher' },
    'GET /api/v1/change-requests/mine': { list: true, calls: [call()], good: 'bTeacher' },
    'POST /api/v1/change-requests/{request_id}/answer': { calls: [call({ request_id: own.asked }, {}, { agree: false, word: '那天有会' })], good: 'bHead' },
    'PUT /api/v1/change-requests/{request_id}/proposal': { calls: [call({ request_id: own.decided }, {}, { way: 'none', version: 1 })], good: 'bAcademic' },
    'POST /api/v1/change-requests/{request_id}/withdraw': { calls: [call({ request_id: own.withdrawn })], good: 'bTeacher' },
    'POST /api/v1/change-requests/decide': { calls: [call({}, {}, { requests: [{ id: own.decided, version: 2 }], approve: false, note: '那天有考试' })], good: 'bAcademic' },
    'GET /api/v1/timetable/swaps': { calls: [call({}, { lesson_id: own.askable }), call({}, { lesson_id: own.askable, three: true, second_id: own.askable })], good: 'bTeacher' },
    'GET /api/v1/timetable/candidates': { calls: [call({}, { ...free, period: 1 })], good: 'bAcademic' },
    'GET /api/v1/timetable/choices': { list: true, calls: [call({}, at), call()], may: timetables, good: 'bTeacher' },
    'GET /api/v1/timetable/week': { list: true, calls: [call({}, { class_id }), call({}, { teacher_id: ground.who.bTeacher.person }), call({}, at), call()], may: timetables, good: ['bTeacher', 'bPupil', 'bGuardian'] },
    'GET /api/v1/timetables': { calls: [call({}, at)], good: 'bAcademic' },
    'GET /api/v1/timetables/export.xlsx': { staff: true, calls: [call({}, at)], may: timetables, good: 'bTeacher' },
    'GET /api/v1/timetables/template.xlsx': { staff: true, calls: [call({}, at)], may: timetables, good: 'bTeacher' },
    'POST /api/v1/timetables/import': { calls: [call({}, {}, { school_id: ground.other.id, file_id: own.sheet, from: own.tomorrow, write: false })], good: 'bAcademic' },
    'POST /api/v1/timetables/{timetable_id}/publish': { calls: [call({ timetable_id: own.timetable }, {}, { from: own.later })], good: 'bAcademic' },
  }
}

function lessons(ground, own) {
  const at = { session_id: own.session }
  const why = { reason: '当时没有用到' }
  const { lesson } = ground
  /** In the lesson, gone on with if it has been ended meanwhile. */
  const again = async (method, path, body) => {
    const { session } = must(await ground.who.bTeacher.post('/api/v1/class-sessions', { lesson_id: lesson.id }), 'open')
    return must(await ground.who.bTeacher.send(method.toUpperCase(), `/api/v1/class-sessions/${session.id}${path}`, { body }), path)
  }
  return {
    'GET /api/v1/today': { list: true, calls: [call()], good: 'bTeacher' },
    'GET /api/v1/pupil/today': { list: true, calls: [call()], good: 'bPupil' },
    'POST /api/v1/class-sessions': { calls: [call({}, {}, { lesson_id: lesson.id }), call({}, {}, { class_id: lesson.class_id, subject: '13' })], good: 'bTeacher' },
    'GET /api/v1/class-sessions/current': { list: true, calls: [call()], good: 'bTeacher' },
    'POST /api/v1/class-sessions/{session_id}/heartbeat': { calls: [call(at)], good: 'bTeacher' },
    'POST /api/v1/class-sessions/{session_id}/questions': { calls: [call(at, {}, { text: '暗记问', options: ['甲', '乙'] })], good: 'bTeacher' },
    'PATCH /api/v1/class-sessions/{session_id}/questions/{question_id}': { calls: [call({ ...at, question_id: own.question }, {}, { counts: [3, 4] })], good: 'bTeacher' },
    'POST /api/v1/class-sessions/{session_id}/show': { calls: [call(at, {}, { resource_id: own.published, page: 1 })], good: 'bTeacher' },
    'POST /api/v1/class-sessions/{session_id}/end': { calls: [call(at)], good: 'bTeacher' },
    'GET /api/v1/class-sessions/{session_id}/cards': { calls: [call(at)], good: async () => again('get', '/cards') },
    'PUT /api/v1/class-sessions/{session_id}/questions/{question_id}/cards': {
      calls: [call({ ...at, question_id: own.question }, {}, { counts: [1, 0], seen: [7] })],
      good: async () => {
        const asked = await again('post', '/questions', { text: '暗记问', options: ['甲', '乙'] })
        await again('put', `/questions/${asked.id}/cards`, { counts: [1, 0], seen: [7] })
      },
    },
    'GET /api/v1/class-sessions/{session_id}/ink': { calls: [call(at)], good: 'bTeacher' },
    'POST /api/v1/class-sessions/{session_id}/ink': { calls: [call(at, {}, { add: [{ id: '0195b5a0-0000-7000-8000-00000000a001', sheet: 'board/1', tool: 'pen', color: 0, points: [1, 2] }], remove: [] })], good: 'bTeacher' },
    'GET /api/v1/class-sessions/{session_id}/call-list': { calls: [call(at)], good: async () => again('get', '/call-list') },
    'GET /api/v1/class-sessions/{session_id}/colleagues': { calls: [call(at)], good: 'bTeacher' },
    'POST /api/v1/class-sessions/{session_id}/classes': { calls: [call(at, {}, { class_id: lesson.class_id })] },
    'DELETE /api/v1/class-sessions/{session_id}/classes/{class_id}': { calls: [call({ ...at, class_id: lesson.class_id })] },
    'GET /api/v1/class-sessions/{session_id}/class-asks': { calls: [call(at)], good: 'bTeacher' },
    'POST /api/v1/class-sessions/{session_id}/class-asks': { calls: [call(at, {}, { class_id: lesson.class_id })] },
    'DELETE /api/v1/class-sessions/{session_id}/class-asks/{ask_id}': { calls: [call({ ...at, ask_id: own.question })] },
    'GET /api/v1/my/class-asks': { list: true, calls: [call()], good: 'bTeacher' },
    'POST /api/v1/my/class-asks/{ask_id}': { calls: [call({ ask_id: own.question }, {}, { accept: true })] },
    'POST /api/v1/class-sessions/{session_id}/assistants': { calls: [call(at, {}, { person_id: own.spare })] },
    'DELETE /api/v1/class-sessions/{session_id}/assistants/{person_id}': { calls: [call({ ...at, person_id: own.spare })], good: async () => again('delete', `/assistants/${own.spare}`) },
    'POST /api/v1/class-sessions/{session_id}/leave': { calls: [call(at)] },
    'POST /api/v1/class-sessions/{session_id}/grades': { calls: [call(at, {}, { taught: lesson.class_id })], good: async () => again('post', '/grades', { taught: lesson.class_id }) },
    'PUT /api/v1/class-sessions/{session_id}/originals': { calls: [call(at, {}, {})], good: async () => again('put', '/originals', {}) },
    'POST /api/v1/class-sessions/{session_id}/originals': { calls: [call(at, {}, { resource_id: own.published })] },
    'GET /api/v1/class-sessions/{session_id}/originals/{order_id}': { calls: [call({ ...at, order_id: own.question })] },
    'GET /api/v1/my/lessons/{lesson_id}/material': { calls: [call({ lesson_id: lesson.id })], good: 'bTeacher' },
    'POST /api/v1/my/lessons/{lesson_id}/material': { calls: [call({ lesson_id: lesson.id }, {}, { band_at: 0, kind: 'slides', computer_id: own.computer, struck: true })] },
    'GET /api/v1/room-computers': { calls: [call({}, { school: ground.other.id })], good: 'bPrincipal' },
    'POST /api/v1/room-computers': { calls: [call({}, {}, { code: '000000', school_id: ground.other.id, room: '101' })], good: async () => own.enrol('101') },
    'DELETE /api/v1/room-computers/{computer_id}': { calls: [call({ computer_id: own.computer })], good: 'bPrincipal' },
    'GET /api/v1/room-computer-programs': { list: true, calls: [call()], good: 'bPrincipal' },
    'GET /api/v1/room-computer-programs/{system}': { list: true, calls: [call({ system: 'windows' })] },
    'POST /api/v1/room-computer/enrolments': { open: true, calls: [call({}, {}, { name: 'PC', system: 'Linux', version: '0.1.0' })] },
    'POST /api/v1/room-computer/enrolments/approval': { open: true, calls: [call({}, {}, { secret: 'none' })] },
    'POST /api/v1/room-computer/contact': { open: true, calls: [call({}, {}, { system: 'Linux', version: '0.1.0' })] },
    'GET /api/v1/room-computer/originals/{resource_id}': { open: true, calls: [call({ resource_id: own.published })] },
    'POST /api/v1/room-computer/orders/{order_id}': { open: true, calls: [call({ order_id: own.question }, {}, { outcome: 'opened' })] },
    'POST /api/v1/room-computer/use': { open: true, calls: [call({}, {}, { bands: [] })] },
    'GET /api/v1/code-cards/classes': { list: true, calls: [call()], good: 'bTeacher' },
    'GET /api/v1/code-cards/classes/{class_id}': { calls: [call({ class_id: lesson.class_id })], good: 'bTeacher' },
    'GET /api/v1/classroom-rules/{school_id}': { calls: [call({ school_id: ground.other.id })], good: 'bPrincipal' },
    'PUT /api/v1/classroom-rules/{school_id}': { calls: [call({ school_id: ground.other.id }, {}, { calling: 'number' })], good: 'bPrincipal' },
    'GET /api/v1/unplanned-lessons': { calls: [call({}, { school: ground.other.id })], good: 'bPrincipal' },
    'POST /api/v1/unplanned-lessons/{lesson_id}/confirm': { calls: [call({ lesson_id: lesson.id }, {}, { reason: '暗记确认' })] },
    'GET /api/v1/my/records': { list: true, calls: [call()], good: 'bTeacher' },
    'POST /api/v1/my/records/declare': { calls: [call({}, {}, { lesson_id: own.declarable, minutes_band: 'b10_20', note: '暗记自报' })], good: 'bTeacher' },
    'POST /api/v1/my/records/{session_id}/correct': { calls: [call(at, {}, { minutes_band: 'b0_10', ...why })], good: 'bTeacher' },
    'POST /api/v1/my/records/{session_id}/discard': { calls: [call(at, {}, why)], good: 'bTeacher' },
    'POST /api/v1/my/records/{session_id}/restore': { calls: [call(at)], good: 'bTeacher' },
    'POST /api/v1/my/records/{session_id}/release': { calls: [call(at)], good: 'bTeacher' },
    'GET /api/v1/school-records': { calls: [call({}, { school: ground.other.id, week: 8 })], good: 'bPrincipal' },
    'POST /api/v1/supervision/looks': { calls: [call({}, {}, { class_id: own.record.class_id, date: own.record.date, period: own.record.period, reason: '核实教学用机情况的来信' })], may: ['supervisor'], good: 'supervisor' },
  }
}

function homework(ground, own) {
  const at = { homework_id: own.homework }
  const group = { ...at, class_id: ground.group.id }
  const work = { submission_id: own.workOf }
  const child = { person_id: ground.child }
  const school = { org_id: ground.other.id }
  const change = () => ({ version: own.homeworkVersion++, content: own.homeworkContent })
  const { bTeacher } = ground.who
  return {
    'GET /api/v1/homework': { shows: true, list: true, calls: [call(), call({}, { class_id: ground.group.id, q: '暗记' })], good: 'bTeacher' },
    'POST /api/v1/homework': { staff: [0], calls: [call({}, {}, { subject: ground.lesson.subject, content: own.homeworkContent })], good: 'bTeacher' },
    'GET /api/v1/homework/draft': { list: true, calls: [call(), call({}, { plan: own.plan }), call({}, { lesson: ground.lesson.id })], good: 'bTeacher' },
    'GET /api/v1/homework/{homework_id}': { calls: [call(at)], good: 'bTeacher' },
    'PUT /api/v1/homework/{homework_id}': { calls: [call(at, {}, { version: 1, content: own.homeworkContent })], good: async () => must(await bTeacher.send('PUT', `/api/v1/homework/${own.homework}`, { body: change() }), 'change') },
    'POST /api/v1/homework/{homework_id}/withdraw': { calls: [call(at)], good: async () => {
      must(await bTeacher.post(`/api/v1/homework/${own.homework}/withdraw`), 'withdraw')
      must(await bTeacher.post(`/api/v1/homework/${own.homework}/restore`), 'restore')
    } },
    'POST /api/v1/homework/{homework_id}/restore': { calls: [call(at)], good: 'bTeacher' },
    'GET /api/v1/homework/{homework_id}/classes/{class_id}': { calls: [call(group)], good: 'bTeacher' },
    'POST /api/v1/homework/{homework_id}/classes/{class_id}/collect': { calls: [call(group, {}, { pupils: [ground.child], collected: true })], good: 'bTeacher' },
    'POST /api/v1/homework/{homework_id}/classes/{class_id}/photos': { calls: [call(group, {}, { works: [{ pupil_id: ground.group.pupils[1].person_id, files: [] }] })], good: 'bTeacher' },
    'POST /api/v1/homework/{homework_id}/classes/{class_id}/remind': { calls: [call(group)], good: 'bTeacher' },
    'POST /api/v1/homework/{homework_id}/classes/{class_id}/return': { calls: [call(group)], good: 'bTeacher' },
    'GET /api/v1/homework-submissions/{submission_id}': { shows: true, calls: [call(work)], good: 'bTeacher' },
    'PUT /api/v1/homework-submissions/{submission_id}/mark': { calls: [call(work, {}, { round: 1, mark_version: 0, result: 'a', comment: '', ink: [] })], good: async () => {
      await bTeacher.post(`/api/v1/homework-submissions/${own.workOf}/take-back`)
      const { rounds } = must(await bTeacher.get(`/api/v1/homework-submissions/${own.workOf}`), 'work')
      must(await bTeacher.send('PUT', `/api/v1/homework-submissions/${own.workOf}/mark`, { body: { round: rounds.length, mark_version: rounds.at(-1).work.mark_version, result: 'a', comment: '', ink: [] } }), 'mark')
    } },
    'POST /api/v1/homework-submissions/{submission_id}/return': { calls: [call(work, {}, { correction: false })], good: 'bTeacher' },
    'POST /api/v1/homework-submissions/{submission_id}/take-back': { calls: [call(work)], good: 'bTeacher' },
    'GET /api/v1/my/homework-phrases': { list: true, calls: [call()], good: 'bTeacher' },
    'PUT /api/v1/my/homework-phrases': { list: true, calls: [call({}, {}, { phrases: ['书写认真'] })], good: 'bTeacher' },
    'GET /api/v1/homework-load': { list: true, calls: [call(), call({}, { day: own.tomorrow })], good: ['bTeacher', 'bPrincipal', 'bAcademic'] },
    'GET /api/v1/homework-limits': { calls: [call()], may: office, good: 'info_office' },
    'GET /api/v1/homework-limits/{org_id}': { calls: [call(school)], may: office, good: 'bAcademic' },
    'PUT /api/v1/homework-limits/{org_id}': { calls: [call(school, {}, { limits: [] })], may: office, good: 'bAcademic' },
    'GET /api/v1/my/homework': { shows: true, list: true, calls: [call(), call({}, { open: true })], good: 'bPupil' },
    'GET /api/v1/my/homework/{homework_id}': { family: true, shows: true, calls: [call(at)], good: 'bPupil' },
    'POST /api/v1/my/homework/{homework_id}/hand-in': { family: true, by: 'bPupil', calls: [call(at, {}, { text: '写好了', files: [] })], good: async () => {
      await bTeacher.post(`/api/v1/homework-submissions/${own.workOf}/return`, { correction: true })
      must(await ground.who.bPupil.post(`/api/v1/my/homework/${own.homework}/hand-in`, { text: '订正', files: [] }), 'correction')
    } },
    'GET /api/v1/children/{person_id}/homework': { family: true, shows: true, calls: [call(child)], good: 'bGuardian' },
    'GET /api/v1/children/{person_id}/homework/{homework_id}': { family: true, shows: true, calls: [call({ ...child, ...at })], good: 'bGuardian' },
  }
}

function plans(ground, own) {
  const at = { plan_id: own.plan }
  const content = { title: '暗记', hours: 1, sections: [], homework: '' }
  return {
    'GET /api/v1/lesson-plans': { shows: true, list: true, calls: [call({}, { shared: true }), call(), call({}, { q: '暗记', shared: true })], good: 'bTeacher' },
    'POST /api/v1/lesson-plans': { calls: [call({}, {}, { title: '暗记新', subject: '13', grade: 1, usual: 'teaching.template.new_lesson', lesson_ids: [ground.lesson.id] })], good: 'bTeacher' },
    'POST /api/v1/lesson-plans/from-pack': { calls: [call({}, {}, { pack_id: own.pack.id, lesson_ids: [] })], good: 'bTeacher' },
    'GET /api/v1/lesson-plans/{plan_id}': { staff: [0], calls: [call(at), call({ plan_id: own.headPlan })], good: 'bTeacher' },
    'GET /api/v1/lesson-plans/{plan_id}/versions': { calls: [call(at)], good: 'bTeacher' },
    'POST /api/v1/lesson-plans/{plan_id}/versions': { calls: [call(at, {}, { version: own.planVersion, name: '暗记版' })], good: 'bTeacher' },
    'PATCH /api/v1/lesson-plans/{plan_id}/versions/{version_id}': { calls: [call({ ...at, version_id: own.version }, {}, { name: '暗记一' })], good: 'bTeacher' },
    'POST /api/v1/lesson-plans/{plan_id}/versions/{version_id}/restore': { calls: [call({ ...at, version_id: own.version }, {}, { version: own.planVersion })], good: 'bTeacher' },
    'PUT /api/v1/lesson-plans/{plan_id}': { calls: [call(at, {}, { version: own.planVersion + 1, content, sharing: 'school' })], good: 'bTeacher' },
    'POST /api/v1/lesson-plans/{plan_id}/copy': { staff: true, calls: [call(at, {}, { lesson_ids: [] })], good: 'bHead' },
    'POST /api/v1/lesson-plans/{plan_id}/replace': { calls: [call(at, {}, { version: own.planVersion, resource_id: own.published, by: own.published })], good: async () => {
      const answer = await ground.who.bTeacher.send('POST', `/api/v1/lesson-plans/${at.plan_id}/replace`, { body: { version: 0, resource_id: own.published, by: own.published } })
      if (answer.status !== 409) throw new Error(`a plan of another version: ${answer.status} ${answer.text}`)
    } },
    'PUT /api/v1/lesson-plans/{plan_id}/lessons': { calls: [call(at, {}, { lesson_ids: [ground.lesson.id] })], good: 'bTeacher' },
    'DELETE /api/v1/lesson-plans/{plan_id}': { calls: [call(at)], good: 'bTeacher' },
    'GET /api/v1/lesson-templates': { shows: true, list: true, calls: [call()], good: 'bTeacher' },
    'POST /api/v1/lesson-templates': { calls: [call({}, {}, { name: '暗记二', plan_id: own.headPlan, any_subject: true })], good: 'bHead' },
    'DELETE /api/v1/lesson-templates/{template_id}': { calls: [call({ template_id: own.template })], good: 'bHead' },
    'GET /api/v1/prepare/lessons': { list: true, calls: [call()], good: 'bTeacher' },
    'GET /api/v1/prepare/tree': { list: true, calls: [call(), call({}, { textbook: own.textbook })], good: 'bTeacher' },
  }
}

function library(ground, own) {
  const draft = { resource_id: own.draft }
  const course = { resource_id: own.course }
  const list = { collection_id: own.collection.id }
  const batch = { intake_id: own.intake }
  const drafts = { review: false, scope: 'school', licence: 'none', source: 'legacy', source_note: '', attribution: '' }
  const link = 'https://basic.smartedu.cn/syncClassroom'
  const about = { title: '暗记链接', subject: '13', grade_from: 1, grade_to: 1 }
  const read = [call({ resource_id: own.submitted }), call(draft), call({ resource_id: own.published })]
  return {
    'GET /api/v1/resources': { shows: true, list: true, calls: [call({}, { mine: true }), call({}, { q: '暗记' }), call({}, { school: ground.other.id, state: 'draft' }), call({}, { scope: 'school' }), call({}, { state: 'in_review', limit: 100 })], good: 'bTeacher' },
    'POST /api/v1/resources': { staff: [0], calls: [call({}, {}, { url: link, school_id: ground.other.id, about }), call({}, {}, { file_id: own.file, url: '', about })], good: 'bTeacher', may: [] , forDistrict: ['info_office', 'researcher'] },
    'GET /api/v1/resources/guess': { calls: [call({}, { name: '三角形.pptx', file_id: own.file })], good: 'bTeacher' },
    'GET /api/v1/resources/{resource_id}': { family: [2], staff: [2], calls: read, good: 'bTeacher' },
    'GET /api/v1/resources/{resource_id}/history': { family: [2], staff: [2], calls: read, good: 'bTeacher' },
    'GET /api/v1/resources/{resource_id}/open': { family: [2], staff: [2], calls: read, good: 'bTeacher' },
    'PATCH /api/v1/resources/{resource_id}': { calls: [call(draft, {}, { title: '暗记改' })], good: 'bTeacher' },
    'POST /api/v1/resources/{resource_id}/versions': { calls: [call(draft, {}, { url: link, note: '' })], good: 'bTeacher' },
    'POST /api/v1/resources/{resource_id}/submit': { calls: [call(draft, {}, { scope: 'school' })], good: 'bTeacher' },
    'POST /api/v1/resources/{resource_id}/withdraw': { calls: [call(draft)], good: 'bTeacher' },
    'GET /api/v1/prepare/lost-resources': { list: true, calls: [call()], good: 'bTeacher' },
    'POST /api/v1/resources/{resource_id}/mark': { by: 'info_office', calls: [call({ resource_id: own.published }, {}, { fine: true, reason: '值得推荐给全区' })], may: ['info_office', 'researcher'], good: async () => {
      const answer = await ground.who.info_office.send('POST', `/api/v1/resources/${own.published}/mark`, { body: { fine: true, reason: '值得推荐给全区' } })
      if (![200, 403, 404].includes(answer.status)) throw new Error(`the mark: ${answer.status} ${answer.text}`)
    } },
    'POST /api/v1/resources/{resource_id}/recall': { calls: [call({ resource_id: own.published }, {}, { reason: '内容有误需要改' })], good: 'bPrincipal' },
    'DELETE /api/v1/resources/{resource_id}': { calls: [call(draft)], good: async () => {
      const made = must(await ground.who.bTeacher.post('/api/v1/resources', { url: link, about }), 'another draft')
      must(await ground.who.bTeacher.send('DELETE', `/api/v1/resources/${made.item.id}`), 'remove it')
    } },
    'GET /api/v1/resources/{resource_id}/course': { calls: [call(course)], good: 'bTeacher' },
    'PUT /api/v1/resources/{resource_id}/course': { calls: [call(course, {}, { version: 1, sco: 'i', completion: 'begun', success: 'unknown', score: 40, seconds: 3, cmi: '{}' })], good: 'bTeacher' },
    'POST /api/v1/resources/{resource_id}/course/anew': { calls: [call(course)], good: 'bTeacher' },
    'GET /api/v1/resources/{resource_id}/course/classes': { calls: [call(course)], good: 'bTeacher' },
    'GET /api/v1/resources/{resource_id}/course/classes/{class_id}': { calls: [call({ ...course, class_id: ground.lesson.class_id })], good: 'bTeacher' },
    'PUT /api/v1/resources/{resource_id}/star': { calls: [call(draft)], good: 'bTeacher' },
    'DELETE /api/v1/resources/{resource_id}/star': { list: true, calls: [call(draft)], good: 'bTeacher' },
    'GET /api/v1/collections': { shows: true, list: true, calls: [call(), call({}, { resource_id: own.draft })], good: 'bTeacher' },
    'POST /api/v1/collections': { list: true, calls: [call({}, {}, { name: '验收藏' })], good: 'bTeacher' },
    'GET /api/v1/collections/{collection_id}': { calls: [call(list)], good: 'bTeacher' },
    'PATCH /api/v1/collections/{collection_id}': { calls: [call(list, {}, { note: '改' })], good: 'bTeacher' },
    'PUT /api/v1/collections/{collection_id}/items': { calls: [call(list, {}, { items: [], updated_at: own.collection.updated_at })], good: async () => {
      const seen = must(await ground.who.bTeacher.get(`/api/v1/collections/${own.collection.id}`), 'collection').about.updated_at
      must(await ground.who.bTeacher.send('PUT', `/api/v1/collections/${own.collection.id}/items`, { body: { items: [{ resource_id: own.draft, note: '' }], updated_at: seen } }), 'items')
    } },
    'POST /api/v1/collections/{collection_id}/items': { calls: [call(list, {}, { resource_id: own.draft, note: '' })], good: 'bTeacher' },
    'DELETE /api/v1/collections/{collection_id}': { calls: [call(list)], good: async () => {
      const made = must(await ground.who.bTeacher.post('/api/v1/collections', { name: '验二' }), 'another collection')
      must(await ground.who.bTeacher.send('DELETE', `/api/v1/collections/${made.about.id}`), 'remove it')
    } },
    'PUT /api/v1/resources/{resource_id}/terms': { calls: [call(draft, {}, { intake: 'made', holder: '', terms: '暗记条件' })], good: 'bTeacher' },
    'GET /api/v1/licences/ending': { list: true, calls: [call()], good: 'bPrincipal' },
    'POST /api/v1/packs': { calls: [call({}, {}, { chapter_id: own.chapter, title: '暗记包', description: '', items: [{ resource_id: own.published, role: 'other', note: '' }], school_id: ground.other.id })], staff: [0], forDistrict: ['info_office', 'researcher'], good: async () => {
      const [item] = must(await ground.who.bTeacher.get('/api/v1/resources', { scope: 'district', kind: 'slides', limit: 1 }), 'something of the district').items
      must(await ground.who.bTeacher.post('/api/v1/packs', { chapter_id: own.chapter, title: '暗记二包', description: '', items: [{ resource_id: item.id, role: 'slides', note: '' }] }), 'another pack')
    } },
    'GET /api/v1/packs/{resource_id}': { calls: [call({ resource_id: own.pack.id })], good: 'bTeacher' },
    'PUT /api/v1/packs/{resource_id}/items': { calls: [call({ resource_id: own.pack.id }, {}, { items: [{ resource_id: own.published, role: 'plan', note: '' }], updated_at: own.pack.updated_at })], good: async () => {
      const seen = must(await ground.who.bTeacher.get(`/api/v1/packs/${own.pack.id}`), 'pack').updated_at
      must(await ground.who.bTeacher.send('PUT', `/api/v1/packs/${own.pack.id}/items`, { body: { items: [{ resource_id: own.published, role: 'plan', note: '' }], updated_at: seen } }), 'items of a pack')
    } },
    'GET /api/v1/news': { shows: true, list: true, calls: [call(), call({}, { q: '暗记' }), call({}, { org: ground.other.id }), call({}, { unread: true })], good: 'bTeacher' },
    'POST /api/v1/news': { staff: [0], calls: [call({}, {}, { org_id: ground.other.id, content: own.articleContent })], good: 'bTeacher' },
    'GET /api/v1/news/{article_id}': { family: [2], staff: [2], may: office, calls: [call({ article_id: own.articleSubmitted }), call({ article_id: own.article }, { latest: true }), call({ article_id: own.articlePublished })], good: 'bTeacher' },
    'PUT /api/v1/news/{article_id}': { calls: [call({ article_id: own.article }, {}, { content: own.articleContent, updated_at: null })], good: 'bTeacher' },
    'DELETE /api/v1/news/{article_id}': { calls: [call({ article_id: own.article })], good: async () => {
      const made = must(await ground.who.bTeacher.post('/api/v1/news', { org_id: ground.other.id, content: own.articleContent }), 'another article')
      must(await ground.who.bTeacher.send('DELETE', `/api/v1/news/${made.item.id}`), 'remove it')
    } },
    'GET /api/v1/news/{article_id}/history': { calls: [call({ article_id: own.articleSubmitted })], good: 'bTeacher' },
    'POST /api/v1/news/{article_id}/seen': { family: [0], staff: [0], may: office, calls: [call({ article_id: own.articlePublished }, {}, { confirmed: false })], good: 'bHead' },
    'GET /api/v1/news/{article_id}/receipts': { may: office, calls: [call({ article_id: own.articlePublished })], good: 'bTeacher' },
    'GET /api/v1/news/{article_id}/receipts.xlsx': { may: office, calls: [call({ article_id: own.articlePublished })], good: 'bTeacher' },
    'GET /api/v1/news/{article_id}/waiting': { may: office, calls: [call({ article_id: own.articlePublished })], good: 'bPrincipal' },
    'POST /api/v1/news/{article_id}/submit': { calls: [call({ article_id: own.article })], good: 'bTeacher' },
    'POST /api/v1/news/{article_id}/take-back': { calls: [call({ article_id: own.article })], good: 'bTeacher' },
    'POST /api/v1/news/{article_id}/withdraw': { may: office, calls: [call({ article_id: own.articlePublished }, {}, { reason: '内容有误需要改' })], good: 'bPrincipal' },
    'GET /api/v1/my/news': { shows: true, list: true, may: office, calls: [call(), call({}, { overseen: true })], good: 'bTeacher' },
    'GET /api/v1/my/news/places': { list: true, calls: [call()], good: 'bTeacher' },
    'GET /api/v1/open/news': { open: true, list: true, calls: [call(), call({}, { q: '暗记' })], good: 'bTeacher' },
    'GET /api/v1/open/news/{article_id}': { open: true, calls: [call({ article_id: own.articlePublished }), call({ article_id: own.article })] },
    'GET /api/v1/open/news-files/{token}/{name}': { open: true, calls: [call({ token: 'none.none', name: 'x.jpg' })] },
    'GET /api/v1/open/resources': { open: true, list: true, calls: [call(), call({}, { q: '暗记' }), call({}, { school: ground.other.id })], good: 'bTeacher' },
    'GET /api/v1/open/recommended': { open: true, list: true, calls: [call()], good: 'bTeacher' },
    'GET /api/v1/open/resources/{resource_id}': { open: true, calls: [call({ resource_id: own.published }), call(draft)] },
    'GET /api/v1/open/files/{token}/{name}': { open: true, calls: [call({ token: 'none.none', name: 'x.pdf' })] },
    'GET /api/v1/resources/{resource_id}/preview': { family: [2], staff: [2], calls: read, good: 'bTeacher' },
    'POST /api/v1/resources/{resource_id}/preview': { calls: [call(draft)], good: async () => {
      const answer = await ground.who.bTeacher.post(`/api/v1/resources/${own.draft}/preview`)
      if (answer.status !== 409) throw new Error(`a text has no preview: ${answer.status} ${answer.text}`)
    } },
    'GET /api/v1/resources/{resource_id}/thumbnail': { family: [0], staff: [0], calls: [call({ resource_id: own.published })], good: async () => {
      const answer = await ground.who.bTeacher.get(`/api/v1/resources/${own.published}/thumbnail`)
      if (answer.status !== 404) throw new Error(`a text has no picture: ${answer.status}`)
    } },
    'GET /api/v1/intakes': { list: true, shows: true, calls: [call()], good: 'bTeacher' },
    'POST /api/v1/intakes': { staff: true, calls: [call({}, {}, { name: '暗记夹', entries: [{ path: 'a.pdf', size: 3 }], school_id: ground.other.id })], good: 'bTeacher', may: ['info_office', 'researcher'] },
    'GET /api/v1/intakes/{intake_id}': { calls: [call(batch)], good: 'bTeacher' },
    'GET /api/v1/intakes/{intake_id}/rows': { calls: [call(batch)], good: 'bTeacher' },
    'PATCH /api/v1/intakes/{intake_id}/rows': { calls: [call(batch, {}, { numbers: [1], subject: '13' })], good: 'bTeacher' },
    'POST /api/v1/intakes/{intake_id}/files': { calls: [call(batch, {}, { files: [{ number: 1, file_id: own.file }] })], good: 'bTeacher' },
    'GET /api/v1/intakes/{intake_id}/report.csv': { calls: [call(batch)], good: 'bTeacher' },
    'POST /api/v1/intakes/{intake_id}/submit': { calls: [call(batch, {}, drafts)], good: async () => {
      const answer = await ground.who.bTeacher.post(`/api/v1/intakes/${own.intake}/submit`, drafts)
      if (answer.status !== 409) throw new Error(`nothing is complete: ${answer.status} ${answer.text}`)
    } },
    'POST /api/v1/intakes/{intake_id}/work': { calls: [call(batch)], good: async () => {
      const made = must(await ground.who.bTeacher.post('/api/v1/intakes', { name: '验批', entries: [{ path: 'b.pdf', size: 3 }] }), 'another batch')
      must(await ground.who.bTeacher.post(`/api/v1/intakes/${made.id}/work`), 'work')
    } },
    'DELETE /api/v1/intakes/{intake_id}': { calls: [call(batch)], good: async () => {
      const made = must(await ground.who.bTeacher.post('/api/v1/intakes', { name: '验批', entries: [{ path: 'b.pdf', size: 3 }] }), 'another batch')
      must(await ground.who.bTeacher.send('DELETE', `/api/v1/intakes/${made.id}`), 'remove it')
    } },
    'GET /api/v1/textbooks': { list: true, calls: [call()], good: 'bTeacher' },
    'POST /api/v1/textbooks': { calls: [call({}, {}, { key: 'pruef-1', title: '验本', subject: '13', grade: 1, term: 1, edition: '人教', chapters: [{ title: '一', hours: 1, chapters: [] }] })], may: ['info_office', 'researcher'], good: 'info_office' },
    'GET /api/v1/textbooks/coverage': { list: true, calls: [call()], good: 'bTeacher' },
    'GET /api/v1/textbooks/{textbook_id}/chapters': { list: true, calls: [call({ textbook_id: own.textbook })], good: 'bTeacher' },
    'GET /api/v1/search': { shows: true, list: true, calls: [call({}, { q: '暗记' }), call({}, { q: '千山红' }), call({}, { q: own.spareName })], may: places, good: 'bTeacher' },
  }
}

function reviews(ground, own) {
  const at = { item_id: own.review }
  const by = own.reviewer
  const unmoved = (answer) => (answer.json?.rows ?? []).every((row) => !row.done)
  return {
    'GET /api/v1/reviews': { shows: true, list: true, calls: [call(), call({}, { state: 'done' })], good: by },
    'GET /api/v1/reviews/summary': { list: true, calls: [call()], good: by },
    'GET /api/v1/reviews/{item_id}': { calls: [call(at)], good: by },
    'GET /api/v1/reviews/{item_id}/deputies': { calls: [call(at)], good: by },
    'PUT /api/v1/reviews/{item_id}/checklist': { calls: [call(at, {}, { ticked: [] })], good: by },
    'POST /api/v1/reviews/decisions': { list: true, echoes: [own.review], also: unmoved, calls: [call({}, {}, { item_ids: [own.review], decision: 'approve', reason: '' })], good: by },
    'POST /api/v1/reviews/{item_id}/delegate': { calls: [call(at, {}, { person_id: ground.who.bAcademic.person, reason: '本周外出培训' })], good: by },
    'POST /api/v1/reviews/{item_id}/decision': { calls: [call(at, {}, { decision: 'return', reason: '请补充来源说明' })], good: 'bAcademic' },
  }
}

function figuresAndFiles(ground, own) {
  const at = { org: ground.other.id }
  const file = { file_id: own.file }
  const upload = { upload_id: own.upload }
  const [, , token, name] = own.address.split('/')
  const job = { job_id: own.job }
  const meta = `filename ${Buffer.from('x.txt').toString('base64')}`
  const begin = { headers: { ...tus, 'upload-length': '5', 'upload-metadata': meta } }
  return {
    'GET /api/v1/cockpit': { list: true, calls: [call()], may: figures, good: 'leader' },
    'GET /api/v1/cockpit/export.xlsx': { list: true, calls: [call()], may: figures, good: 'leader' },
    'POST /api/v1/declarations': { calls: [call({}, {}, { indicator: 'I20', org_id: ground.other.id, month: own.today.slice(0, 7), value: 40, note: '暗记' })], good: 'bPrincipal' },
    'GET /api/v1/indicators': { list: true, calls: [call({}, at), call()], may: figures, good: 'bPrincipal' },
    'GET /api/v1/indicators/{code}': { list: true, calls: [call({ code: 'I21' }, at), call({ code: 'I20' })], may: figures, good: 'bPrincipal' },
    'GET /api/v1/indicators/{code}/export.xlsx': { list: true, calls: [call({ code: 'I21' }, at), call({ code: 'I21' })], may: figures, good: 'bPrincipal' },
    'GET /api/v1/indicators/{code}/lessons': { list: true, calls: [call({ code: 'I21' }, { ...at, week: 8 })], good: 'bPrincipal' },
    'GET /api/v1/indicator-targets': { list: true, calls: [call()], may: figures, good: 'leader' },
    'PUT /api/v1/indicator-targets': { calls: [call({}, {}, { indicator: 'I20', due: '2015-12-31', value: 80 })], may: office, good: 'info_office' },
    'DELETE /api/v1/indicator-targets': { calls: [call({}, { indicator: 'I20', due: '2015-12-31' })], may: office, good: 'info_office' },
    'GET /api/v1/principal/home': { list: true, calls: [call({}, at), call()], good: 'bPrincipal' },
    'GET /api/v1/schools/{org_id}/profile': { shows: true, calls: [call({ org_id: ground.other.id })], may: figures, good: 'bPrincipal' },
    'GET /api/v1/events': { stream: true, calls: [call({}, { topics: `job:${own.job}` })], good: 'bAcademic' },
    'GET /api/v1/jobs': { list: true, calls: [call()], good: 'bAcademic' },
    'GET /api/v1/jobs/{job_id}': { calls: [call(job)], may: ['info_office', 'sysadmin'], good: 'bAcademic' },
    'GET /api/v1/jobs/{job_id}/events': { stream: true, calls: [call(job)], may: ['info_office', 'sysadmin'], good: 'bAcademic' },
    'POST /api/v1/jobs/{job_id}/cancel': { calls: [call(job)], may: ['info_office', 'sysadmin'], good: async () => {
      const answer = await ground.who.bAcademic.post(`/api/v1/jobs/${own.job}/cancel`)
      if (![200, 409].includes(answer.status)) throw new Error(`cancel: ${answer.status}`)
    } },
    'GET /api/v1/files/{file_id}': { family: [1], calls: [call(file), call({ file_id: own.work })], good: 'bTeacher' },
    'GET /api/v1/files/{file_id}/about': { calls: [call(file)], good: 'bTeacher' },
    'GET /api/v1/files/{file_id}/package': { calls: [call({ file_id: own.package })], good: 'bTeacher' },
    'GET /f/{token}/{name}': { calls: [call({ token, name })], good: 'bTeacher' },
    'OPTIONS /api/v1/uploads': { open: true, calls: [call()] },
    'POST /api/v1/uploads': { list: true, calls: [call({}, {}, undefined, begin)], good: 'bTeacher' },
    'HEAD /api/v1/uploads/{upload_id}': { calls: [call(upload, {}, undefined, { headers: tus })], good: 'bTeacher' },
    'PATCH /api/v1/uploads/{upload_id}': { calls: [call(upload, {}, undefined, { headers: piece, raw: 'hello' })], good: 'bTeacher' },
    'POST /api/v1/uploads/{upload_id}': { calls: [call(upload, {}, undefined, { headers: { ...piece, 'upload-offset': '5', 'x-http-method-override': 'PATCH' }, raw: 'again' })], good: 'bTeacher' },
    'DELETE /api/v1/uploads/{upload_id}': { calls: [call(upload, {}, undefined, { headers: tus })], good: 'bTeacher' },
  }
}

/** The other school's report of October and the district's frozen runs. Before each act the report is brought to where it can be done. */
function reportsAndRuns(ground, own) {
  const at = { org_id: ground.other.id, month: '2014-10' }
  const path = `/api/v1/school-reports/${at.org_id}/${at.month}`
  const above = ['leader', 'info_office', 'supervisor']
  const read = async () => must(await ground.who.bPrincipal.get(path), 'the report')
  const act = async (what, body = {}) => must(await ground.who.bPrincipal.post(`${path}/${what}`, body), what)
  const explain = async (line) => must(await ground.who.bPrincipal.send('PUT', `${path}/reasons`, { body: { line, reason: '教务处已经补上' } }), 'a reason')
  const opened = async () => { if (!(await read()).may_sign) await act('correct') }
  const frozen = async () => {
    for (const line of (await read()).may_sign ? (await read()).content.lines : []) await explain(line.line)
    const { may_sign, content_hash } = await read()
    if (may_sign) await act('sign', { content_hash })
  }
  const back = { reason: '教室数与台账不符' }
  const run = { run_id: own.evaluation }
  const wish = { title: '检查', from: '2014-10-20', to: '2014-10-26', indicators: ['I21'], schools: [ground.other.id] }
  const judges = ['info_office', 'supervisor']
  return {
    'GET /api/v1/school-reports': { list: true, calls: [call({}, { month: at.month }), call()], may: above, good: 'bPrincipal' },
    'GET /api/v1/school-reports/export.xlsx': { list: true, calls: [call({}, { month: at.month })], may: above, good: 'bPrincipal' },
    'GET /api/v1/school-reports/{org_id}/{month}': { calls: [call(at), call(at, { version: 1 }), call({ ...at, month: '2014-11' })], may: above, good: ['bPrincipal', 'bAcademic'] },
    'PUT /api/v1/school-reports/{org_id}/{month}/reasons': { calls: [call(at, {}, { line: 'declared/I21', reason: '教务处已经补上' })], good: async () => {
      await opened()
      for (const line of (await read()).content.lines.slice(0, 1)) await explain(line.line)
    } },
    'POST /api/v1/school-reports/{org_id}/{month}/sign': { by: 'bPrincipal', calls: [call(at, {}, { content_hash: 'x' })], good: async () => { await opened(); await frozen() } },
    'POST /api/v1/school-reports/{org_id}/{month}/pass-on': { by: 'bPrincipal', calls: [call(at)] },
    'POST /api/v1/school-reports/{org_id}/{month}/return': { calls: [call(at, {}, back)], may: office, good: async () => { await frozen(); must(await ground.who.info_office.post(`${path}/return`, back), 'return') } },
    'POST /api/v1/school-reports/{org_id}/{month}/correct': { by: 'bPrincipal', calls: [call(at)], good: async () => { await frozen(); await act('correct') } },
    'PUT /api/v1/report-policy': { calls: [call({}, {}, { due_day: 5, seconds_per_field: 45 })], may: office, good: 'info_office' },
    'GET /api/v1/evaluations': { calls: [call()], may: above, good: 'leader' },
    'POST /api/v1/evaluations': { calls: [call({}, {}, wish)], may: judges, good: 'info_office' },
    'GET /api/v1/evaluations/{run_id}': { calls: [call(run)], may: above, good: 'supervisor' },
    'GET /api/v1/evaluations/{run_id}/file': { calls: [call(run)], may: judges, good: 'supervisor' },
  }
}

/** Pushing: whoever oversees the district sees every order, the other school's office its own, and nobody else a word of it. */
function pushing(ground, own) {
  const above = ['leader', 'info_office', 'researcher', 'sysadmin']
  const makers = ['info_office', 'researcher']
  // The own school is a central one: a rule without a school in it is for its own area.
  const central = [...makers, 'principal', 'academic']
  const office = () => ground.who.info_office
  const at = { order_id: own.push.id }
  const rule = { rule_id: own.rule.id }
  const order = async () => must(await office().get(`/api/v1/push/orders/${own.push.id}`), 'the order').order
  const act = async (what, more = {}) => must(await office().post(`/api/v1/push/orders/${own.push.id}/${what}`, { updated_at: (await order()).updated_at, ...more }), what)
  const seen = { updated_at: own.push.updated_at }
  const carriers = ['info_office', 'researcher', 'sysadmin']
  const pack = { school_id: ground.other.id, what: 'orders', orders: [own.push.id] }
  const display = { portal: false, spaces: true, classroom: false }
  const saved = async () => must(await office().get('/api/v1/push/rules'), 'rules').items.find((one) => one.rule.id === own.rule.id).rule.updated_at
  return {
    'GET /api/v1/push/board': { shows: true, list: true, calls: [call()], may: above, good: 'bPrincipal' },
    'GET /api/v1/push/board/export.xlsx': { list: true, calls: [call()], may: above, good: 'bPrincipal' },
    'GET /api/v1/push/board/export.csv': { list: true, calls: [call(), call({}, { part: 'receipts' })], may: above, good: 'bPrincipal' },
    'GET /api/v1/push/orders': { shows: true, list: true, calls: [call(), call({}, { resource: own.pushed })], may: above, good: 'bPrincipal' },
    'POST /api/v1/push/orders': { calls: [call({}, {}, own.pushWish)], may: makers, good: 'info_office' },
    'POST /api/v1/push/order-preview': { calls: [call({}, {}, own.pushWish)], may: makers, good: 'info_office' },
    'GET /api/v1/push/orders/{order_id}': { calls: [call(at)], may: above, good: 'bPrincipal' },
    'POST /api/v1/push/orders/{order_id}/pause': { by: 'info_office', calls: [call(at, {}, seen)], may: makers, good: async () => { await act('pause') } },
    'POST /api/v1/push/orders/{order_id}/resume': { by: 'info_office', calls: [call(at, {}, seen)], may: makers, good: async () => { await act('resume') } },
    'POST /api/v1/push/orders/{order_id}/cancel': { by: 'info_office', calls: [call(at, {}, seen)], may: makers },
    'PUT /api/v1/push/orders/{order_id}/priority': { by: 'info_office', calls: [call(at, {}, { priority: 'high', before: null, ...seen })], may: makers, good: async () => {
      must(await office().send('PUT', `/api/v1/push/orders/${own.push.id}/priority`, { body: { priority: 'high', before: null, updated_at: (await order()).updated_at } }), 'priority')
    } },
    'PUT /api/v1/push/orders/{order_id}/display': { by: 'info_office', calls: [call(at, {}, { display, ...seen })], may: makers, good: async () => {
      must(await office().send('PUT', `/api/v1/push/orders/${own.push.id}/display`, { body: { display, updated_at: (await order()).updated_at } }), 'display')
    } },
    'PUT /api/v1/push/orders/{order_id}/need': { calls: [call(at, {}, { school_id: ground.other.id, due_at: own.pushWish.due_at })], may: makers, good: 'info_office' },
    'GET /api/v1/push/receipts': { shows: true, list: true, calls: [call(), call({}, { school: ground.other.id })], may: above, good: 'bPrincipal' },
    'GET /api/v1/push/rules': { list: true, calls: [call()], may: [...above, ...school_offices], staff: [0], good: 'info_office' },
    'POST /api/v1/push/rules': { calls: [call({}, {}, own.pushRule)], may: central, good: 'info_office' },
    'POST /api/v1/push/rule-trial': { calls: [call({}, {}, { content: own.pushRule, id: null })], may: central, good: 'info_office' },
    'PUT /api/v1/push/rules/{rule_id}': { by: 'info_office', calls: [call(rule, {}, { content: own.pushRule, updated_at: own.rule.updated_at })], may: makers, good: async () => {
      must(await office().send('PUT', `/api/v1/push/rules/${own.rule.id}`, { body: { content: own.pushRule, updated_at: await saved() } }), 'rule')
    } },
    'POST /api/v1/push/rules/{rule_id}/run': { calls: [call(rule)], may: makers, good: 'info_office' },
    'DELETE /api/v1/push/rules/{rule_id}': { by: 'info_office', calls: [call(rule)], may: makers },
    'GET /api/v1/push/at-school': { list: true, calls: [call({}, { resources: own.published })], good: 'bTeacher' },
    'POST /api/v1/push/requests': { by: 'bTeacher', calls: [call({}, {}, { resource_id: own.published })], staff: [0] },
    'GET /api/v1/my/push/requests': { list: true, calls: [call()], good: 'bTeacher' },
    'DELETE /api/v1/push/requests/{request_id}': { by: 'bTeacher', calls: [call({ request_id: own.spare })] },
    'GET /api/v1/my/push/arrivals': { list: true, calls: [call()], good: 'bTeacher' },
    'GET /api/v1/my/push/class': { calls: [call({}, { class_id: ground.group.id, subject: own.pushRule.subject })], staff: [0], good: 'bTeacher' },
    'GET /api/v1/pupil/push/arrivals': { list: true, calls: [call()], good: 'bPupil' },
    'GET /api/v1/children/{person_id}/push/arrivals': { family: true, calls: [call({ person_id: ground.child })], good: 'bGuardian' },
    'GET /api/v1/push/recalls/{resource_id}': { by: 'bPrincipal', calls: [call({ resource_id: own.published })], may: above },
    'GET /api/v1/push/packs': { list: true, calls: [call()], good: 'info_office' },
    'POST /api/v1/push/pack-plan': { by: 'info_office', calls: [call({}, {}, pack)], may: carriers },
    'POST /api/v1/push/packs': { by: 'info_office', calls: [call({}, {}, pack)], may: carriers },
    'GET /api/v1/push/packs/{pack_id}/file': { calls: [call({ pack_id: own.spare })] },
    'DELETE /api/v1/push/packs/{pack_id}': { by: 'info_office', calls: [call({ pack_id: own.spare })] },
    'POST /api/v1/push/pack-imports': { by: 'info_office', list: true, calls: [call({}, {}, { file_id: own.file })] },
  }
}

/** What each step of the first start takes; also sent to a wizard that is still open. */
export const steps = {
  'PUT /api/v1/setup/place': call({}, {}, { place: 'school', host: '', zone_minutes: 480 }),
  'PUT /api/v1/setup/district': call({}, {}, { kind: 'county', number: 430921, name: '南县', school_year: 2026, term: 1, from_date: '2026-09-01', to_date: '2027-01-20' }),
  'PUT /api/v1/setup/people/{role}': call({ role: 'sysadmin' }, {}, { name: '何系统', login: 'he.xitong', password: 'Lotus-pond-2026', again: 'Lotus-pond-2026' }),
  'POST /api/v1/setup/people/{role}/confirm': call({ role: 'sysadmin' }, {}, { code: '000000' }),
  'PUT /api/v1/setup/keys': call({}, {}, { put_away: true }),
  'PUT /api/v1/setup/certificate': call({}, {}, { way: 'later', origin: '', package_origin: '', certificate: '', key: '', names: '', permits: '', port: 443, http_port: 80 }),
  'PUT /api/v1/setup/backup': call({}, {}, { later: true, folder: '', passphrase: '', again: '', minute: 150, keep: 14 }),
  'POST /api/v1/setup/key-sheet': call({}, {}, {}),
  'POST /api/v1/setup/finish': call({}, {}, {}),
  'GET /api/v1/setup': call(),
}

const firstStart = () => Object.fromEntries(Object.entries(steps).map(([route, one]) => [route, { open: true, gone: true, calls: [one] }]))

export const rules = (ground, own) => ({
  ...firstStart(),
  ...reportsAndRuns(ground, own), ...pushing(ground, own),
  ...accounts(ground, own), ...sessions(ground), ...imports(ground, own), ...timetable(ground, own), ...lessons(ground, own),
  ...plans(ground, own), ...homework(ground, own), ...reviews(ground, own), ...library(ground, own), ...figuresAndFiles(ground, own), ...roster(ground, own),
})
