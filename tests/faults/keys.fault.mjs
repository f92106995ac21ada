// Master keys that are lost come back from the sheet in the safe, and nothing is lost with them.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { check, command, program } from './node.mjs'

const keyFile = (folder) => join(folder, 'keys', readdirSync(join(folder, 'keys')).find((name) => /^master-.*\.key$/.test(name)))
/** The groups of a sheet as they lie in the safe. */
const sheetOf = (folder) => command('key', 'sheet', '--data', folder).out.match(/\b[0-9A-F]{4}[2-9A-Z]\b/g)
/** Somebody types a sheet. */
function restore(folder, groups) {
  const { status, stdout, stderr } = spawnSync(program, ['key', 'restore', '--data', folder], { encoding: 'utf8', input: `${groups.map((group, at) => `${at + 1} ${group}`).join('\n')}\n` })
  return { code: status, said: stdout + stderr }
}

/** What only the right key opens: a sealed number, the second factors, the head of the audit log. */
async function everythingReads(server, folder, accounts) {
  const office = await server.signIn(accounts.info_office)
  const teacher = await (await office.get('/api/v1/people?role=teacher&limit=1')).json()
  const numbers = await (await office.post(`/api/v1/people/${teacher.items[0].id}/personal`, { reason: '核对恢复后的资料' })).json()
  check(/^\d{11}$/.test(numbers.phone), `the phone number opens: ${JSON.stringify(numbers)}`)
  const audit = command('audit', 'verify', '--data', folder)
  check(audit.code === 0 && audit.out.includes('unbroken'), audit.out + audit.err)
}

async function refusesToServe(one) {
  const told = await one.start().then(() => '', (error) => String(error))
  check(/master keys are not in/.test(told), `it serves without its keys: ${told}`)
}

export default {
  async 'a lost master key comes back from its recovery sheet, a wrong group is named, a key that works stays'({ node, folder, accounts }) {
    const groups = sheetOf(folder)
    check(groups.length === 17, `a sheet of ${groups.length} groups`)
    const file = keyFile(folder)
    const key = readFileSync(file)
    const untouched = restore(folder, groups)
    check(untouched.code === 2 && /in its place and works/.test(untouched.said) && readFileSync(file).equals(key), untouched.said)

    rmSync(file)
    const ill = command('doctor', '--data', folder)
    check(ill.code === 5 && /fault +keys /.test(ill.out) && ill.out.includes('santong key restore'), ill.out)
    await refusesToServe(node())
    check(readdirSync(join(folder, 'keys')).every((name) => !name.startsWith('master-')), 'a new key hides that the old one is gone')

    const wrong = [...groups]
    wrong[6] = wrong[6].replace(/^./, (digit) => (digit === '3' ? '8' : '3'))
    const refused = restore(folder, wrong)
    check(refused.code === 2 && /group 7\b/.test(refused.said), refused.said)
    const short = restore(folder, groups.slice(0, 16))
    check(short.code === 2 && /17 groups/.test(short.said), short.said)
    check(!existsSync(file), 'nothing was written')

    const back = restore(folder, groups)
    check(back.code === 0 && readFileSync(file).equals(key), back.said)

    // a bad sector: the file is there and opens nothing
    writeFileSync(file, Buffer.from(key).fill(0x2a, 8, 12), { mode: 0o600 })
    const damaged = command('doctor', '--data', folder)
    check(damaged.code === 5 && /fault +keys\.damaged/.test(damaged.out), damaged.out)
    const mended = restore(folder, groups)
    check(mended.code === 0 && readFileSync(file).equals(key) && existsSync(`${file}.damaged`), mended.said)
    await everythingReads(await node().start(), folder, accounts)
  },

  async 'a new machine stands from the backup, its passphrase and the recovery sheet'({ node, folder, top, accounts }) {
    const groups = sheetOf(folder)
    check(command('backup', `${top}/b.bak`, '--data', folder).code === 0, 'a backup is made')
    rmSync(folder, { recursive: true })

    const fresh = `${top}/new-machine`
    const restored = command('restore', `${top}/b.bak`, '--data', fresh)
    check(restored.code === 0, restored.err)
    // the keys lie on a disk of their own, and that one breaks on the first day
    rmSync(keyFile(fresh))
    await refusesToServe(node(fresh))
    const back = restore(fresh, groups)
    check(back.code === 0, back.said)
    const server = await node(fresh).start()
    await everythingReads(server, fresh, accounts)
    const ports = ['--port', String(server.port), '--package-port', String(server.packagePort)]
    const well = command('doctor', '--data', fresh, ...ports)
    check(well.code === 0, well.out)
    const auditor = await server.signIn(accounts.auditor)
    const log = await (await auditor.get('/api/v1/audit?action=key.restored')).json()
    check(log.items.length === 1 && log.items[0].action_name === '按恢复单放回主密钥', `the log tells: ${JSON.stringify(log.items)}`)
  },
}
