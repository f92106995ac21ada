// Checks 17 and 24, and hostile JSON: generated from api/openapi.json for every route that takes a body or changes something.
import { check } from './ground.mjs'
import { belongings, filled, openapi, routes } from './routes.mjs'
import { rules } from './rules.mjs'

const extras = { district_id: 1, roles: ['sysadmin'], owner_person: '0145c4c1-65a4-7000-99d4-7572ecfc6738', is_admin: true, granted_by: null }
const unsafe = (route) => ['POST', 'PUT', 'PATCH', 'DELETE'].includes(route.method)
const schemaOf = (route) => route.requestBody?.content?.['application/json']?.schema
/** These hash a password at each call; one try a route is enough. */
const costly = /session|password|totp/

const resolve = (schema) => (schema?.$ref ? openapi.components.schemas[schema.$ref.split('/').pop()] : schema)

/** Who calls it: the one of the rule, or for a rule that is a function the academic office of the other school. */
const by = (ground, rule) => ground.who[[rule.by, rule.good].flat().find((name) => typeof name === 'string')] ?? ground.who.bAcademic

async function forms(ground) {
  const own = await belongings(ground)
  const table = rules(ground, own)
  for (const name of ['bTeacher', 'bPupil', 'bHead', 'bAcademic', 'bPrincipal', 'bHomeroom', 'bGuardian']) {
    if ((await ground.who[name].get('/api/v1/session')).status === 401) await ground.again(name).catch(() => {})
  }
  return routes.filter((route) => table[route.name]?.calls && !table[route.name].gone).map((route) => {
    const rule = table[route.name]
    const client = rule.open ? ground.client('nobody') : by(ground, rule)
    if (rule.open) client.address = '127.0.0.77'
    return { ...rule.calls[0], route, rule, client, path: filled(route.path, rule.calls[0].path) }
  })
}

const fail = (faults) => check(faults.length === 0, `${faults.length} faults\n${faults.join('\n')}`)

/** The body with a text put at one of its places, for each place that a text or number has. */
function* variants(body, value, at = body) {
  for (const [key, old] of Object.entries(at ?? {})) {
    if (old && typeof old === 'object') {
      for (const inner of variants(old, value)) yield { ...body, [key]: Array.isArray(old) ? Object.values(inner) : inner }
    } else {
      yield { ...body, [key]: value(old) }
    }
  }
}

const texts = ["' AND '2'='2", "'; DELETE FROM person; --", '\u202e\u0000\r\nSet-Cookie: a=b', '\uFFFF'.repeat(2000), '../../../etc/passwd', '{{7*7}}${7*7}<script>']
const numbers = [-1, 2147483648, 9.3e18, 1e308, 0.5]
const raws = ['', '[]', 'null', '"text"', '{', '{"a":1', `${'['.repeat(20000)}`, `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`, '{"a":1e99999}',
  Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]), '{"a":"\\ud800"}', '{"a":1,"a":2}', '{"a":"\\u0000"}', `{"${'k'.repeat(200000)}":1}`]

export default {
  async '17 no field that a body does not have is taken by any route'(ground) {
    const faults = []
    for (const form of await forms(ground)) {
      if (!schemaOf(form.route)) continue
      for (const [name, value] of Object.entries(extras)) {
        const known = resolve(schemaOf(form.route))?.properties ?? {}
        if (known[name]) continue
        const answer = await form.client.send(form.route.method, form.path, { query: form.query, body: { ...(form.body ?? {}), [name]: value } })
        if (answer.status !== 400) faults.push(`${form.route.name} with ${name}: ${answer.status} ${answer.text.slice(0, 120)}`)
        if (costly.test(form.route.path)) break
      }
    }
    fail(faults)
  },

  async '24 nothing changes without the token of the session, nor for another site'(ground) {
    const faults = []
    let tried = 0
    for (const form of await forms(ground)) {
      const { route, client, path, query, body, rule } = form
      if (!unsafe(route) || rule.open) continue
      tried++
      const attempts = {
        'without a token': { 'x-csrf-token': '' },
        'with a wrong token': { 'x-csrf-token': 'A'.repeat(32) },
        'from another origin': { origin: 'http://evil.example' },
        'from another site': { 'sec-fetch-site': 'cross-site' },
        'from the second origin': { origin: ground.server.packages },
      }
      for (const [what, headers] of Object.entries(attempts)) {
        const answer = await client.send(route.method, path, { query, body: body ?? {}, headers: { ...(form.headers ?? {}), ...headers } })
        if (answer.status !== 403) faults.push(`${route.name} ${what}: ${answer.status}`)
      }
    }
    check(tried > 50, `${tried} routes change something`)
    const { login, password } = ground.server.accounts.teacher
    const form = await ground.client('form').send('POST', '/api/v1/session', { raw: JSON.stringify({ login, password }), headers: { 'content-type': 'text/plain' } })
    if (form.status !== 415) faults.push(`a form signs in: ${form.status}`)
    fail(faults)
  },

  async '21 hostile texts, numbers and JSON are refused or kept as they are, never a broken answer'(ground) {
    const faults = []
    for (const form of await forms(ground)) {
      if (!schemaOf(form.route)) continue
      const bodies = []
      if (form.body && !costly.test(form.route.path)) {
        for (const text of texts) bodies.push(...variants(form.body, (old) => (typeof old === 'string' ? text : old)))
        for (const number of numbers) bodies.push(...variants(form.body, (old) => (typeof old === 'number' ? number : old)))
      }
      const sent = [...new Set(bodies.map((body) => JSON.stringify(body))), ...raws]
      for (const raw of sent) {
        const started = Date.now()
        const answer = await form.client.send(form.route.method, form.path, { query: form.query, raw })
        if (answer.status >= 500 || Date.now() - started > 15_000) faults.push(`${form.route.name} ${String(raw).slice(0, 100)}: ${answer.status} after ${Date.now() - started} ms`)
      }
    }
    fail(faults)
  },
}
