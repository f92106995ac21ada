// The real program with a demo folder of its own, on a free port.
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const program = process.env.SANTONG ?? 'build/santong'

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}

async function untilReady(origin) {
  for (let tries = 0; tries < 150; tries++) {
    try {
      if ((await fetch(`${origin}/healthz`)).status === 200) return
    } catch {
      // not listening yet
    }
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error(`no answer at ${origin}`)
}

/** {origin, accounts: {role: {login, password, home, totp_secret}}, restart(), kill(), stop(), folder, program} */
export async function demoServer() {
  const given = process.env.SANTONG_DATA
  const folder = given ?? mkdtempSync(join(tmpdir(), 'santong-journeys-'))
  if (!given) execFileSync(program, ['demo', '--data', folder, '--district', 'datonghu', '--seed', '1'], { stdio: 'inherit' })
  const table = execFileSync(program, ['demo', '--data', folder, '--accounts'], { encoding: 'utf8' })
  const [head, ...rows] = table.trim().split('\n').map((line) => line.split(','))
  const accounts = Object.fromEntries(rows.map((cells) => [cells[0], Object.fromEntries(head.map((name, i) => [name, cells[i]]))]))
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  let child
  const start = async () => {
    child = spawn(program, ['serve', '--data', folder, '--port', String(port), '--package-port', String(await freePort())], { stdio: ['ignore', 'ignore', 'ignore'] })
    await untilReady(origin)
  }
  const end = (signal) => new Promise((resolve) => {
    child.once('exit', resolve)
    child.kill(signal)
  })
  await start()
  return {
    origin, accounts, folder, program,
    /** kill -9 and start again: what a power cut of the server looks like to a browser. */
    async crash() {
      await end('SIGKILL')
      await start()
    },
    async stop() {
      await end('SIGTERM')
      if (!given) rmSync(folder, { recursive: true, force: true })
    },
  }
}
