// Check 12 over TLS, with a certificate of the district's own authority: what clients, tools and a real browser see.
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect as connectTls } from 'node:tls'
import { check, pause } from '../support/check.mjs'
import { freePort, program } from '../support/program.mjs'
import { send } from './client.mjs'

const require = createRequire(new URL('../../web/package.json', import.meta.url))
const { chromium } = require('playwright-core')
const { AxeBuilder } = require('@axe-core/playwright')

const domain = 'district.test'
const hub = `hub.${domain}`
const passphrase = 'Kontrolle der Leitung'
const santong = (...words) => execFileSync(program, words, { encoding: 'utf8', env: { ...process.env, SANTONG_BACKUP_PASSPHRASE: passphrase } })
const run = (tool, ...words) => spawnSync(tool, words, { encoding: 'utf8' })

/** A handshake: {protocol, cipher, serial, error}, and what `more` does with the open connection. */
function shake(port, options, more = () => undefined) {
  return new Promise((resolve) => {
    const socket = connectTls({ port, host: '127.0.0.1', servername: hub, ...options })
    const end = (result) => { socket.destroy(); resolve(result) }
    socket.on('error', (error) => end({ error: error.code ?? String(error) }))
    socket.on('close', () => end({ error: 'closed' }))
    socket.on('secureConnect', async () => {
      const found = { protocol: socket.getProtocol(), cipher: socket.getCipher().standardName, serial: socket.getPeerCertificate().serialNumber.toLowerCase() }
      end({ ...found, more: await more(socket) })
    })
  })
}

/** The program with its own log: {port, door, log(), hangUp(), stop()}. */
async function serveTls(folder, words) {
  const [port, packages, door] = [await freePort(), await freePort(), await freePort()]
  const logFile = join(folder, '..', `log-${port}`)
  const log = openSync(logFile, 'a')
  const child = spawn(program, ['serve', '--data', folder, '--port', String(port), '--package-port', String(packages), '--http-port', String(door), ...words], { stdio: ['ignore', log, log] })
  closeSync(log)
  process.once('exit', () => child.kill('SIGKILL'))
  const read = () => readFileSync(logFile, 'utf8')
  for (let tries = 0; !read().includes('"serving"') && !/\bserving\b/.test(read()); tries++) {
    check(child.exitCode === null && tries < 300, `it does not serve: ${read()}`)
    await pause(100)
  }
  return {
    port, door, log: read,
    https: `https://${hub}:${port}`, http: `http://127.0.0.1:${door}`,
    hangUp: () => child.kill('SIGHUP'),
    stop: () => new Promise((resolve) => { child.once('exit', resolve); child.kill('SIGTERM') }),
  }
}

/** A copy of the demo district, with an authority of its own, by https. */
function site(ground) {
  return ground.once('tls', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'santong-tls-'))
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
    const data = join(folder, 'data')
    const place = process.env.SANTONG_DATABASE ? ['--database', process.env.SANTONG_DATABASE] : []
    santong('backup', join(folder, 'b.bak'), '--data', ground.server.folder, ...place)
    santong('restore', join(folder, 'b.bak'), '--data', data)
    const made = santong('authority', 'create', domain, '127.0.0.0/8', '--data', data, '--name', '大通湖区教育局')
    const challenges = join(folder, 'acme')
    mkdirSync(join(challenges, '.well-known/acme-challenge'), { recursive: true })
    const server = await serveTls(data, ['--tls', 'authority', '--names', `${hub} 127.0.0.1`, '--challenge-folder', challenges])
    const root = join(folder, 'authority.crt')
    writeFileSync(root, (await send(server.http, 'GET', '/certificate/authority.crt')).bytes)
    return { folder, data, made, challenges, server, root, ca: readFileSync(root) }
  })
}

async function until(what, condition) {
  for (let tries = 0; tries < 100; tries++) {
    if (await condition()) return
    await pause(100)
  }
  throw new Error(`never: ${what}`)
}

/** Debian's Chromium with a home of its own, in which it may trust an authority. */
const browser = (home) => chromium.launch({
  executablePath: '/usr/bin/chromium', headless: true, env: { ...process.env, HOME: home },
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', `--host-resolver-rules=MAP ${hub} 127.0.0.1`],
})

