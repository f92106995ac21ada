// Checks 4, 5, 6, 9, 35 and 38: passwords, sessions, and what lies in the folder, as somebody finds it who holds the disk.
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { scratch } from '../support/program.mjs'
import { check, good, must } from './ground.mjs'
import { district } from './real_district.mjs'
import { belongings } from './routes.mjs'

/** Everything that the database of the demo holds, as bytes. */
function stored(ground) {
  if (process.env.SANTONG_DATABASE) return execFileSync('pg_dump', ['--data-only', process.env.SANTONG_DATABASE], { maxBuffer: 1024 ** 3 })
  const files = ['santong.db', 'santong.db-wal'].map((name) => join(ground.server.folder, name))
  return Buffer.concat(files.filter(existsSync).map((file) => readFileSync(file)))
}

/** Changes of the log by somebody who holds the file, and what is then wrong. */
const tampering = {
  'a changed row': (log, middle) => log.exec(`UPDATE audit_log SET detail = '{"changed":true}' WHERE number = ${middle}`),
  'another time': (log, middle) => log.exec(`UPDATE audit_log SET at = at + 1 WHERE number = ${middle}`),
  'a row that is gone': (log, middle) => log.exec(`DELETE FROM audit_log WHERE number = ${middle}`),
  'two rows that changed places': (log, middle) => log.exec(`UPDATE audit_log SET number = -1 WHERE number = ${middle};
    UPDATE audit_log SET number = ${middle} WHERE number = ${middle + 1}; UPDATE audit_log SET number = ${middle + 1} WHERE number = -1`),
  'a tail that is cut off': (log, middle) => log.exec(`DELETE FROM audit_log WHERE number > ${middle}`),
  'a tail that is cut off with its head': (log, middle) => log.exec(`DELETE FROM audit_log WHERE number > ${middle};
    UPDATE audit_head SET number = ${middle}, hash = (SELECT hash FROM audit_log WHERE number = ${middle})`),
  'a head that is gone': (log) => log.exec('DELETE FROM audit_head'),
}

export default {
  async '4 weak passwords are refused with their reason; 6 a code ends with the password that replaces it'(ground) {
    await ground.callers()
    const office = await ground.signedIn('sysadmin')
    const [person] = (await ground.staff(ground.own.id, 'teacher')).filter((one) => one.roles.length === 1).slice(1)
    const { account } = must(await ground.who.info_office.get(`/api/v1/people/${person.id}`), 'the teacher')
    const slip = must(await office.post(`/api/v1/accounts/${account.id}/reset`), 'a code')
    const again = must(await office.post(`/api/v1/accounts/${account.id}/reset`), 'another code')
    check(/^[A-Z0-9]{8,}$/.test(again.code) && again.code !== slip.code, `a code: ${again.code}`)
    const one = ground.client('newcomer')
    check(!good(await one.signIn(slip.login, slip.code)), 'the code before the last one opens the door')
    must(await one.signIn(slip.login, again.code), 'the last code')
    const refused = await one.get('/api/v1/resources')
    check(refused.status === 403 && refused.json.code === 'auth.password_change_required', `before a password of his own: ${refused.status}`)
    const reasons = { short: 'auth.password_too_short', password123: 'auth.password_common', [`${slip.login}${slip.login}`.slice(0, slip.login.length)]: undefined }
    for (const [weak, reason] of Object.entries(reasons)) {
      const answer = await one.post('/api/v1/session/password', { current: again.code, next: weak })
      check(!good(answer) && (!reason || answer.text.includes(reason)), `${weak}: ${answer.status} ${answer.text}`)
    }
    must(await one.post('/api/v1/session/password', { current: again.code, next: 'Kontrolle-neu-7391' }), 'a good one')
    check(!good(await ground.client('late').signIn(slip.login, again.code)), 'the code opens the door once more')
    ground.spent = [slip.code, again.code, 'Kontrolle-neu-7391']
  },

  async '9 a session gets a new token at every sign-in and new password; one that was put in is worth nothing'(ground) {
    const planted = ground.client('planted')
    planted.cookie = 'sid=1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
    const { login, password } = ground.server.accounts.technician
    const answer = await planted.signIn(login, password)
    must(answer, 'signs in with a planted cookie')
    check(planted.cookie !== 'sid=1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', 'the planted token is taken over')
    const first = planted.cookie
    must(await planted.signIn(login, password), 'signs in again')
    check(planted.cookie !== first, 'the token stays the same')
  },

  async '5 and 38 no password, code, session, phone or number is in the database in clear'(ground) {
    const own = await belongings(ground)
    check(ground.spent, 'codes were used')
    const bytes = stored(ground)
    check(bytes.includes('$argon2id$v=19$m='), 'passwords are kept by argon2id')
    // What the demo shows to everybody is no secret: its own accounts.
    const chosen = Object.values(ground.who).map((one) => one.password).filter((one) => one?.startsWith('Kontrolle'))
    const secrets = [...ground.spent, own.number, '13812340719', ground.who.technician.cookie.split('=')[1], ...chosen].filter(Boolean)
    check(secrets.length > 15, `${secrets.length} secrets are looked for`)
    const found = [...new Set(secrets)].filter((one) => bytes.includes(one))
    check(found.length === 0, `in clear: ${found.join(', ')}`)
  },

  async '35 whoever changes, takes out, exchanges or cuts off rows of the log on the disk is found out'(ground) {
    const { server, data } = await district(ground)
    await server.end('SIGTERM')
    const { folder, remove } = scratch('log')
    const verify = () => spawnSync(server.program, ['audit', 'verify', '--data', folder], { encoding: 'utf8' })
    const faults = []
    for (const [name, change] of [['nothing', () => {}], ...Object.entries(tampering)]) {
      cpSync(data, folder, { recursive: true, force: true })
      const log = new DatabaseSync(join(folder, 'santong.db'))
      const { last } = log.prepare('SELECT MAX(number) AS last FROM audit_log').get()
      check(last > 3, `${last} rows are in the log`)
      change(log, Math.floor(last / 2))
      log.close()
      const { status, stdout, stderr } = verify()
      if (status !== (name === 'nothing' ? 0 : 4)) faults.push(`${name}: ${status} ${stdout}${stderr}`)
    }
    remove()
    await server.start()
    check(faults.length === 0, faults.join('\n'))
  },
}
