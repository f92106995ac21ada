// A full disk: a small one that is filled while the program serves from it.
import { execFileSync } from 'node:child_process'
import { cpSync, closeSync, ftruncateSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs'
import { check, command, pause } from './node.mjs'

const spare = 48 << 20

function sizeOf(folder) {
  return Number(execFileSync('du', ['-sb', folder], { encoding: 'utf8' }).split('\t')[0])
}

/** Takes all room of a disk; `release` gives it back. */
function fill(folder) {
  const file = `${folder}/filler`
  const descriptor = openSync(file, 'w')
  for (let block = 1 << 20; block >= 512; block >>= 1) {
    try {
      for (;;) if (writeSync(descriptor, Buffer.alloc(block, 1)) < block) break
    } catch (error) {
      if (error.code !== 'ENOSPC') throw error
    }
  }
  return {
    giveBack: (bytes) => ftruncateSync(descriptor, Math.max(0, statOf(file) - bytes)),
    release() {
      closeSync(descriptor)
      rmSync(file)
    },
  }
}
const statOf = (file) => Number(execFileSync('stat', ['-c', '%s', file], { encoding: 'utf8' }))

function smallDisk(top, folder) {
  const disk = `${top}/disk`
  mkdirSync(disk)
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeOf(folder) + spare}`, 'tmpfs', disk])
  cpSync(folder, `${disk}/data`, { recursive: true })
  return { disk, data: `${disk}/data`, unmount: () => execFileSync('umount', ['-l', disk]) }
}

const newPlan = (title) => ({ title, subject: '14', grade: 5, lesson_ids: [] })

async function whileFull({ server, teacher, disk, before }) {
  const filler = fill(disk)
  const refused = []
  const lateYes = []
  for (let n = 0; n < 12; n++) {
    const answer = await teacher.post('/api/v1/lesson-plans', newPlan(`满盘 ${n}`))
    if (answer.status < 300) lateYes.push(`满盘 ${n}`)
    else refused.push({ status: answer.status, code: (await answer.json()).code })
  }
  check(refused.length > 0, 'writes are refused on a full disk')
  for (const { status, code } of refused) check([503, 507].includes(status) && code === 'http.disk_full', `a write is answered ${status} ${code}`)
  const upload = await teacher.begin('大课件.pdf', 1 << 20)
  check([503, 507].includes(upload.status) && upload.code.includes('disk_full'), `an upload is answered ${upload.status} ${upload.code}`)
  for (const path of ['/api/v1/lesson-plans', '/api/v1/today', '/api/v1/session', '/healthz', '/']) {
    const answer = await teacher.get(path)
    check(answer.status === 200, `${path} is read on a full disk (${answer.status})`)
  }
  const titles = JSON.stringify(await (await teacher.get('/api/v1/lesson-plans?limit=100')).json())
  for (const title of [...before, ...lateYes]) check(titles.includes(title), `${title} was acknowledged and is there`)
  check(server.child.exitCode === null, 'the server lives')
  return { filler, lateYes }
}

export default {
  async 'a full disk: writes are refused, reads go on, nothing acknowledged is lost, and it works again when there is room'({ top, folder, node, accounts }) {
    const { disk, data, unmount } = smallDisk(top, folder)
    try {
      const server = await node(data).start()
      const teacher = await server.signIn(accounts.teacher)
      const before = []
      for (let n = 0; n < 10; n++) {
        check((await teacher.post('/api/v1/lesson-plans', newPlan(`有空 ${n}`))).status < 300, 'there is room')
        before.push(`有空 ${n}`)
      }
      const { filler, lateYes } = await whileFull({ server, teacher, disk, before })
      filler.release()
      await pause(200)
      check((await teacher.post('/api/v1/lesson-plans', newPlan('又有空'))).status < 300, 'it works again without a restart')
      await server.crash()
      const again = await server.signIn(accounts.teacher)
      const titles = JSON.stringify(await (await again.get('/api/v1/lesson-plans?limit=100')).json())
      for (const title of [...before, ...lateYes, '又有空']) check(titles.includes(title), `${title} is there after kill -9`)
      await server.end('SIGTERM')
    } finally {
      unmount()
    }
  },

  async 'a backup or a restore that meets a full disk says so and leaves nothing half'({ top, folder }) {
    const saved = command('backup', `${top}/b.bak`, '--data', folder)
    check(saved.code === 0, saved.err)
    const disk = `${top}/disk`
    mkdirSync(disk)
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=20m', 'tmpfs', disk])
    try {
      const backup = command('backup', `${disk}/b.bak`, '--data', folder)
      check(backup.code === 1 && /space|full/i.test(backup.err), `${backup.code} ${backup.err}`)
      const restored = command('restore', `${top}/b.bak`, '--data', `${disk}/r`)
      check(restored.code === 1 && /space|full/i.test(restored.err), `${restored.code} ${restored.err}`)
      check(execFileSync('ls', ['-A', disk], { encoding: 'utf8' }).trim() === '', 'the disk is as it was')
      check(statfsSync(disk).bavail > 0, 'its room is free again')
    } finally {
      execFileSync('umount', ['-l', disk])
    }
  },
}
