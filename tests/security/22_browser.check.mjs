// Checks 22, 23 and 25 in a real browser: hostile words and files on every page that shows them, and nothing runs.
import { readdirSync, readFileSync } from 'node:fs'
import { browserFor } from '../journeys/browser.mjs'
import { send } from './client.mjs'
import { check, good, must } from './ground.mjs'
import { belongings } from './routes.mjs'

const attacks = ['<img src=x onerror=hit()>', '"><svg onload=hit()>', '</script><script>hit()</script>', "{{constructor.constructor('hit()')()}}",
  '<a href="javascript:hit()">x</a>', '<iframe srcdoc="<script>parent.hit()</script>">', '\'onmouseover="hit()"autofocus onfocus=hit() x="']
/** Short enough for every field, with all of the corpus taken in turn. */
let turn = 0
const word = (most = 60) => attacks[turn++ % attacks.length].slice(0, most)

/** The paths that the screens have, from their own list. */
function pages(ids) {
  const features = new URL('../../web/src/features/', import.meta.url)
  const paths = readdirSync(features).flatMap((name) => {
    try {
      return [...readFileSync(new URL(`${name}/routes.ts`, features), 'utf8').matchAll(/path: '([^']+)'/g)].map((match) => match[1])
    } catch {
      return []
    }
  })
  return paths.flatMap((path) => {
    if (!path.includes(':')) return [path]
    const filled = path.replace(/:(\w+)\??/g, (whole, name) => ids[`${path.split('/')[1]}.${name}`] ?? ids[name] ?? whole)
    return filled.includes(':') ? [] : [filled]
  })
}

/** Hostile words in everything that people of the own school can write. */
async function poison(ground) {
  const own = await belongings(ground)
  const { academic, teacher, principal, head, info_office: office, guardian } = ground.who
  const group = ground.ownGroup.id
  const made = []
  const attempt = async (what, client, method, path, body) => {
    const answer = await client.send(method, `/api/v1${path}`, { body })
    check(answer.status < 500, `${what}: ${answer.status}`)
    if (good(answer)) made.push(what)
    return answer.json
  }
  const pupils = must(await academic.get('/api/v1/people', { kind: 'pupil', org: group, limit: 7 }), 'pupils').items
  for (const pupil of pupils) {
    const answer = await academic.change(`/api/v1/people/${pupil.id}`, { name: word() })
    check(answer.status === 400, `a name with signs is taken: ${answer.status}`)
  }
  const room = await attempt('class', academic, 'POST', '/orgs', { parent_id: ground.own.id, kind: 'class_group', name: '', class_group: { grade: 1, number: 8, name: word(30), room: word(30) } })
  await attempt('place', office, 'PATCH', `/orgs/${ground.own.id}`, { short_name: word(), version: must(await office.get(`/api/v1/orgs/${ground.own.id}`), 'the school').version })
  const { class_id } = { class_id: group }
  await attempt('reason', academic, 'POST', '/substitutions', { class_id, date: own.tomorrow, period: 2, kind: 'cancelled', reason: word() })
  await attempt('note', academic, 'POST', '/patrol-exceptions', { class_id, date: own.today, period: 1, kind: 'not_taught', note: word() })
  await attempt('calendar', principal, 'PUT', '/calendar', { org_id: ground.own.id, date: own.later, kind: 'exam', name: word() })
  await attempt('bell', principal, 'PUT', `/bells/${ground.own.id}`, { from: own.later, periods: own.bell.map((one) => ({ ...one, name: word(20) })) })
  await attempt('declaration', principal, 'POST', '/declarations', { indicator: 'I20', org_id: ground.own.id, month: own.today.slice(0, 7), value: 30, note: word() })
  const plan = await attempt('plan', teacher, 'POST', '/lesson-plans', { title: word(), subject: '14', grade: 5, usual: 'teaching.template.new_lesson', lesson_ids: [] })
  const sections = attacks.map((text, i) => ({ key: `k${i}`, title: text.slice(0, 60), minutes: 5, text: attacks.join('\n'), resources: [], questions: [{ text, options: [text, text], answer: 0 }] }))
  await attempt('sections', teacher, 'PUT', `/lesson-plans/${plan.plan.id}`, { version: plan.plan.version, content: { title: word(), hours: 1, sections, homework: attacks.join('\n') }, sharing: 'school' })
  const headPlan = await attempt('plan', head, 'POST', '/lesson-plans', { title: word(), subject: '14', grade: 5, usual: 'teaching.template.new_lesson', lesson_ids: [] })
  await attempt('template', head, 'POST', '/lesson-templates', { name: word(), plan_id: headPlan.plan.id, any_subject: true })
  const about = { title: word(), description: attacks.join('\n'), subject: '14', grade_from: 5, grade_to: 5, licence: 'region_teaching', source: 'adapted', source_note: word(), attribution: word(40) }
  await teacher.upload(`${word().replace(/[/\\"]/g, '_')}.txt`, Buffer.from('课堂练习一\n'))
  check(teacher.lastFile, 'a file with a hostile name is taken')
  const resource = await attempt('resource', teacher, 'POST', '/resources', { file_id: teacher.lastFile, url: '', about })
  await attempt('submitted', teacher, 'POST', `/resources/${resource.item.id}/submit`, { scope: 'school' })
  const list = `姓名,性别,班级\n${attacks.map((text) => `"${text.replaceAll('"', '""')}","${text.replaceAll('"', '""')}",一(1)班`).join('\n')}\n`
  await academic.upload(`${word().replace(/[/\\"]/g, '_')}.csv`, Buffer.from(list))
  const imported = await attempt('import', academic, 'POST', '/imports', { file_id: academic.lastFile, kind: 'pupils' })
  await attempt('dry run', academic, 'POST', `/imports/${imported.id}/dry-run`, {})
  check(made.length >= 12, `hostile words were taken in ${made.length} places only: ${made}`)
  let review
  for (const name of ['head', 'academic', 'principal']) {
    const found = must(await ground.who[name].get('/api/v1/reviews', { limit: 100 }), 'reviews').items.find((row) => row.subject_id === resource.item.id)
    if (found) review = { id: found.id, by: name }
  }
  check(guardian, 'somebody looks')
  return {
    ids: { 'imports.id': imported.id, 'resources.id': resource.item.id, 'schools.id': ground.own.id, 'profiles.id': ground.own.id, 'classes.id': group,
      'people.id': pupils[0].id, planId: plan.plan.id, 'review.id': review?.id, code: 'I20', resourceId: resource.item.id },
    review, room: room?.id,
  }
}

