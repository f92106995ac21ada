// A real folder, no demo: a bundle opens the district, the machine gives its administrators their first codes.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { scratch, serve } from '../support/program.mjs'
import { openingBundle } from '../support/roster_files.mjs'
import { Client } from './client.mjs'
import { must } from './ground.mjs'

export const administrators = ['info_office', 'sysadmin', 'secadmin', 'auditor']
export const loginOf = (role) => `dth-${role}`
export const password = '洞庭湖边-开学-2026'
/** The real district with its four administrators, served; made once. */
export const district = (ground) => ground.once('real district', async () => {
  const { folder, remove } = scratch('real')
  const data = join(folder, 'data')
  const run = (...words) => execFileSync(ground.server.program, [...words, '--data', data], { encoding: 'utf8' })
  const bundle = join(folder, 'opening.zip')
  writeFileSync(bundle, openingBundle(ground.server, administrators.map(loginOf)))
  run('import', 'oneroster', bundle)
  const codes = Object.fromEntries(administrators.map((role) => [role, run('code', loginOf(role)).trim().split(' ')[1]]))
  const server = await serve(data)
  ground.later(async () => {
    await server.stop()
    remove()
  })
  return { origin: server.origin, server, data, codes, secrets: {} }
})

/** An administrator after his first sign-in, before he has a second factor. */
export async function newcomer({ origin, codes }, role) {
  const one = new Client(origin, role)
  must(await one.signIn(loginOf(role), codes[role]), `${role} signs in by code`)
  must(await one.post('/api/v1/session/password', { current: codes[role], next: password }), `${role} chooses a password`)
  return one
}