export default {
  async '12 what the district authority issues is verified by openssl and curl, under its names only, until it is revoked'(ground) {
    const { folder, data, root, server, made } = await site(ground)
    check(made.includes(run('openssl', 'x509', '-in', root, '-noout', '-fingerprint', '-sha256').stdout.trim().split('=')[1]), 'the fingerprint that was printed')
    const out = join(folder, 'box')
    santong('authority', 'issue', `box1.${domain}`, '127.0.0.9', '--data', data, '--out', out)
    const box = join(out, 'certificate.pem')
    check(run('stat', '-c', '%a', join(out, 'key.pem')).stdout.trim() === '600', 'the key is for its owner only')
    const verify = (...words) => run('openssl', 'verify', '-CAfile', root, '-untrusted', box, '-purpose', 'sslserver', ...words, box)
    check(verify('-verify_hostname', `box1.${domain}`).status === 0, verify('-verify_hostname', `box1.${domain}`).stderr)
    check(verify('-verify_ip', '127.0.0.9').status === 0, 'its address')
    check(verify('-verify_hostname', `box2.${domain}`).status !== 0, 'another name is taken')
    for (const name of ['bank.example', `evil-${domain}`, '10.0.0.1', `*.${domain}`]) {
      const refused = run(program, 'authority', 'issue', name, '--data', data, '--out', join(folder, 'no'))
      check(refused.status === 1 && refused.stderr.includes(name), `${name}: ${refused.stdout}${refused.stderr}`)
    }
    const list = join(folder, 'authority.crl')
    const fetchList = async () => writeFileSync(list, (await send(server.http, 'GET', '/certificate/authority.crl')).bytes)
    const checked = () => run('openssl', 'verify', '-CAfile', root, '-untrusted', box, '-crl_check', '-CRLfile', list, box)
    await fetchList()
    check(checked().status === 0, `before: ${checked().stderr}`)
    santong('authority', 'revoke', `box1.${domain}`, '--data', data)
    await fetchList()
    check(/revoked/.test(checked().stderr), `after: ${checked().stdout}${checked().stderr}`)
    check(santong('authority', 'list', '--data', data).includes('revoked'), 'the list says so')
    const curl = (...words) => run('curl', '-sS', '-o', '/dev/null', '-w', '%{http_code}', '--resolve', `${hub}:${server.port}:127.0.0.1`, ...words, `${server.https}/healthz`)
    check(curl('--cacert', root).stdout === '200', curl('--cacert', root).stderr)
    check(curl().status === 60, `curl trusts it without the authority: ${curl().stdout}`)
  },

  async '12 TLS 1.2 and 1.3 with forward secrecy only, and nobody renegotiates'(ground) {
    const { server: { port }, ca } = await site(ground)
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0', ca }
    check((await shake(port, { ca })).protocol === 'TLSv1.3', 'TLS 1.3')
    const second = await shake(port, { ca, maxVersion: 'TLSv1.2' })
    check(second.protocol === 'TLSv1.2' && /^TLS_ECDHE_ECDSA_WITH_(AES_\d+_GCM|CHACHA20)/.test(second.cipher), JSON.stringify(second))
    check((await shake(port, old)).error, 'TLS 1.1 is spoken')
    for (const ciphers of ['AES128-SHA', 'AES128-GCM-SHA256', 'ECDHE-ECDSA-AES128-SHA', 'ECDHE-ECDSA-AES256-SHA384', 'NULL', 'aNULL']) {
      check((await shake(port, { ca, maxVersion: 'TLSv1.2', ciphers: `${ciphers}:@SECLEVEL=0` }).catch((error) => ({ error }))).error, `${ciphers} is taken`)
    }
    const again = await shake(port, { ca, maxVersion: 'TLSv1.2' }, (socket) => new Promise((resolve) => {
      socket.on('close', () => resolve('refused'))
      if (socket.renegotiate({}, (error) => resolve(error ? 'refused' : 'done')) === false) resolve('refused')
    }))
    check(again.more === 'refused' || again.error, `renegotiation: ${JSON.stringify(again)}`)
    const plain = await send(`http://127.0.0.1:${port}`, 'GET', '/healthz').catch((error) => ({ status: error.code }))
    check(plain.status !== 200, 'plain http at the TLS port')
  },

  async '12 plain http leads to https and shows the certificate, its page and answers of ACME, and sets nothing'(ground) {
    const { server, challenges, ca } = await site(ground)
    writeFileSync(join(challenges, '.well-known/acme-challenge/tok_en-1'), 'tok_en-1.print')
    for (const path of ['/', '/today?a=1', '/api/v1/session', '/metrics', '/api/v1/schools']) {
      const answer = await send(server.http, 'GET', path)
      check(answer.status === 308 && answer.headers.location === `https://127.0.0.1:${server.port}${path}`, `${path}: ${answer.status} ${answer.headers.location}`)
    }
    const posted = await send(server.http, 'POST', '/api/v1/session', { headers: { 'content-type': 'application/json', 'content-length': 2 }, body: '{}' })
    check(posted.status === 308 && !posted.headers['set-cookie'], `signing in by http: ${posted.status}`)
    for (const path of ['/certificate', '/certificate/authority.crt', '/.well-known/acme-challenge/tok_en-1', '/api/v1/certificate', '/today']) {
      const answer = await send(server.http, 'GET', path, { headers: { accept: 'text/html' } })
      check(!answer.headers['strict-transport-security'] && !answer.headers['set-cookie'], `${path} by http`)
      check(path === '/today' || answer.status === 200, `${path}: ${answer.status}`)
    }
    check((await send(server.http, 'GET', '/.well-known/acme-challenge/tok_en-1')).text === 'tok_en-1.print', 'the answer of ACME')
    for (const path of ['..%2f..%2fdata', '%2e%2e', 'tok_en-2', 'a/b']) {
      check((await send(server.http, 'GET', `/.well-known/acme-challenge/${path}`)).status !== 200, path)
    }
    check((await shake(server.port, { ca })).protocol, 'https goes on')
  },

  async '12 a renewed certificate is taken while it serves, and a broken one leaves the old one'(ground) {
    const { data, server, ca, folder } = await site(ground)
    const serial = async (port) => (await shake(port, { ca })).serial
    const first = await serial(server.port)
    santong('authority', 'revoke', hub, '--data', data)
    const open = connectTls({ port: server.port, host: '127.0.0.1', servername: hub, ca })
    await new Promise((resolve) => open.once('secureConnect', resolve))
    server.hangUp()
    await until('a new certificate after SIGHUP', async () => ![first, undefined].includes(await serial(server.port)))
    open.write('GET /healthz HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n')
    const text = await new Promise((resolve) => { let all = ''; open.on('data', (part) => { all += part }); open.on('end', () => resolve(all)); open.on('error', (error) => resolve(String(error))) })
    check(text.startsWith('HTTP/1.1 200'), `the connection that was open: ${text.slice(0, 80)}`)

    // The operator's own files: first none (an ACME program is still to come), then one, then a broken one, then the next.
    const own = join(folder, 'own')
    const issue = (name) => { santong('authority', 'issue', hub, '127.0.0.1', '--data', data, '--out', join(folder, name)); return join(folder, name) }
    mkdirSync(own)
    const put = (from) => { for (const name of ['certificate.pem', 'key.pem']) writeFileSync(join(own, name), readFileSync(join(from, name))) }
    const place = ['--certificate', join(own, 'certificate.pem'), '--private-key', join(own, 'key.pem')]
    const empty = join(folder, 'empty')
    const other = await serveTls(empty, [...place, '--challenge-folder', folder])
    try {
      check((await shake(other.port, { ca })).error, 'https without a certificate')
      check((await send(other.http, 'GET', '/certificate', { headers: { accept: 'text/html' } })).status === 200, 'the page while there is no certificate')
      put(issue('one'))
      other.hangUp()
      await until('the first certificate', async () => (await serial(other.port)) !== undefined)
      const one = await serial(other.port)
      writeFileSync(join(own, 'certificate.pem'), readFileSync(join(own, 'certificate.pem')).subarray(0, 300))
      other.hangUp()
      await until('a word about the broken file', () => /old one stays/.test(other.log()))
      check((await serial(other.port)) === one, 'the old one stays')
      const said = run(program, 'doctor', '--data', empty, '--port', String(other.port), '--http-port', String(other.door), ...place).stdout
      check(/fault +tls\./.test(said), `doctor: ${said}`)
      put(issue('two'))
      other.hangUp()
      await until('the next certificate', async () => ![one, undefined].includes(await serial(other.port)))
    } finally {
      await other.stop()
    }
  },

  async '12 in a real browser: the page, its certificate, and a sign-in by https with a __Host- cookie'(ground) {
    const { server, folder } = await site(ground)
    const home = join(folder, 'home')
    mkdirSync(join(home, '.pki/nssdb'), { recursive: true })
    const db = `sql:${join(home, '.pki/nssdb')}`
    execFileSync('certutil', ['-N', '-d', db, '--empty-password'])
    const downloaded = join(folder, 'downloaded.crt')
    const stranger = await browser(home)
    try {
      const before = await stranger.newPage()
      const refused = await before.goto(`${server.https}/signin`).then(() => '', (error) => String(error))
      check(refused.includes('ERR_CERT_AUTHORITY_INVALID'), `before it is trusted: ${refused}`)
      await before.close()
      const page = await (await stranger.newContext({ locale: 'zh-CN', acceptDownloads: true })).newPage()
      const complaints = []
      page.on('console', (message) => { if (message.type() === 'error') complaints.push(message.text()) })
      page.on('pageerror', (error) => complaints.push(String(error)))
      await page.goto(`${server.http}/certificate`)
      await page.locator('dd.print').first().waitFor()
      const shown = (await page.locator('dd.print').first().innerText()).replace(/\s+/g, ':')
      const [download] = await Promise.all([page.waitForEvent('download'), page.click('a[download]')])
      await download.saveAs(downloaded)
      const print = run('openssl', 'x509', '-in', downloaded, '-noout', '-fingerprint', '-sha256').stdout.trim().split('=')[1]
      check(shown === print, `the page shows ${shown}, the file has ${print}`)
      for (const language of ['中文', 'English']) {
        await page.locator('label', { hasText: language }).click()
        await page.waitForFunction((lang) => document.documentElement.lang.startsWith(lang), language === 'English' ? 'en' : 'zh')
        const { violations } = await new AxeBuilder({ page }).analyze()
        check(violations.length === 0, `axe: ${violations.map((one) => one.id)}`)
      }
      check(complaints.length === 0, `the page complained: ${complaints.join(' | ')}`)
    } finally {
      await stranger.close()
    }
    execFileSync('certutil', ['-A', '-d', db, '-t', 'C,,', '-n', 'santong', '-i', downloaded])
    const trusting = await browser(home)
    try {
      const context = await trusting.newContext({ locale: 'zh-CN' })
      const page = await context.newPage()
      const { login, password } = ground.server.accounts.teacher
      await page.goto(`${server.https}/signin`)
      await page.fill('input[autocomplete="username"]', login)
      await page.fill('input[autocomplete="current-password"]', password)
      await page.press('input[autocomplete="current-password"]', 'Enter')
      await page.waitForURL((url) => !url.pathname.startsWith('/signin'))
      await page.locator('h1').first().waitFor()
      const cookies = await context.cookies()
      const cookie = cookies.find((one) => one.name === '__Host-sid')
      check(cookie && cookie.secure && cookie.httpOnly && cookie.path === '/' && !cookies.some((one) => one.name === 'sid'), JSON.stringify(cookies.map((one) => ({ ...one, value: '' }))))
      check(await page.evaluate(() => window.isSecureContext && !!navigator.mediaDevices), 'no camera on this page')
      check((await page.evaluate(async () => (await fetch('/api/v1/session')).status)) === 200, 'the session')
      check(!(await page.evaluate(() => document.cookie)).includes('sid'), 'a script reads the cookie')
      const strict = await page.evaluate(async () => (await fetch('/healthz')).headers.get('strict-transport-security'))
      check(/max-age=\d{8}/.test(strict), `HSTS: ${strict}`)
    } finally {
      await trusting.close()
    }
  },
}