/** Waits until a page says nothing new. A stream of events is always open, so that the network is never idle. */
async function settled(page) {
  let before = ''
  const loaded = () => document.body.innerText.length > 40 && !document.querySelector('.skeleton-block, [aria-busy="true"], .skeleton')
  await page.waitForFunction(loaded, undefined, { timeout: 3_000 }).catch(() => {})
  for (let tries = 0; tries < 12; tries++) {
    await page.waitForTimeout(200)
    const now = await page.evaluate(() => document.body.innerText)
    if (now === before && now.length > 40) return
    before = now
  }
}

async function look(chrome, ground, client, paths, faults) {
  const context = await chrome.newContext({ baseURL: ground.origin, locale: 'zh-CN' })
  const [name, value] = client.cookie.split('=')
  await context.addCookies([{ name, value: client.cookie.slice(name.length + 1) || value, url: ground.origin, httpOnly: true }])
  context.setDefaultTimeout(90_000)
  const page = await context.newPage()
  let at = ''
  await page.exposeFunction('hit', () => faults.push(`${client.name} ${at}: a script ran`))
  await page.exposeFunction('blocked', (what) => faults.push(`${client.name} ${at}: the policy had to stop ${what}`))
  await page.addInitScript(() => document.addEventListener('securitypolicyviolation', (event) => window.blocked(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`)))
  page.on('dialog', (dialog) => {
    faults.push(`${client.name} ${at}: a dialog ${dialog.message()}`)
    dialog.dismiss().catch(() => {})
  })
  for (const path of paths) {
    at = path
    await page.goto(path, { waitUntil: 'load' })
    await settled(page)
    const grown = await page.evaluate(() => document.querySelectorAll('img[src="x"], [onerror], [onload], [onfocus], a[href^="javascript:"], iframe[srcdoc]').length)
    if (grown > 0) faults.push(`${client.name} ${path}: ${grown} elements grew out of texts`)
    const words = await page.evaluate(() => document.body.innerText)
    if (/onerror|constructor\.constructor|onload=/.test(words)) ground.shown = (ground.shown ?? new Set()).add(path)
  }
  await context.close()
}

const hostile = {
  '图.svg': '<svg xmlns="http://www.w3.org/2000/svg" onload="hit()"><script>hit()</script></svg>',
  '页.html': '<!doctype html><script>hit()</script><img src=x onerror=hit()>',
  '文.txt': '<html><script>hit()</script></html>',
  '表.csv': '<script>hit()</script>,1\n',
  '像.xml': '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><script>hit()</script></html>',
  '双.gif': 'GIF89a/*\x01\x00\x01\x00\x00\x00\x00*/=1;hit()//<script>hit()</script>',
  '双.pdf': '%PDF-1.4\n<script>hit()</script>\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(hit())>>>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF',
}

export default {
  async '22 hostile words run nowhere on any page, and the policy has nothing to stop'(ground) {
    const { ids, review } = await poison(ground)
    const all = pages(ids)
    check(all.length > 35, `${all.length} pages are looked at`)
    const browser = await browserFor(ground.server)
    const faults = []
    try {
      await browser.visit(async ({ page: first }) => {
        const chrome = first.context().browser()
        const rest = (wanted) => all.filter((path) => wanted.test(path))
        const visits = [['academic', /orgs|people|classes|schools|imports|timetable|review$|academic|resources$/], ['teacher', /today|prepare|records|resources|account|pair/],
          ['principal', /principal|indicators|profiles|school-records|roles/], [review?.by, /review/], ['info_office', /accounts|terms|roles|people|cockpit$/],
          ['leader', /cockpit|profiles|orgs/], ['auditor', /audit/], ['pupil', /my-day/]]
        await Promise.all(visits.filter(([name]) => name).map(([name, wanted]) => look(chrome, ground, ground.who[name], rest(wanted), faults)))
      }, 'hostile words')
    } finally {
      await browser.close()
    }
    check(faults.length === 0, `${faults.length} faults\n${[...new Set(faults)].join('\n')}`)
    check((ground.shown?.size ?? 0) >= 6, `the words were to be seen on ${[...(ground.shown ?? [])]} only`)
  },

  async '23 every page and every answer has a policy without inline scripts and eval'(ground) {
    const faults = []
    const paths = ['/', '/signin', '/people', '/no/such/page', '/index.html', '/healthz', '/api/v1/session/options', '/api/v1/none', '/f/x/y']
    const { text } = await ground.client('nobody').get('/')
    paths.push(...[...text.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map((match) => match[1]))
    check(paths.length > 10, 'the page has assets')
    for (const path of paths) {
      const { headers } = await ground.client('nobody').get(path)
      const policy = headers['content-security-policy'] ?? ''
      const directive = Object.fromEntries(policy.split(';').map((part) => part.trim().split(/\s+/)).map(([name, ...values]) => [name, values.join(' ')]))
      const scripts = directive['script-src'] ?? directive['default-src'] ?? ''
      const wrong = !policy ? 'no policy' : /unsafe|data:|\*|https?:/.test(scripts) ? `scripts from ${scripts}` : /unsafe/.test(directive['style-src'] ?? '') ? 'inline styles'
        : directive['object-src'] !== "'none'" ? 'objects' : !/'none'|'self'/.test(directive['base-uri'] ?? '') ? 'base' : directive['frame-ancestors'] !== "'none'" ? 'frames' : ''
      if (wrong) faults.push(`${path}: ${wrong}`)
      if (headers['x-content-type-options'] !== 'nosniff') faults.push(`${path}: no nosniff`)
      if (headers.server || headers['x-powered-by']) faults.push(`${path}: tells what serves it`)
    }
    check(!/<script(?![^>]*\bsrc=)[^>]*>|\son\w+=|style="/.test(text), 'the page itself has inline scripts or styles')
    check(faults.length === 0, faults.join('\n'))
  },

  async '25 hostile files open nowhere as a page of ours'(ground) {
    await belongings(ground)
    const { teacher } = ground.who
    const faults = []
    const taken = []
    for (const [name, text] of Object.entries(hostile)) {
      teacher.lastFile = undefined
      const answer = await teacher.upload(name, Buffer.from(text, 'latin1'))
      check(answer.status < 500, `${name}: ${answer.status}`)
      if (!teacher.lastFile) continue
      taken.push({ name, id: teacher.lastFile })
      const about = must(await teacher.get(`/api/v1/files/${teacher.lastFile}/about`), name)
      for (const path of [`/api/v1/files/${teacher.lastFile}`, about.address.url]) {
        const { headers } = await teacher.get(path)
        const shown = !/^attachment/.test(headers['content-disposition'])
        if (!/sandbox/.test(headers['content-security-policy']) || /allow-scripts/.test(headers['content-security-policy'])) faults.push(`${name}: no sandbox`)
        if (headers['x-content-type-options'] !== 'nosniff') faults.push(`${name}: sniffed`)
        if (shown && /html|svg|xml/.test(headers['content-type'])) faults.push(`${name}: shown as ${headers['content-type']}`)
      }
    }
    check(taken.length > 0, 'some were taken')
    const browser = await browserFor(ground.server)
    try {
      await browser.visit(async ({ page: first }) => {
        const chrome = first.context().browser()
        for (const { name, id } of taken) {
          const context = await chrome.newContext({ baseURL: ground.origin })
          await context.addCookies([{ name: 'sid', value: teacher.cookie.slice(4), url: ground.origin, httpOnly: true }])
          const page = await context.newPage()
          await page.exposeFunction('hit', () => faults.push(`${name}: a script ran`))
          await page.goto(`/api/v1/files/${id}`).catch(() => {})
          await page.waitForTimeout(150)
          await context.close()
        }
      }, 'hostile files')
    } finally {
      await browser.close()
    }
    const escape = await send(ground.server.packages, 'GET', '/api/v1/session', { headers: { cookie: teacher.cookie } })
    if (escape.status !== 404) faults.push(`the second origin answers with a session: ${escape.status}`)
    check(faults.length === 0, faults.join('\n'))
  },
}
