// Bodies that are too large, cut off, or not what they say.
import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'
import { check, command, pause } from './node.mjs'
import { writeFileSync } from 'node:fs'

const twoGigabytes = 2 * 1024 ** 3
const mebibyte = Buffer.alloc(1 << 20, 'x')

/** Sends a head and then body without end, until the server answers or closes: {answer, sent}. */
function pour(port, head, frame) {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(head)
      more()
    })
    let sent = 0
    let answer = ''
    const more = () => {
      while (!answer && !socket.destroyed && sent < twoGigabytes) {
        sent += mebibyte.length
        if (!socket.write(frame(mebibyte))) return
      }
    }
    const finish = () => done({ answer, sent })
    socket.on('drain', more)
    socket.on('data', (bytes) => {
      answer += bytes
      socket.destroy()
    })
    socket.on('close', finish)
    socket.on('error', finish)
  })
}

const line = (method, path, client, rest) =>
  `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\ncookie: ${client?.headers.cookie ?? ''}\r\nx-csrf-token: ${client?.headers['x-csrf-token'] ?? ''}\r\n${rest}\r\n\r\n`

export default {
  async 'a 2 GB body is refused before it is read, with a length or without one, and memory stays small'({ node, accounts }) {
    const server = await node().start()
    const teacher = await server.signIn(accounts.teacher)
    const before = server.memoryMegabytes()
    const json = 'Content-Type: application/json'
    const told = await pour(server.port, line('POST', '/api/v1/lesson-plans', teacher, `${json}\r\nContent-Length: ${twoGigabytes}`), (bytes) => bytes)
    check(told.answer.startsWith('HTTP/1.1 413') && told.answer.includes('http.body_too_large'), `413 to a told length: ${told.answer.slice(0, 80)}`)
    const untold = await pour(server.port, line('POST', '/api/v1/lesson-plans', teacher, `${json}\r\nTransfer-Encoding: chunked`),
      (bytes) => Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]))
    check(untold.answer.startsWith('HTTP/1.1 413'), `413 to chunks: ${untold.answer.slice(0, 80)}`)
    const nobody = await pour(server.port, line('POST', '/api/v1/uploads', null, `Tus-Resumable: 1.0.0\r\nUpload-Length: ${twoGigabytes}\r\nContent-Length: ${twoGigabytes}`), (bytes) => bytes)
    check(nobody.answer.startsWith('HTTP/1.1 401'), `a stranger's upload is refused: ${nobody.answer.slice(0, 80)}`)
    for (const { sent } of [told, untold, nobody]) check(sent < 64 << 20, `refused after ${sent >> 20} MB`)
    check(server.memoryMegabytes() - before < 64, `memory grew by ${server.memoryMegabytes() - before} MB`)
    check((await teacher.get('/api/v1/lesson-plans')).status === 200, 'the server goes on')
  },

  async 'half an upload goes on where it was cut, also after kill -9, and the bytes are right'({ node, accounts }) {
    const server = await node().start()
    const teacher = await server.signIn(accounts.teacher)
    const bytes = Buffer.concat([Buffer.from('%PDF-1.4\n'), randomBytes(3_000_000)])
    const { status, path } = await teacher.begin('半份.pdf', bytes.length)
    check(status === 201, `the upload begins (${status})`)
    await new Promise((done) => {
      const head = line('PATCH', path, teacher, `Tus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\nContent-Type: application/offset+octet-stream\r\nContent-Length: ${bytes.length}`)
      const socket = connect(server.port, '127.0.0.1', () => socket.write(Buffer.concat([Buffer.from(head), bytes.subarray(0, 1_500_000)]), () => setTimeout(() => socket.destroy(), 300)))
      socket.on('close', done)
    })
    await pause(300)
    const kept = await teacher.offset(path)
    check(kept > 1_000_000 && kept <= 1_500_000, `${kept} bytes are kept of a cut piece`)
    await server.crash()
    const again = await teacher.offset(path)
    check(again === kept, `${again} of ${kept} bytes are there after kill -9`)
    check((await teacher.piece(path, 0, bytes.subarray(0, 10))).status === 409, 'a piece at the wrong place is refused')
    const last = await teacher.piece(path, again, bytes.subarray(again))
    check(last.status === 204 && last.file, `the rest makes the file (${last.status} ${last.code})`)
    const back = Buffer.from(await (await teacher.get(`/api/v1/files/${last.file}`)).arrayBuffer())
    check(back.equals(bytes), 'the file has the bytes that were sent')
  },

  async 'a wrong file type and a broken zip get a clear answer'({ node, accounts, folder, top }) {
    const server = await node().start()
    const teacher = await server.signIn(accounts.teacher)
    const program = await teacher.begin('春晓.exe', 100)
    check(program.status === 415, `a program by its name (${program.status} ${program.code})`)
    const elf = Buffer.concat([Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]), Buffer.alloc(200)])
    const disguised = await teacher.begin('春晓.png', elf.length)
    const refused = await teacher.piece(disguised.path, 0, elf)
    check(refused.status === 415, `a program that calls itself a picture (${refused.status} ${refused.code})`)
    const broken = Buffer.concat([Buffer.from('PK\x03\x04\x14\x00\x00\x00\x08\x00'), randomBytes(2000)])
    for (const name of ['课件.zip', '名册.xlsx']) {
      const begun = await teacher.begin(name, broken.length)
      const answer = await teacher.piece(begun.path, 0, broken)
      check(answer.status === 415 || answer.status === 400 || answer.status === 422, `${name}, broken: ${answer.status} ${answer.code}`)
      check(answer.code.startsWith('files.'), `${name}: a text for people (${answer.code})`)
    }
    writeFileSync(`${top}/broken.zip`, broken)
    const imported = command('import', 'oneroster', `${top}/broken.zip`, '--data', folder)
    check(imported.code === 2 && imported.err.includes('damaged'), `a broken bundle: ${imported.code} ${imported.err}`)
  },
}
