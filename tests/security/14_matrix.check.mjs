// Check 14: every route of api/openapi.json × everybody from elsewhere, with ids of the other school (also 15 and 16).
import { unzipTexts } from '../support/zip.mjs'
import { listen, send } from './client.mjs'
import { check, good, mark, must } from './ground.mjs'
import { belongings, filled, routes } from './routes.mjs'
import { rules } from './rules.mjs'

const school = ['principal', 'academic', 'clerk', 'head', 'teacher', 'homeroom', 'technician', 'pupil', 'guardian']
const district = ['leader', 'info_office', 'researcher', 'supervisor', 'finance', 'sysadmin', 'secadmin', 'auditor']
const names_a_place_or_person = /(_id|^org|^school|^under|^root|^teacher|^person)$/

/** Ids and words that nobody of another school may read; and those that nobody of the district may read unasked. */
function secrets(ground, own) {
  const { who } = ground
  const pupils = ground.group.pupils.map((one) => one.person_id)
  const things = [own.plan, own.headPlan, own.version, own.template, own.draft, own.submitted, own.published, own.file, own.package,
    own.list, own.sheet, own.upload, own.import, own.job, own.review, own.session, own.question, own.browser, own.record.id, own.homework, own.workOf, own.work, own.article, own.articleSubmitted, own.articlePublished]
  const staff = [who.bTeacher.person, who.bHead.person, who.bAcademic.person, who.bPrincipal.person, ...own.staff]
  const all = [mark, ...pupils, ...things, ...staff, own.spareAccount, ground.group.id, own.substitution, own.patrol, own.timetable, own.grant, own.withdrawn, own.decided, own.asked]
  return { all, district: [...things, ...pupils, who.bGuardian.person, own.spareAccount, own.substitution, own.patrol, own.withdrawn, own.decided, own.asked] }
}

const textOf = (answer) => {
  if (!String(answer.headers['content-type']).includes('spreadsheetml')) return answer.bytes.toString('utf8')
  return Object.values(unzipTexts(answer.bytes)).join('\n')
}

async function ask(client, route, one, rule) {
  const path = filled(route.path, one.path)
  if (rule.stream) {
    const search = new URLSearchParams(one.query).toString()
    return listen(client.origin, search ? `${path}?${search}` : path, { headers: client.cookie ? { cookie: client.cookie } : {} })
  }
  const body = one.body ?? (one.raw === undefined && route.requestBody && !one.headers ? {} : undefined)
  return client.send(route.method, path, { query: one.query, body, raw: one.raw, headers: one.headers })
}

/** What is wrong with the answer that somebody from elsewhere got; empty if nothing is. */
function fault(rule, name, answer, hidden) {
  if (answer.status >= 500) return `answered ${answer.status}`
  if (rule.gone) return answer.status === 404 ? '' : `answered ${answer.status}, not 404`
  if (name === 'nobody' && !rule.open) return answer.status === 401 ? '' : `answered ${answer.status}, not 401`
  if (name !== 'nobody' && answer.status === 401 && !rule.open) return 'lost his session'
  const lenient = rule.open || rule.list || rule.anyone
  if (!lenient && ![403, 404].includes(answer.status)) return `answered ${answer.status}, not 403 or 404: ${answer.text.slice(0, 160)}`
  const text = textOf(answer)
  const leak = hidden.find((secret) => secret && !(rule.echoes ?? []).includes(secret) && text.includes(secret))
  if (leak && !rule.anyone) return `read ${leak} (${answer.status})`
  if (rule.also && good(answer) && !rule.also(answer)) return `did it: ${text.slice(0, 160)}`
  return ''
}

async function attack(ground, route, rule, faults) {
  const hidden = secrets(ground, ground.belongings)
  for (const [at, one] of rule.calls.entries()) {
    for (const name of ['nobody', ...school, ...district]) {
      if ((rule.may ?? []).includes(name) || (at === 0 && (rule.forDistrict ?? []).includes(name))) continue
      const client = name === 'nobody' ? ground.client(name) : ground.who[name]
      const answer = await ask(client, route, one, rule)
      const wrong = fault(rule, name, answer, district.includes(name) ? hidden.district : hidden.all)
      if (wrong) faults.push(`${route.name} #${at} by ${name}: ${wrong}`)
    }
  }
}

async function allow(ground, route, rule, faults) {
  if (!rule.good) return
  try {
    if (typeof rule.good === 'function') return await rule.good()
    for (const name of [rule.good].flat()) {
      const answer = await ask(ground.who[name], route, rule.calls[0], rule)
      if (rule.shows && good(answer) && !textOf(answer).includes(mark)) faults.push(`${route.name}: ${name} finds nothing of his own`)
      if (!good(answer)) faults.push(`${route.name} by ${name}, who may: ${answer.status} ${answer.text.slice(0, 200)}`)
    }
  } catch (error) {
    faults.push(`${route.name} by who may: ${error.message}`)
  }
}

/** Totals and counts of a list by somebody of the own school are those of his school alone. */
async function totals(ground, faults) {
  const { info_office: office, academic, bAcademic } = ground.who
  const count = async (client, query) => must(await client.get('/api/v1/people', query), 'people').total
  const here = await count(office, { org: ground.own.id })
  for (const query of [{}, { kind: 'pupil' }]) {
    const wanted = await count(office, { ...query, org: ground.own.id })
    const told = await count(academic, query)
    if (told !== wanted) faults.push(`people ${JSON.stringify(query)}: ${told} are told, ${wanted} are of the school`)
  }
  check(here > 100, 'the school has people')
  const there = must(await bAcademic.get('/api/v1/resources', { q: mark }), 'resources').total
  check(there > 0, 'the other school finds its own resource')
  const seen = must(await academic.get('/api/v1/resources', { q: mark }), 'resources')
  if (seen.total !== 0 || JSON.stringify(seen.facets ?? {}).includes('"count":1')) faults.push(`resources: ${seen.total} are counted of another school`)
}

