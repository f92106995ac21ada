// Check 21: an SQL injection corpus in every parameter of a query or path that api/openapi.json names.
import { check } from './ground.mjs'
import { belongings, filled, routes } from './routes.mjs'
import { rules } from './rules.mjs'

const slow = ["'||pg_sleep(3)||'", "1;SELECT pg_sleep(3)--", "' AND 1=(SELECT COUNT(*) FROM sqlite_master a, sqlite_master b, sqlite_master c)--"]
const corpus = ["'", "''", "' OR '1'='1", "' OR 1=1--", '" OR ""="', "') OR ('a'='a", "1 UNION SELECT login, password_hash FROM account--", "'; DROP TABLE account;--",
  '$1', '{in $1}', '%', '_', '\\', "\u02bc OR 1=1", '%27%20OR%201=1', ...slow]
const inner = /sqlite|SQLSTATE|syntax error|pg_catalog|libpq|SELECT .* FROM|no such (table|column)|\.cpp|std::|terminate called/i

const rows = (answer) => {
  const { json } = answer
  if (Array.isArray(json)) return json.length
  return json?.total ?? json?.items?.length ?? json?.roots?.length ?? json?.lessons?.length ?? 0
}

export default {
  async '21 SQL in any parameter finds nothing more, takes no longer and breaks nothing'(ground) {
    const own = await belongings(ground)
    const table = rules(ground, own)
    const faults = []
    let tried = 0
    for (const route of routes.filter((one) => one.method === 'GET' && table[one.name]?.calls && !table[one.name].stream && !table[one.name].gone)) {
      const rule = table[route.name]
      const [one] = rule.calls
      const name = [rule.good].flat().find((good) => typeof good === 'string') ?? 'info_office'
      for (const parameter of (route.parameters ?? []).filter((each) => each.name && each.schema?.type !== 'integer')) {
        const ask = (value) => {
          const path = filled(route.path, parameter.in === 'path' ? { ...one.path, [parameter.name]: encodeURIComponent(value) } : one.path)
          return ground.who[name].send('GET', path, { query: parameter.in === 'query' ? { ...one.query, [parameter.name]: value } : one.query })
        }
        const timed = async (value) => {
          const started = Date.now()
          const answer = await ask(value)
          return { answer, took: Date.now() - started }
        }
        const { answer: nothing, took: usual } = await timed('zzqqxxzz')
        for (const value of corpus) {
          tried++
          const { answer, took } = await timed(value)
          const where = `${route.name} ${parameter.name}=${value}`
          if (answer.status >= 500) faults.push(`${where}: ${answer.status}`)
          if (answer.status >= 400 && inner.test(answer.text)) faults.push(`${where} tells of the inside: ${answer.text.slice(0, 160)}`)
          if (answer.status === 200 && nothing.status === 200 && rows(answer) > rows(nothing) && parameter.name !== 'after' && !['%', '_', '$1', "'", "''", '\\'].includes(value)) faults.push(`${where}: ${rows(answer)} rows instead of ${rows(nothing)}`)
          // A busy machine is slow once, and long texts are searched longer; only what is calculated takes seconds more.
          if (slow.includes(value) && took > usual + 2800) {
            const { took: harmless } = await timed(value.replace(/[^\w ]/g, ' '))
            if ((await timed(value)).took > harmless + 2800) faults.push(`${where} takes ${took} ms`)
          }
        }
      }
    }
    check(tried > 500, `${tried} were tried`)
    check(faults.length === 0, `${faults.length} faults\n${faults.join('\n')}`)
  },
}
