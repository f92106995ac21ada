// Backups of a serving node, damaged backups, restores that are killed.
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { check, command, pause, program } from './node.mjs'

const newPlan = (title) => ({ title, subject: '14', grade: 5, lesson_ids: [] })

export default {
  async 'a backup made under writing holds what was acknowledged before it began, and its restore serves'({ node, accounts, top, folder }) {
    const server = await node().start()
    const teacher = await server.signIn(accounts.teacher)
    const made = await teacher.post('/api/v1/lesson-plans', newPlan('先前'))
    check(made.status < 300, 'a plan is made')
    const { id } = (await made.json()).plan
    let writing = true
    const writes = (async () => {
      for (let n = 0; writing; n++) await (await teacher.post('/api/v1/lesson-plans', newPlan(`同时 ${n}`))).arrayBuffer()
    })()
    const child = spawn(program, ['backup', `${top}/b.bak`, '--data', folder], { env: { ...process.env, SANTONG_BACKUP_PASSPHRASE: 'one long passphrase' } })
    const code = await new Promise((done) => child.once('exit', done))
    writing = false
    await writes
    check(code === 0, `the backup is made (${code})`)
    const restored = command('restore', `${top}/b.bak`, '--data', `${top}/r`)
    check(restored.code === 0, restored.err)
    const audit = command('audit', 'verify', '--data', `${top}/r`)
    check(audit.code === 0, audit.out)
    const again = await node(`${top}/r`).start()
    const client = await again.signIn(accounts.teacher)
    const kept = await client.get(`/api/v1/lesson-plans/${id}`)
    check(kept.status === 200 && (await kept.json()).plan.content.title === '先前', `the plan is there (${kept.status})`)
    const resources = await (await client.get('/api/v1/resources?limit=5')).json()
    check(resources.items.length > 0, 'the library is there')
    const doctor = command('doctor', '--data', `${top}/r`, '--deep', '--port', String(again.port), '--package-port', String(again.packagePort))
    check(doctor.code === 0, doctor.out)
  },

  async 'a flipped bit, a cut file and a wrong passphrase are each named, and nothing is made (check 37)'({ top, folder }) {
    check(command('backup', `${top}/b.bak`, '--data', folder).code === 0, 'a backup is made')
    const whole = readFileSync(`${top}/b.bak`)
    const attempt = (bytes, words) => {
      writeFileSync(`${top}/bad.bak`, bytes)
      const { code, err } = command('restore', `${top}/bad.bak`, '--data', `${top}/r`)
      check(code === 2 && err.includes(words), `${code} ${err}`)
      check(readdirSync(top).every((name) => ['b.bak', 'bad.bak', 'data', 'pass'].includes(name)), 'nothing is left')
    }
    for (let n = 0; n < 12; n++) {
      const bytes = Buffer.from(whole)
      bytes[200 + Math.floor(((whole.length - 201) * n) / 11)] ^= 1 << (n % 8)
      attempt(bytes, 'piece')
    }
    attempt(whole.subarray(0, whole.length - 100), 'cut off')
    attempt(whole.subarray(0, whole.length >> 1), 'cut off')
    attempt(Buffer.from('no backup at all'), 'no Santong backup')
    writeFileSync(`${top}/pass`, 'another passphrase\n', { mode: 0o600 })
    const { code, err } = command('restore', `${top}/b.bak`, '--data', `${top}/r`, '--passphrase-file', `${top}/pass`)
    check(code === 2 && err.includes('wrong passphrase'), `${code} ${err}`)
    check(command('restore', `${top}/b.bak`, '--data', folder).err.includes('is not empty'), 'a full folder is left alone')
  },

  async 'kill -9 in the middle of a restore leaves nothing that serves, and the next restore clears it away'({ top, folder, node }) {
    check(command('backup', `${top}/b.bak`, '--data', folder).code === 0, 'a backup is made')
    const environment = { ...process.env, SANTONG_BACKUP_PASSPHRASE: 'one long passphrase' }
    let cut = 0
    for (const after of [700, 1700, 2700, 3700]) {
      const child = spawn(program, ['restore', `${top}/b.bak`, '--data', `${top}/r`], { env: environment, stdio: 'ignore' })
      const exited = new Promise((done) => child.once('exit', done))
      await pause(after)
      child.kill('SIGKILL')
      await exited
      if (existsSync(`${top}/r`)) break // it was faster than the kill
      cut++
      for (const name of readdirSync(top).filter((one) => one.startsWith('r.restoring-'))) {
        const served = command('serve', '--data', `${top}/${name}`, '--port', '1')
        check(served.code === 1 && served.err.includes('cut off'), `half a restore is not served: ${served.code} ${served.err}`)
      }
    }
    check(cut > 1, `${cut} restores were cut`)
    if (!existsSync(`${top}/r`)) check(command('restore', `${top}/b.bak`, '--data', `${top}/r`).code === 0, 'the next one succeeds')
    check(!readdirSync(top).some((name) => name.includes('.restoring-')), 'nothing is left of those that were cut')
    await node(`${top}/r`).start()
  },
}
