// Checks 7 and 8 on a real folder: a demo lets administrators in without a second factor.
import { totp } from '../support/totp.mjs'
import { Client } from './client.mjs'
import { check, good, must } from './ground.mjs'
import { administrators, district, loginOf, newcomer, password } from './real_district.mjs'
import { openapi } from './routes.mjs'

/** What somebody without a second factor may still read: himself, and what every sign-in page knows; the first start is over. */
const own = /^\/(healthz|certificate\/\w+\.\w+|api\/v1\/(certificate|setup|open\/\w+|session(\/\w+)?|me|me\/.*|pupil-signin\/classes|openapi.*|events|sync\/status))$/
const minute = 60_000

async function enrol(one) {
  const { secret } = must(await one.post('/api/v1/me/totp'), 'enrolment begins')
  const wrong = await one.post('/api/v1/me/totp/confirm', { code: totp(secret, Date.now() + 10 * minute) })
  check(!good(wrong), 'a wrong code confirms the enrolment')
  must(await one.post('/api/v1/me/totp/confirm', { code: totp(secret) }), 'enrolment is confirmed')
  return secret
}

export default {
  async '7 on a real folder an administrator reaches nothing before his second factor, and never without it again'(ground) {
    const place = await district(ground)
    const faults = []
    for (const role of administrators) {
      const one = await newcomer(place, role)
      const session = must(await one.get('/api/v1/session'), `${role}: session`)
      check(session.demo === false && session.totp_required && session.permissions.length === 0, `${role}: ${JSON.stringify(session)}`)
      const paths = Object.keys(openapi.paths).filter((path) => openapi.paths[path].get && !path.includes('{') && !own.test(path))
      check(paths.length > 20, `${paths.length} routes are tried`)
      for (const path of paths) {
        const answer = await one.get(path)
        if (answer.status !== 403 || answer.json?.code !== 'auth.totp_enrolment_required') faults.push(`${role} reads ${path}: ${answer.status} ${answer.text.slice(0, 80)}`)
      }
      place.secrets[role] = await enrol(one)
      const after = must(await one.get('/api/v1/session'), `${role}: session`)
      check(after.totp_enrolled && after.permissions.length > 0, `${role} has his rights: ${JSON.stringify(after)}`)
      const bare = await new Client(place.origin).signIn(loginOf(role), password)
      check(bare.status === 401 && bare.json.code === 'auth.totp_required', `${role} without a code: ${bare.status} ${bare.text}`)
      check(!bare.headers['set-cookie'], `${role} without a code has a cookie`)
    }
    check(faults.length === 0, `${faults.length} faults\n${faults.join('\n')}`)
  },

  async '8 a code of the second factor works once, a wrong one not at all, and guessing locks the account'(ground) {
    const { origin, secrets } = await district(ground)
    check(secrets.sysadmin, 'the administrators have enrolled')
    const enter = (role, code, word = password) => new Client(origin).signIn(loginOf(role), word, code)
    // The code after this moment's: one step early is taken, and the one of the enrolment is spent.
    const next = () => totp(secrets.sysadmin, Date.now() + minute / 2)
    const told = (answer) => `${answer.status} ${answer.json?.code}`
    check(told(await enter('sysadmin', totp(secrets.sysadmin, Date.now() + 10 * minute))) === '401 auth.totp_invalid', 'a code of another time')
    check(told(await enter('sysadmin', next(), 'wrong-one-7391')) === '401 auth.invalid_credentials', 'a right code beside a wrong password')
    const code = next()
    must(await enter('sysadmin', code), 'the next code')
    check(told(await enter('sysadmin', code)) === '401 auth.totp_invalid', 'the same code again')
    const guesses = []
    for (let i = 0; i < 10; i++) guesses.push(told(await enter('auditor', '000000')))
    check(new Set(guesses).size === 1 && guesses[0] === '401 auth.totp_invalid', `guesses: ${guesses}`)
    const locked = await enter('auditor', totp(secrets.auditor, Date.now() + minute / 2))
    check(locked.status === 429, `after ten guesses: ${told(locked)}`)
  },
}
