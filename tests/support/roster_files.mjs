// What a bureau brings on the day it opens: its schools as a OneRoster bundle, its people as sheets of its own; fourteen rows are wrong.
import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { tmpdir } from 'node:os'
import { unzip, workbook, zip } from './zip.mjs'

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const withCheck = (digits) => digits + '10X98765432'[[...digits].reduce((sum, digit, i) => sum + Number(digit) * weights[i], 0) % 11]
/** Fields of one line of a CSV whose quoted fields hold no line break. */
function fieldsOf(line) {
  const fields = ['']
  let quoted = false
  for (let at = 0; at < line.length; at++) {
    const sign = line[at]
    if (sign === '"' && quoted && line[at + 1] === '"') fields[fields.length - 1] += line[++at]
    else if (sign === '"') quoted = !quoted
    else if (sign === ',' && !quoted) fields.push('')
    else fields[fields.length - 1] += sign
  }
  return fields
}
const rowsOf = (bytes) => {
  const [head, ...lines] = bytes.toString('utf8').trim().split(/\r?\n/).map((line) => fieldsOf(line))
  return lines.map((line) => Object.fromEntries(head.map((name, i) => [name, line[i] ?? ''])))
}
const quoted = (text) => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
const csv = (rows) => [Object.keys(rows[0]), ...rows.map(Object.values)].map((row) => row.map(quoted).join(',')).join('\n') + '\n'

/** The demo's roster as the program gives it out. */
function exported(server) {
  const file = join(tmpdir(), `santong-roster-${process.pid}.zip`)
  execFileSync(server.program, ['export', 'oneroster', file, '--data', server.folder], { stdio: 'ignore' })
  const files = unzip(readFileSync(file))
  rmSync(file)
  return Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name.replace('.csv', ''), rowsOf(bytes)]))
}

/** The bundle that opens an empty folder: the district, its schools, this term, and who imports the rest. */
function opening(roster, officeLogins, year) {
  const term = { ...roster.academicSessions[0], title: `${year}学年第一学期`, startDate: `${year}-09-01`, endDate: `${year + 1}-01-31`, schoolYear: String(year + 1) }
  const users = roster.users.filter((one) => officeLogins.includes(one.username.toLowerCase()))
  const of = (rows, key) => rows.filter((row) => users.some((one) => one.sourcedId === row[key]))
  const manifest = roster.manifest.map((row) => (['file.classes', 'file.courses', 'file.enrollments'].includes(row.propertyName) ? { ...row, value: 'absent' } : row))
  return zip({
    'manifest.csv': csv(manifest), 'academicSessions.csv': csv([term]), 'orgs.csv': csv(roster.orgs), 'users.csv': csv(users),
    'roles.csv': csv(of(roster.roles, 'userSourcedId').map((row) => ({ ...row, beginDate: '' }))), 'demographics.csv': csv(of(roster.demographics, 'sourcedId')),
  })
}

const subjects = new Map(readFileSync(new URL('../../src/modules/roster/codes/2012/ZXXKC.csv', import.meta.url), 'utf8').split(/\r?\n/).map((line) => line.split(',').slice(0, 2)))
const schoolNames = (roster) => new Map(roster.orgs.map((one) => [one.sourcedId, one.name]))
const sexWords = { male: '男', female: '女' }

/** 650 teachers; `wrong` plants three errors. */
function staffSheet(roster, wrong) {
  const names = schoolNames(roster)
  const users = new Map(roster.users.map((one) => [one.sourcedId, one]))
  const births = new Map(roster.demographics.map((one) => [one.sourcedId, one]))
  const rows = roster.roles.filter((one) => one.role === 'teacher').map((role) => {
    const user = users.get(role.userSourcedId)
    const facts = births.get(role.userSourcedId)
    return [names.get(role.orgSourcedId), user.familyName + user.givenName, sexWords[facts.sex], facts.birthDate, user.identifier || user.username, subjects.get(user['metadata.santong.subject']) ?? '', user.sms || user.phone]
  })
  if (wrong) {
    rows[20][5] = '炼金术'
    rows[300][6] = rows[300][6].slice(0, 9)
    rows[640][0] = '大通湖区第九中学校'
  }
  return [['工作单位', '姓名', '性别', '出生日期', '工号', '任教学科', '手机'], ...rows]
}

