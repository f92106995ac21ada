// The real program on data folders of its own, on free ports of the loopback.
import { execFileSync, spawn } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { pause } from './check.mjs'

export const program = resolve(process.env.SANTONG ?? 'build/santong')

export function freePort() {
  return new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => done(port))
    })
  })
}

/** An empty folder that goes away again. */
export function scratch(name) {
  const folder = mkdtempSync(join(tmpdir(), `santong-${name}-`))
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** `santong serve` on a folder: its ports stay the same over a restart, its log goes on. With `config`, a file to be
    written, the ports stand there and not on the command line, so that the folder's own settings may change them. */
export class Server {
  constructor(folder, options = [], config = undefined) {
    this.folder = folder
    this.options = options
    this.config = config
    this.program = program
    this.logFile = join(mkdtempSync(join(tmpdir(), 'santong-log-')), 'log')
  }

  /** Answers when /healthz does; throws with the log if the program ends before that. */
  async start() {
    this.port ??= await freePort()
    this.packagePort ??= await freePort()
    this.origin = `http://127.0.0.1:${this.port}`
    this.packages = `http://127.0.0.1:${this.packagePort}`
    const ports = this.config ? ['--config', this.config] : ['--port', String(this.port), '--package-port', String(this.packagePort)]
    if (this.config) writeFileSync(this.config, `[server]\nport = ${this.port}\npackage_port = ${this.packagePort}\n`)
    const log = openSync(this.logFile, 'a')
    // A demo stands still in tests: what its schools would do by themselves is no part of what is checked.
    this.child = spawn(this.program, ['serve', '--data', this.folder, '--teach-on', 'false', ...ports, ...this.options], { stdio: ['ignore', log, log], env: { ...process.env, ...this.environment } })
    closeSync(log)
    this.exited = new Promise((done) => this.child.once('exit', done))
    for (const end = Date.now() + 60_000; Date.now() < end; ) {
      if (this.child.exitCode !== null) throw new Error(`serve ended: ${this.log().slice(-4000)}`)
      if (await this.ready()) return this
      await pause(30)
    }
    throw new Error(`no answer at ${this.origin}`)
  }

  ready = () => fetch(`${this.origin}/healthz`).then((answer) => answer.status === 200, () => false)
  log = () => readFileSync(this.logFile, 'utf8')
  pid = () => this.child.pid
  /** Resident memory now, in MB. */
  memory = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.pid()}/status`, 'utf8'))[1]) / 1024

  async end(signal) {
    if (!this.child) return
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill(signal)
    await this.exited
  }

  /** kill -9: what a power cut of the server looks like to a browser. */
  halt = () => this.end('SIGKILL')

  /** A power cut, and the light is back. */
  async crash() {
    await this.halt()
    await this.start()
  }

  /** For good: the log goes, too. */
  async stop(signal = 'SIGTERM') {
    await this.end(signal)
    rmSync(dirname(this.logFile), { recursive: true, force: true })
  }
}

export const serve = (folder, options) => new Server(folder, options).start()

export const makeDemo = (folder, options = []) =>
  execFileSync(program, ['demo', '--data', folder, '--district', 'datonghu', '--seed', '1', ...options], { stdio: 'inherit' })

/** {role: {login, password, home, totp_secret}} of a demo folder. */
export function accountsOf(folder, options = []) {
  const table = execFileSync(program, ['demo', '--data', folder, '--accounts', ...options], { encoding: 'utf8' })
  const [head, ...rows] = table.trim().split('\n').map((line) => line.split(','))
  return Object.fromEntries(rows.map((cells) => [cells[0], Object.fromEntries(head.map((name, i) => [name, cells[i]]))]))
}

/** A folder of one's own with the demo in it: a copy of SANTONG_DEMO_FOLDER if that is ready, or else newly made. */
export function demoFolder(options = []) {
  const { folder } = scratch('demo')
  const ready = process.env.SANTONG_DEMO_FOLDER
  if (ready && options.length === 0) execFileSync('cp', ['-a', `${ready}/.`, folder])
  else makeDemo(folder, options)
  return folder
}

/** The demo district, served, with its `accounts`: of the folder SANTONG_DATA, or of one of its own that goes with it.
    Records lie in PostgreSQL if SANTONG_DATABASE names an empty database. */
export async function demoServer() {
  const options = process.env.SANTONG_DATABASE ? ['--database', process.env.SANTONG_DATABASE] : []
  const given = process.env.SANTONG_DATA
  const server = new Server(given ?? demoFolder(options), options)
  server.accounts = accountsOf(server.folder, options)
  await server.start()
  return Object.assign(server, {
    async stop() {
      await Server.prototype.stop.call(server)
      if (!given) rmSync(server.folder, { recursive: true, force: true })
    },
  })
}
