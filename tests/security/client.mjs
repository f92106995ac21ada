// Requests as a program sends them: node's own HTTP client, one cookie and one CSRF token a session.
import { Agent, request } from 'node:http'

const agent = new Agent({ keepAlive: true, maxSockets: 8 })

/** {status, headers, bytes, text, json}: whatever came back, never thrown away because of its status. */
export function send(origin, method, path, { headers = {}, body, address, timeout = 120_000 } = {}) {
  return new Promise((resolve, reject) => {
    const whole = typeof path === 'string' ? path : `${path}`
    const { hostname, port } = new URL(origin)
    const options = { hostname, port, method, path: whole, headers, agent: address ? undefined : agent, localAddress: address, timeout }
    const wire = request(options, (answer) => {
      const parts = []
      answer.on('data', (part) => parts.push(part))
      answer.on('error', reject)
      answer.on('end', () => {
        const bytes = Buffer.concat(parts)
        resolve({
          status: answer.statusCode, headers: answer.headers, bytes,
          get text() { return bytes.toString('utf8') },
          get json() { try { return JSON.parse(bytes.toString('utf8')) } catch { return undefined } },
        })
      })
    })
    wire.on('timeout', () => wire.destroy(new Error(`${method} ${whole}: no answer in ${timeout} ms`)))
    wire.on('error', reject)
    if (body !== undefined) wire.write(body)
    wire.end()
  })
}

/** The first bytes of an answer that never ends, such as a stream of events. */
export function listen(origin, path, { headers = {}, milliseconds = 300 } = {}) {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin)
    const wire = request({ hostname, port, path, headers, agent: false }, (answer) => {
      let text = ''
      answer.on('data', (part) => { text += part })
      const end = () => {
        wire.destroy()
        resolve({ status: answer.statusCode, headers: answer.headers, text, bytes: Buffer.from(text) })
      }
      answer.on('end', end)
      answer.on('error', () => {})
      setTimeout(end, answer.statusCode === 200 ? milliseconds : 50)
    })
    wire.on('error', reject)
    wire.end()
  })
}

const inner = /sqlite_|SQLSTATE|syntax error at|no such (table|column)|\.cpp:|\.hpp:|std::|terminate called|stack trace/i
/** Answers of the whole run that a broken program gives, or that tell of its inside. */
export const broken = []

/** Somebody at a browser: signs in, keeps the cookie, sends the CSRF token with what changes something. */
export class Client {
  constructor(origin, name = 'nobody') {
    this.origin = origin
    this.name = name
    this.cookie = ''
    this.csrf = ''
    this.address = undefined
  }

  async send(method, path, { query = {}, body, headers = {}, raw } = {}) {
    const search = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== undefined).map(([name, value]) => [name, String(value)])).toString()
    const out = { accept: '*/*', ...headers }
    if (this.cookie) out.cookie ??= this.cookie
    if (this.csrf && !['GET', 'HEAD', 'OPTIONS'].includes(method)) out['x-csrf-token'] ??= this.csrf
    let payload = raw
    if (payload === undefined && body !== undefined) payload = JSON.stringify(body)
    if (payload !== undefined) {
      out['content-type'] ??= 'application/json'
      out['content-length'] = Buffer.byteLength(payload)
    } else if (!['GET', 'HEAD', 'OPTIONS'].includes(method)) {
      out['content-length'] = 0
    }
    const answer = await send(this.origin, method, search ? `${path}?${search}` : path, { headers: out, body: payload, address: this.address })
    if (answer.status === 500 || (answer.status >= 400 && inner.test(answer.text))) broken.push(`${method} ${path}: ${answer.status} ${answer.text.slice(0, 200)}`)
    const cookie = answer.headers['set-cookie']?.find((one) => /^(__Host-)?sid=/.test(one))
    if (cookie) {
      this.cookie = cookie.split(';')[0]
      if (answer.json?.csrf) this.csrf = answer.json.csrf
    }
    return answer
  }

  get = (path, query) => this.send('GET', path, { query })
  post = (path, body = {}, more = {}) => this.send('POST', path, { body, ...more })

  /** A change of a person or a place as it stands now. */
  async change(path, body) {
    const { version } = (await this.get(path)).json ?? {}
    return this.send('PATCH', path, { body: { ...body, version } })
  }

  /** The answer of the sign-in; the session goes on with it if it was right. */
  signIn(login, password, code) {
    this.login = login
    this.password = password
    return this.send('POST', '/api/v1/session', { body: { login, password, ...(code ? { totp: code } : {}) } })
  }

  /** An upload by tus in one piece; `lastFile` is then the id of the file. */
  async upload(name, bytes, type = 'application/octet-stream') {
    const meta = `filename ${Buffer.from(name).toString('base64')},filetype ${Buffer.from(type).toString('base64')}`
    const tus = { 'tus-resumable': '1.0.0' }
    const made = await this.send('POST', '/api/v1/uploads', { headers: { ...tus, 'upload-length': String(bytes.length), 'upload-metadata': meta } })
    if (made.status !== 201) return made
    const place = new URL(made.headers.location, this.origin).pathname
    const sent = await this.send('PATCH', place, { raw: bytes, headers: { ...tus, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' } })
    this.lastFile = sent.headers['santong-file-id']
    return Object.assign(sent, { file: this.lastFile })
  }
}
