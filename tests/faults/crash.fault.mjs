// kill -9 while people write.
import { readdirSync, writeFileSync } from 'node:fs'
import { check, command, pause } from './node.mjs'

const rounds = 20
const writers = 6

async function allTitles(client) {
  const titles = new Set()
  for (let after = ''; after !== null; ) {
    const page = await (await client.get(`/api/v1/lesson-plans?limit=100${after ? `&after=${after}` : ''}`)).json()
    for (const item of page.items) titles.add(item.title)
    after = page.next || null
  }
  return titles
}

export default {
  async 'kill -9 twenty times under writing: what was acknowledged is there, and nothing is there twice'({ node, accounts, folder }) {
    const server = await node().start()
    const acknowledged = new Set()
    for (let round = 0; round < rounds; round++) {
      const teacher = await server.signIn(accounts.teacher)
      let writing = true
      const work = Array.from({ length: writers }, async (_, writer) => {
        for (let n = 0; writing; n++) {
          const title = `崩溃 ${round}-${writer}-${n}`
          try {
            const answer = await teacher.post('/api/v1/lesson-plans', { title, subject: '14', grade: 5, lesson_ids: [] })
            if (answer.status < 300) acknowledged.add(title)
            else if (answer.status !== 429) throw new Error(`unexpected ${answer.status}`)
            await answer.arrayBuffer()
          } catch (error) {
            if (String(error).includes('unexpected')) throw error
            return // the connection went with the server
          }
        }
      })
      await pause(120 + (round * 37) % 200)
      await server.end('SIGKILL')
      writing = false
      await Promise.all(work)
      await server.start()
    }
    const teacher = await server.signIn(accounts.teacher)
    const there = await allTitles(teacher)
    const lost = [...acknowledged].filter((title) => !there.has(title))
    check(acknowledged.size > rounds, `${acknowledged.size} writes were acknowledged`)
    check(lost.length === 0, `${lost.length} of ${acknowledged.size} acknowledged writes are lost: ${lost.slice(0, 3)}`)
    await server.end('SIGTERM')
    const doctor = command('doctor', '--data', folder, '--port', String(server.port), '--package-port', String(server.packagePort), '--json')
    check(doctor.code === 0, `doctor finds a fault: ${doctor.out}`)
  },

  async 'what a killed server leaves in uploads/ is gone after its next start'({ node, folder, accounts }) {
    const server = await node().start()
    await server.end('SIGKILL')
    writeFileSync(`${folder}/uploads/body-aB3dE6`, 'half a body')
    await server.start()
    check(!readdirSync(`${folder}/uploads`).some((name) => name.startsWith('body-')), 'no body is left')
    await server.signIn(accounts.teacher)
  },

  async 'a second server on the same folder is refused, and takes over after a kill -9'({ node }) {
    const first = await node().start()
    let refusal = ''
    await node().start().catch((error) => (refusal = String(error)))
    check(refusal.includes('another process serves'), refusal)
    await first.end('SIGKILL')
    await node().start()
  },

  async 'a demo that was cut off is not served'({ top, program }) {
    const { spawn } = await import('node:child_process')
    const child = spawn(program, ['demo', '--data', `${top}/cut`], { stdio: ['ignore', 'pipe', 'ignore'] })
    await new Promise((done) => child.stdout.once('data', done))
    await pause(200)
    child.kill('SIGKILL')
    await new Promise((done) => child.once('exit', done))
    const served = command('serve', '--data', `${top}/cut`, '--port', '1')
    check(served.code === 1 && served.err.includes('cut off'), `${served.code} ${served.err.slice(-300)}`)
    const again = command('demo', '--data', `${top}/cut`)
    check(again.code === 1 && again.err.includes('cut off'), `${again.code} ${again.err.slice(-300)}`)
    check(command('demo', '--data', `${top}/cut`, '--accounts').code === 1, 'its accounts are not printed')
  },
}