/** An address of a package works in the session that it was made for, while that lasts. */
async function packages(ground, faults) {
  const visitor = ground.client('bTeacher for a moment')
  must(await visitor.signIn(ground.who.bTeacher.login, ground.who.bTeacher.password), 'sign in')
  const { url } = must(await visitor.get(`/api/v1/files/${ground.belongings.package}/package`), 'package')
  const { origin, pathname } = new URL(url)
  const open = () => send(origin, 'GET', pathname)
  if ((await open()).status !== 200) faults.push('a package does not open for who may')
  const other = pathname.replace(/\/p\/(.)/, (_, letter) => `/p/${letter === 'A' ? 'B' : 'A'}`)
  if ((await send(origin, 'GET', other)).status !== 404) faults.push('a changed package address opens')
  must(await visitor.send('DELETE', '/api/v1/session'), 'sign out')
  if ((await open()).status !== 404) faults.push('a package address outlives its session')
}

/** A package at the public door: for whoever comes while it is public; its address knows no session, opens no other package,
 * and its pages are framed by our own pages only and reach nothing of the first origin. */
async function openPackages(ground, faults) {
  const stranger = ground.client('nobody')
  const { items } = must(await stranger.get('/api/v1/open/resources', { kind: 'interactive,scorm' }), 'the door')
  check(items.length > 0, 'something public is a package')
  for (const item of items.slice(0, 6)) {
    const one = must(await stranger.get(`/api/v1/open/resources/${item.id}`), 'one thing of the door')
    const address = one.course?.pages[0].url ?? one.url
    if (one.viewer !== 'package' || !address) continue
    const { origin, pathname } = new URL(address)
    if (origin === stranger.origin) faults.push('a public package stands on the first origin')
    const answer = await send(origin, 'GET', pathname)
    const policy = String(answer.headers['content-security-policy'])
    if (answer.status !== 200) faults.push(`a public package does not open: ${answer.status}`)
    if (!policy.includes("frame-ancestors 'self' ") || !policy.includes('sandbox ') || policy.includes('allow-top-navigation')) faults.push(`a public package may do more than others: ${policy}`)
    if (answer.headers['set-cookie']) faults.push('the second origin sets a cookie')
    const [token, rest] = [pathname.split('/')[2], pathname.split('/').slice(3).join('/')]
    const changed = `${token[0] === 'A' ? 'B' : 'A'}${token.slice(1)}`
    if ((await send(origin, 'GET', `/p/${changed}/${rest}`)).status !== 404) faults.push('a changed public address opens')
    if ((await send(origin, 'GET', `/p/${token}/../../x`)).status === 200) faults.push('a public address leads out of its package')
    if ((await send(origin, 'GET', '/api/v1/session')).status === 200) faults.push('the second origin answers for the first')
  }
}

const fail = (faults) => check(faults.length === 0, `${faults.length} faults\n${faults.join('\n')}`)

/** People of the school itself reach no more than their part of it. */
async function withinSchool(ground, route, rule, faults) {
  if (rule.list || rule.open || rule.anyone) return
  for (const [at, one] of rule.calls.entries()) {
    for (const [name, part] of [['bPupil', rule.family], ['bGuardian', rule.family], ['bColleague', rule.staff]]) {
      const answer = await ask(ground.who[name], route, one, rule)
      const theirs = part === true || (part ?? []).includes(at)
      if (answer.status >= 500 || (!theirs && ![403, 404, 409].includes(answer.status))) faults.push(`${route.name} #${at} by ${name}: answered ${answer.status} ${answer.text.slice(0, 160)}`)
    }
  }
  await rule.after?.()
}

export default {
  '14 every route has a rule of who may, and every id that it takes is tried'(ground) {
    return belongings(ground).then((own) => {
      const table = rules(ground, own)
      const faults = routes.filter((route) => !table[route.name]).map((route) => `${route.name} has no rule in rules.mjs`)
      for (const name of Object.keys(table)) if (!routes.some((route) => route.name === name)) faults.push(`${name} is no route`)
      for (const route of routes) {
        const tried = new Set((table[route.name]?.calls ?? []).flatMap((one) => Object.keys(one.query)))
        for (const one of route.parameters ?? []) {
          if (one.in === 'query' && names_a_place_or_person.test(one.name) && !tried.has(one.name) && !['account_id'].includes(one.name)) faults.push(`${route.name}: ${one.name} is never tried`)
        }
      }
      fail(faults)
    })
  },

  async '14 nobody from elsewhere reaches the other school by any route, and who may does'(ground) {
    ground.belongings = await belongings(ground)
    const table = rules(ground, ground.belongings)
    const faults = []
    const known = routes.filter((route) => table[route.name] && !table[route.name].own_session)
    for (const route of known) await attack(ground, route, table[route.name], faults)
    for (const route of known) await withinSchool(ground, route, table[route.name], faults)
    await totals(ground, faults)
    await packages(ground, faults)
    await openPackages(ground, faults)
    const byName = Object.fromEntries(known.map((route) => [route.name, route]))
    for (const [name, rule] of Object.entries(table)) if (byName[name]) await allow(ground, byName[name], rule, faults)
    fail(faults)
  },
}