/** 8,420 pupils of today's age; `wrong` plants eleven errors. */
function pupilSheet(roster, year, wrong) {
  const names = schoolNames(roster)
  const users = new Map(roster.users.map((one) => [one.sourcedId, one]))
  const births = new Map(roster.demographics.map((one) => [one.sourcedId, one]))
  const classes = new Map(roster.classes.map((one) => [one.sourcedId, one]))
  const gradeNames = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九', '高一', '高二', '高三']
  const shift = year - 2014
  const rows = roster.enrollments.filter((one) => one.role === 'student').map((one, n) => {
    const pupil = users.get(one.userSourcedId)
    const guardian = users.get(pupil.agentSourcedIds)
    const group = classes.get(one.classSourcedId)
    const facts = births.get(one.userSourcedId)
    const birth = `${Number(facts.birthDate.slice(0, 4)) + shift}${facts.birthDate.slice(4).replace('-02-29', '-02-28')}`
    const citizen = withCheck(`430981${birth.replaceAll('-', '')}${String((Math.floor(n / 2) * 2 + (facts.sex === 'male' ? 1 : 0)) % 1000).padStart(3, '0')}`)
    const grade = Number(group.grades)
    return [names.get(one.schoolSourcedId), `${gradeNames[grade]}${grade < 10 ? '年级' : ''}`, group.title, pupil.familyName + pupil.givenName, sexWords[facts.sex], birth, `G${citizen}`, citizen,
      guardian ? guardian.familyName + guardian.givenName : '', '', guardian ? guardian.sms || guardian.phone : '']
  })
  // A sequence that two children of one birthday would share moves on.
  const taken = new Set()
  for (const row of rows) {
    for (let citizen = row[7]; ; citizen = withCheck(citizen.slice(0, 14) + String((Number(citizen.slice(14, 17)) + 2) % 1000).padStart(3, '0'))) {
      if (taken.has(citizen)) continue
      taken.add(citizen)
      row[6] = `G${citizen}`
      row[7] = citizen
      break
    }
  }
  if (wrong) {
    const bad = (n, column, value) => { rows[n][column] = value }
    const flipped = (text) => text.slice(0, -1) + (text.endsWith('1') ? '2' : '1')
    bad(100, 3, '')
    bad(900, 4, '不详')
    bad(1700, 5, `${rows[1700][5].slice(0, 4)}-02-31`)
    bad(2500, 7, flipped(rows[2500][7]))
    bad(2500, 6, '')
    bad(3300, 7, rows[3300][7].slice(0, 15) + '99')
    bad(3300, 6, '')
    bad(4100, 6, flipped(rows[4100][6]))
    bad(4100, 7, '')
    bad(4900, 10, rows[4900][10].slice(0, 10))
    bad(5700, 0, '不存在的学校')
    bad(6500, 1, '十四年级')
    bad(7300, 5, `${rows[7300][5].slice(0, 8)}${rows[7300][5].endsWith('11') ? '12' : '11'}`)
    rows[8100] = [...rows[8000]]
  }
  return [['学校名称', '年级', '班级', '姓名', '性别', '出生日期', '学籍号', '身份证件号', '监护人姓名', '与学生关系', '监护人电话'], ...rows]
}

/** GB18030, as many school systems still write. */
const national = (rows) => execFileSync('iconv', ['-f', 'UTF-8', '-t', 'GB18030'], { input: rows.map((row) => row.join(',')).join('\r\n') + '\r\n', maxBuffer: 64 * 1024 ** 2 })

function schoolYear() {
  const now = new Date(Date.now() + 8 * 3600_000)
  return now.getUTCMonth() >= 7 ? now.getUTCFullYear() : now.getUTCFullYear() - 1
}

/** The bundle alone. */
export const openingBundle = (server, logins) => opening(exported(server), logins, schoolYear())

export function rosterFiles(server, officeLogins) {
  const year = schoolYear()
  const roster = exported(server)
  return {
    bundle: opening(roster, officeLogins, year),
    staff: workbook(staffSheet(roster, true)), staffWhole: workbook(staffSheet(roster, false)),
    pupils: national(pupilSheet(roster, year, true)), pupilsWhole: national(pupilSheet(roster, year, false)),
  }
}
