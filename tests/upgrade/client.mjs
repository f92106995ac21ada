/** Somebody signed in who asks and is answered, or it fails. */
export class Client {
  constructor(origin) {
    this.origin = origin
    this.headers = {}
  }
  async call(method, path, body) {
    const answer = await fetch(`${this.origin}/api/v1${path}`, { method, headers: { ...this.headers, ...(body ? { 'content-type': 'application/json' } : {}) }, body: body && JSON.stringify(body) })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 300)}`)
    const cookie = answer.headers.get('set-cookie')
    if (cookie) this.headers = { cookie: cookie.split(';')[0], 'x-csrf-token': JSON.parse(text).csrf }
    return JSON.parse(text || 'null')
  }
  /** An upload by tus in one piece; answers the file's id. */
  async upload(name, bytes) {
    const tus = { ...this.headers, 'tus-resumable': '1.0.0' }
    const made = await fetch(`${this.origin}/api/v1/uploads`, { method: 'POST', headers: { ...tus, 'upload-length': String(bytes.length), 'upload-metadata': `filename ${Buffer.from(name).toString('base64')}` } })
    const sent = await fetch(new URL(made.headers.get('location'), this.origin), { method: 'PATCH', headers: { ...tus, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }, body: bytes })
    if (!sent.ok) throw new Error(`${name}: ${sent.status} ${await sent.text()}`)
    return sent.headers.get('santong-file-id')
  }
  async bytes(path) {
    const answer = await fetch(`${this.origin}/api/v1${path}`, { headers: this.headers })
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
    return Buffer.from(await answer.arrayBuffer())
  }
  signIn = (login, password) => this.call('POST', '/session', { login, password })
}

/** The school's figures of a week, when two readings are the same. */
export async function figures(principal, school, week) {
  for (let before = '', tries = 0; tries < 60; tries++) {
    const { numbers } = await principal.call('GET', `/schools/${school}/profile?week=${week}`)
    const now = Object.fromEntries(numbers.map((one) => [one.code, one.value]))
    if (JSON.stringify(now) === before) return now
    before = JSON.stringify(now)
    await new Promise((next) => setTimeout(next, 500))
  }
  throw new Error('the figures do not come to rest')
}
