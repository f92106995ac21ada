// Makes a small data folder of the present program: a school of the demo district with its class lists, signed in to and
// worked in. See tools/make_upgrade_folder.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { demoFolder, program, scratch } from '../support/program.mjs'
import { unzip, zip } from '../support/zip.mjs'
import { pack, schoolTerm, setClock, sheetsOf } from './term.mjs'

const name = process.argv[2]
const { folder, remove } = scratch('upgrade')
const served = demoFolder()
const data = join(folder, 'data')
const run = (...words) => execFileSync(program, words, { encoding: 'utf8' })

/** Lines of a CSV without quotes around line breaks, with their fields by the head. */
function table(bytes) {
  const [head, ...lines] = bytes.toString('utf8').trim().split(/\r?\n/)
  const columns = head.split(',')
  return { head, rows: lines.map((line) => ({ line, ...Object.fromEntries(line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/).map((field, at) => [columns[at], field])) })) }
}

/** The smallest school with its way up, its people, classes and enrolments. */
function oneSchool(files) {
  const tables = Object.fromEntries(Object.entries(files).map(([file, bytes]) => [file, table(bytes)]))
  const orgs = tables['orgs.csv'].rows
  const classes = tables['classes.csv'].rows
  const sizes = new Map()
  for (const one of tables['enrollments.csv'].rows) sizes.set(one.schoolSourcedId, (sizes.get(one.schoolSourcedId) ?? 0) + 1)
  const [school] = [...sizes].sort((a, b) => a[1] - b[1])[0]
  const up = new Set()
  for (let at = school; at; at = orgs.find((one) => one.sourcedId === at)?.parentSourcedId) up.add(at)
  const taught = new Set(classes.filter((one) => one.schoolSourcedId === school).map((one) => one.sourcedId))
  // Its staff and pupils, and the bureau's officers; no guardians of the whole district.
  const here = (one) => one.orgSourcedId === school || (up.has(one.orgSourcedId) && /Administrator|aide|proctor|counselor/i.test(one.role))
  const users = new Set(tables['roles.csv'].rows.filter(here).map((one) => one.userSourcedId))
  const keep = {
    'orgs.csv': (one) => up.has(one.sourcedId),
    'classes.csv': (one) => taught.has(one.sourcedId),
    'courses.csv': (one) => up.has(one.orgSourcedId),
    'enrollments.csv': (one) => taught.has(one.classSourcedId),
    'users.csv': (one) => users.has(one.sourcedId),
    'roles.csv': (one) => here(one),
    'demographics.csv': (one) => users.has(one.sourcedId),
  }
  return zip(Object.fromEntries(Object.entries(tables).map(([file, { head, rows }]) => [file, [head, ...rows.filter(keep[file] ?? (() => true)).map((one) => one.line)].join('\n') + '\n'])))
}

run('export', 'oneroster', join(folder, 'all.zip'), '--data', served)
const files = unzip(readFileSync(join(folder, 'all.zip')))
writeFileSync(join(folder, 'one.zip'), oneSchool(files))
run('migrate', '--data', data)
setClock(data, '2014-10-26T18:00:00+08:00')
console.log(run('import', 'oneroster', join(folder, 'one.zip'), '--data', data, '--accept-good'))
const bundle = unzip(readFileSync(join(folder, 'one.zip')))
const by = (role) => new Set(table(bundle['roles.csv']).rows.filter((one) => one.role === role).map((one) => one.userSourcedId))
const principals = by('principal')
const principal = table(bundle['users.csv']).rows.find((one) => principals.has(one.sourcedId))
const ownSchool = table(bundle['classes.csv']).rows[0].schoolSourcedId
const schoolName = table(bundle['orgs.csv']).rows.find((one) => one.sourcedId === ownSchool).name.replace(/^"|"$/g, '')
const logins = new Map(table(bundle['users.csv']).rows.map((one) => [`${one.familyName}${one.givenName}`, one.username.toLowerCase()]))
const sheets = await sheetsOf(served, schoolName)
const facts = await schoolTerm({ data, logins, principal: principal.username.toLowerCase(), sheets }, { begin: '2014-10-27T07:00:00+08:00', lesson: '2014-11-04T09:20:00+08:00', after: '2014-11-05T18:00:00+08:00', month: '2014-10' })
pack(data)
for (const part of ['serving.lock', 'cache', 'uploads']) rmSync(join(data, part), { recursive: true, force: true })
const home = new URL('.', import.meta.url).pathname
mkdirSync(home, { recursive: true })
const packed = brotliCompressSync(execFileSync('tar', ['-C', data, '-c', '.'], { maxBuffer: 1 << 28 }), { params: { [constants.BROTLI_PARAM_LGWIN]: 24 } })
writeFileSync(join(home, `${name}.tar.br`), packed)
writeFileSync(join(home, `${name}.json`), JSON.stringify({ ...facts, people: table(bundle['users.csv']).rows.length }, null, 2) + '\n')
remove()
rmSync(served, { recursive: true, force: true })
