// The first start: a folder without a district, before anybody is known. Its code is all that stands between it and the net.
import { join } from 'node:path'
import { scratch, serve } from '../support/program.mjs'
import { Client } from './client.mjs'
import { check } from './ground.mjs'
import { filled, routes } from './routes.mjs'
import { steps } from './rules.mjs'

const codeIn = (log) => [...log.matchAll(/^ {4}([A-Z0-9]{5}-[A-Z0-9]{5})$/gm)].at(-1)[1]
const hostile = ["' OR '1'='1", '\u202e\u0000\r\nSet-Cookie: a=b', '../../../etc/passwd', '\uFFFF'.repeat(2000), '{{7*7}}${7*7}<script>']
const raws = ['', '[]', 'null', '{', '{"a":1', '['.repeat(20000), '{"a":1e99999}', '{"a":"\\ud800"}']

/** An empty folder, served; `ask(route, body, headers)` as somebody with the code, each route from an address of its own. */
const wizard = (ground) => ground.once('wizard', async () => {
  const { folder, remove } = scratch('first-start')
  const server = await serve(join(folder, 'data'))
  ground.later(async () => {
    await server.stop()
    remove()
  })
  const known = routes.filter((route) => steps[route.name])
  const ask = (route, sent = {}, code = codeIn(server.log())) => {
    const client = new Client(server.origin)
    client.address = `127.0.0.${100 + known.indexOf(route)}`
    const { path, body } = steps[route.name]
    return client.send(route.method, filled(route.path, path), { body: route.method === 'GET' ? undefined : body, ...sent, headers: code ? { 'x-setup-code': code } : {} })
  }
  return { known, ask }
})

export default {
  async '14 the wizard of the first start tells and takes nothing without its code'(ground) {
    const { known, ask } = await wizard(ground)
    const faults = []
    check(known.length === Object.keys(steps).length, `${known.length} routes of the first start are described`)
    for (const route of known) {
      for (const code of ['', 'AAAAA-AAAAA']) {
        const answer = await ask(route, {}, code)
        if (answer.status !== 401 || answer.text.length > 600) faults.push(`${route.name} with "${code}": ${answer.status} ${answer.text.slice(0, 120)}`)
      }
    }
    const { json } = await ask(known.find((route) => route.method === 'GET'))
    if (json.place || json.people.some((one) => one.name)) faults.push(`something was taken: ${JSON.stringify(json).slice(0, 300)}`)
    check(faults.length === 0, faults.join('\n'))
  },

  async '17 the wizard takes no field of its own making, and hostile answers are refused or kept as text'(ground) {
    const { known, ask } = await wizard(ground)
    const faults = []
    for (const route of known.filter((one) => one.requestBody && !one.name.endsWith('/finish'))) {
      const { body } = steps[route.name]
      const more = await ask(route, { body: { ...body, is_admin: true } })
      if (more.status !== 400) faults.push(`${route.name} with a field more: ${more.status}`)
      const texts = Object.keys(body).filter((key) => typeof body[key] === 'string' && !/password|again/.test(key))
      const tries = [...texts.flatMap((key) => hostile.map((text) => JSON.stringify({ ...body, [key]: text }))), ...raws]
      for (const raw of tries) {
        const answer = await ask(route, { raw })
        if (answer.status >= 500) faults.push(`${route.name} ${raw.slice(0, 100)}: ${answer.status}`)
      }
    }
    const early = await ask(known.find((route) => route.name.endsWith('/finish')))
    if (early.status !== 409) faults.push(`finished half-way: ${early.status}`)
    check(faults.length === 0, faults.join('\n'))
  },
}
