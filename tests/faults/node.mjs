// A node of the program on a folder of its own, and who talks to it.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { check } from '../support/check.mjs'
import { accountsOf, makeDemo, program, scratch, Server } from '../support/program.mjs'

export { check, pause } from '../support/check.mjs'
export { program }

/** Runs a subcommand to its end: {code, out, err}. */
export function command(...args) {
  const environment = { ...process.env, SANTONG_BACKUP_PASSPHRASE: 'one long passphrase' }
  const result = spawnSync(program, args, { encoding: 'utf8', env: environment })
  return { code: result.status, out: result.stdout, err: result.stderr }
}

/** One signed-in person. */
class Client {
  constructor(origin) {
    this.origin = origin
    this.headers = {}
  }
  async request(method, path, body, headers = {}) {
    const raw = body instanceof Uint8Array || typeof body === 'string'
    return fetch(this.origin + path, {
      method,
      body: body === undefined ? undefined : raw ? body : JSON.stringify(body),
      headers: { ...this.headers, ...(raw || body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    })
  }
  get(path) {
    return this.request('GET', path)
  }
  post(path, body, headers) {
    return this.request('POST', path, body, headers)
  }
  /** Begins an upload (tus 1.0) and answers its path, or the refusal. */
  async begin(name, size) {
    const answer = await this.post('/api/v1/uploads', undefined, {
      'tus-resumable': '1.0.0', 'upload-length': String(size), 'upload-metadata': `filename ${Buffer.from(name).toString('base64')}`,
    })
    return { status: answer.status, path: answer.headers.get('location'), code: answer.status < 300 ? '' : (await answer.json()).code }
  }
  async piece(path, offset, bytes) {
    const answer = await this.request('PATCH', path, bytes, {
      'tus-resumable': '1.0.0', 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream',
    })
    const code = answer.status < 300 ? '' : (await answer.json()).code
    return { status: answer.status, file: answer.headers.get('santong-file-id'), code }
  }
  async offset(path) {
    const answer = await this.request('HEAD', path, undefined, { 'tus-resumable': '1.0.0' })
    return Number(answer.headers.get('upload-offset'))
  }
}

/** A server that people sign in to. */
class Node extends Server {
  memoryMegabytes() {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${this.pid()}/status`, 'utf8'))[1]) / 1024
  }
  async signIn({ login, password }) {
    const client = new Client(this.origin)
    const answer = await client.post('/api/v1/session', { login, password })
    check(answer.status === 200, `${login} signs in (${answer.status})`)
    client.headers.cookie = answer.headers.get('set-cookie').split(';')[0]
    client.headers['x-csrf-token'] = (await answer.json()).csrf
    return client
  }
}

/** A demo folder, and worlds that are copies of it. */
export class Worlds {
  constructor() {
    this.place = scratch('faults')
    this.demo = process.env.SANTONG_DEMO_FOLDER ?? join(this.place.folder, 'demo')
    if (!existsSync(this.demo)) makeDemo(this.demo)
    this.accounts = accountsOf(this.demo)
    this.count = 0
  }

  close = () => this.place.remove()

  /** {top, folder, accounts, node(), log(), end()}. */
  copy() {
    const top = join(this.place.folder, `world-${++this.count}`)
    mkdirSync(top)
    const folder = join(top, 'data')
    cpSync(this.demo, folder, { recursive: true, preserveTimestamps: true })
    const nodes = []
    return {
      top, folder, accounts: this.accounts,
      /** A node on this world's folder, or on another one of it. */
      node: (at = folder, options = []) => {
        nodes.push(new Node(at, options))
        return nodes.at(-1)
      },
      log: () => nodes.map((one) => one.log()).join(''),
      async end() {
        for (const one of nodes) await one.stop('SIGKILL')
        rmSync(top, { recursive: true, force: true })
      },
    }
  }
}
