// A school's box by hand: it joins with a code, signs as a box does, and may say whatever a test wants it to say.
import { createHash, createPublicKey, generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { zstdDecompressSync } from 'node:zlib'
import { send } from '../security/client.mjs'
import { program } from './program.mjs'

/** 32 bytes of an open key, in base64. */
const raw = (key) => Buffer.from(key.export({ format: 'jwk' }).x, 'base64url').toString('base64')

/** A zstd frame that says its size, in blocks that are not packed; `claimed` is the size that it says. */
export function frame(bytes, claimed = bytes.length) {
  const head = Buffer.alloc(13)
  head.writeUInt32LE(0xfd2fb528, 0)
  head[4] = 0xe0 // one segment, size in eight bytes
  head.writeBigUInt64LE(BigInt(claimed), 5)
  const parts = [head]
  for (let at = 0; at === 0 || at < bytes.length; at += 131_072) {
    const piece = bytes.subarray(at, at + 131_072)
    const last = at + 131_072 >= bytes.length ? 1 : 0
    const block = piece.length * 8 + last
    parts.push(Buffer.from([block & 255, (block >> 8) & 255, block >> 16]), piece)
  }
  return Buffer.concat(parts)
}

/** A frame of a few hundred bytes that unpacks to `megabytes` of one letter. */
export function bomb(megabytes) {
  const head = frame(Buffer.alloc(0), megabytes * 1_048_576).subarray(0, 13)
  const block = (last) => {
    const said = 131_072 * 8 + 2 + last
    return Buffer.from([said & 255, (said >> 8) & 255, said >> 16, 0x61])
  }
  return Buffer.concat([head, ...Array.from({ length: megabytes * 8 }, (_, i) => block(i === megabytes * 8 - 1 ? 1 : 0))])
}

export class Box {
  /** Joins as the box of a school of the hub that `server` serves. */
  static async joined(server, school) {
    const said = execFileSync(program, ['node', 'invite', school, '--data', server.folder, ...server.options], { encoding: 'utf8' })
    const box = new Box()
    box.origin = server.origin
    box.pair = generateKeyPairSync('ed25519')
    const exchange = generateKeyPairSync('x25519')
    const wish = {
      code: said.trim().split('\n').at(-1), node: randomUUID(), version: '0.2.0',
      open_key: raw(createPublicKey(box.pair.privateKey)), exchange_key: raw(exchange.publicKey),
    }
    const answer = await send(box.origin, 'POST', '/api/v1/node/join', { headers: { 'content-type': 'application/json' }, body: JSON.stringify(wish) })
    if (answer.status !== 200) throw new Error(`join: ${answer.status} ${answer.text}`)
    Object.assign(box, { node: answer.json.node, parent: answer.json.parent, district: answer.json.district, school: answer.json.org_id, ticket: '', number: 500_000 })
    return box
  }

  /** The signed headers of a request, over what the caller says is signed. */
  headers(method, path, ticket, body, { node = this.node, key = this.pair.privateKey } = {}) {
    const text = ['santong-node-request/1', method, path, ticket, createHash('sha256').update(body).digest('hex')].join('\n')
    return {
      'santong-node': node, 'santong-district': String(this.district), 'santong-ticket': ticket,
      'santong-signature': sign(null, Buffer.from(text), key).toString('base64'),
    }
  }

  /** Sends once, as it stands, and keeps the next ticket. */
  async once(method, path, body, headers) {
    const answer = await send(this.origin, method, path, { headers: { 'content-length': body.length, ...headers }, body: body.length > 0 ? body : undefined })
    this.ticket = answer.headers['santong-ticket'] ?? this.ticket
    return answer
  }

  /** As a box does it: with the ticket at hand, and once more with the one that a refusal brings. */
  async say(method, path, body = Buffer.alloc(0)) {
    const first = await this.once(method, path, body, this.headers(method, path, this.ticket, body))
    if (first.status !== 401 || first.json?.code !== 'nodes.ticket') return first
    return this.once(method, path, body, this.headers(method, path, this.ticket, body))
  }

  report = () => ({ version: '0.2.0', now: Date.now(), waiting_up: 0, parked: 0, disk_free: 1 })

  async ask(path, question) {
    const answer = await this.say('POST', `/api/v1/node/${path}`, frame(Buffer.from(JSON.stringify(question))))
    return Object.assign(answer, { told: answer.status === 200 ? JSON.parse(zstdDecompressSync(answer.bytes).toString()) : undefined })
  }

  push = (changes, more = {}) => this.ask('push', { changes, last_seq: this.number, report: this.report(), ...more })
  pull = (cursor = '', more = {}) => this.ask('pull', { cursor, report: this.report(), ...more })

  /** Everything that this box is given when it is new. */
  async everything() {
    const all = []
    for (let cursor = '', more = true; more; ) {
      const { told, status, text } = await this.pull(cursor)
      if (!told) throw new Error(`pull: ${status} ${text}`)
      all.push(...told.batch.changes)
      cursor = told.batch.cursor
      more = told.batch.more
    }
    return all
  }

  /** A change as an honest box would tell it; `with_` changes what a test wants to be wrong. */
  change(type, id, table, row, with_ = {}) {
    return {
      deed: 'put', type, id, scope_org_id: this.school, origin: this.node, origin_seq: ++this.number,
      version: Date.now() * 65_536, at: Date.now(), body: {},
      tables: [{ table, columns: Object.keys(row), rows: [Object.values(row)] }], ...with_,
    }
  }
}
