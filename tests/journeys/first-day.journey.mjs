// The first day by https: the wizard with a certificate of the operator, every press and field counted, and what it leaves.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { freePort, scratch, Server } from '../support/program.mjs'
import { totp } from '../support/totp.mjs'
import { check, out } from './browser.mjs'
import { codeOf, heading, password, people } from './setup.journey.mjs'

/** A certificate of the operator for this machine, and the print by which a browser may know its key. */
function certificate(folder) {
  const [chain, key] = [join(folder, 'site.pem'), join(folder, 'site.key')]
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '30', '-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', chain], { stdio: 'ignore' })
  const open = execFileSync('openssl', ['x509', '-in', chain, '-noout', '-pubkey'])
  const bytes = execFileSync('openssl', ['pkey', '-pubin', '-outform', 'DER'], { input: open })
  return { chain, key, print: createHash('sha256').update(bytes).digest('base64') }
}

const listens = (port) => new Promise((done) => {
  const line = connect(port, '127.0.0.1', () => { line.destroy(); done(true) }).on('error', () => done(false))
})

/** Somebody at the wizard: what is typed and pressed is counted, and what the machine takes between. */
class Hand {
  counts = { steps: 0, fields: 0, presses: 0, machine_ms: 0 }
  constructor(page) {
    this.page = page
  }
  async fill(id, value) {
    this.counts.fields++
    await this.page.locator(`#field-${id}`).fill(value)
  }
  async choose(id, label) {
    this.counts.fields++
    await this.page.locator(`#field-${id}`).selectOption({ label })
  }
  /** Presses and waits for what shows that the machine is done. */
  async press(what, done) {
    this.counts.presses++
    const began = performance.now()
    await what.click()
    await done()
    this.counts.machine_ms += performance.now() - began
  }
  async step(name, button = '保存并继续') {
    this.counts.steps++
    await this.press(this.page.getByRole('button', { name: button }), () => heading(this.page, name))
  }
}

async function appoint(hand, [role, name, login]) {
  const { page } = hand
  await hand.fill(`${role}-name`, name)
  await hand.fill(`${role}-login`, login)
  await hand.fill(`${role}-password`, password)
  await hand.fill(`${role}-again`, password)
  await hand.press(page.getByRole('button', { name: '保存并显示二维码' }), () => page.locator('code.secret').waitFor())
  const secret = await page.locator('code.secret').innerText()
  await hand.fill(`${role}-code`, totp(secret))
  await hand.press(page.getByRole('button', { name: '核对', exact: true }), () => page.locator('.person', { hasText: login }).getByText('已就绪').waitFor())
  return secret
}

/** All seven steps of an operator who has a certificate; answers the secrets of the second factors. */
async function answered(hand, server, { site, port, backup }) {
  const { page } = hand
  await hand.fill('code', codeOf(server))
  await hand.press(page.getByRole('button', { name: '开始' }), () => heading(page, '位置'))
  await hand.fill('host', '127.0.0.1')
  await hand.step('区域与学期')
  await hand.choose('province', '湖南省')
  await hand.choose('city', '益阳市')
  await hand.choose('county', '南县')
  await hand.step('管理员')
  const secrets = {}
  for (const one of people) secrets[one[0]] = await appoint(hand, one)
  await hand.step('主密钥')
  await hand.press(page.getByRole('button', { name: '在屏幕上显示主密钥' }), () => page.locator('.groups li').last().waitFor())
  check((await page.locator('.groups li').count()) === 17, 'the sheet has its groups')
  hand.counts.presses++
  await page.getByLabel('恢复单已打印或抄下').check()
  await hand.step('证书')
  hand.counts.presses++
  await page.getByText('已有证书文件').click()
  await hand.fill('certificate', site.chain)
  await hand.fill('key', site.key)
  await hand.fill('port', String(port))
  await hand.fill('http_port', '0')
  await hand.step('备份')
  await hand.fill('folder', backup)
  await hand.fill('passphrase', 'one long passphrase')
  await hand.fill('again', 'one long passphrase')
  await hand.step('核对', '试做备份并继续')
  return secrets
}

export default {
  async 'a district is opened by https with a certificate of its own, and the wizard is gone for good'(tools) {
    const { person, launch, whole, accessible, fits, translated, picture, desk, phone } = tools
    const { folder, remove } = scratch('first-day')
    const site = certificate(folder)
    const port = await freePort()
    const server = new Server(join(folder, 'data'), [], join(folder, 'named.toml'))
    await server.start()
    const trusting = await launch([`--ignore-certificate-errors-spki-list=${site.print}`])
    try {
      const page = await person(desk, server.origin, trusting)
      const hand = new Hand(page)
      await page.goto('/setup')
      const secrets = await answered(hand, server, { site, port, backup: join(folder, 'backup') })
      const address = `https://127.0.0.1:${port}`
      await page.getByText(address).first().waitFor() // the summary says where the site will be
      const link = page.getByRole('link', { name: address })
      await hand.press(page.getByRole('button', { name: '完成启用' }), () => link.waitFor())
      await accessible(page, 'the end of the wizard')
      await picture(page, 'first-day-done')
      await page.setViewportSize(phone)
      await fits(page, 'the end of the wizard on a phone')
      await picture(page, 'first-day-done-phone')
      await page.setViewportSize(desk)

      // the server has begun anew at the new address, and nothing is left at the old one
      hand.counts.presses++
      const moved = page.waitForURL(`${address}/signin?next=/imports`)
      await link.click()
      await moved
      check(!(await server.ready()), 'plain http answers no more')
      server.ready = () => listens(port)
      check((await page.request.get(`${address}/api/v1/setup`, { ignoreHTTPSErrors: true })).status() === 404, 'the wizard is gone')
      const admin = await person(desk, address, trusting)
      await admin.goto('/signin')
      await admin.getByLabel('账号').first().fill('he.xitong')
      await admin.locator('input[type="password"]').fill(password)
      await admin.getByRole('button', { name: '登录' }).click()
      await admin.locator('#field-totp').fill(totp(secrets.sysadmin))
      await admin.getByRole('button', { name: '登录' }).click()
      await admin.waitForURL('**/system')
      await whole(admin)
      await accessible(admin, 'the system administrator by https')
      await translated(admin, 'the system administrator by https')
      await picture(admin, 'first-day-system')
      const cookie = (await admin.context().cookies()).find((one) => one.name === '__Host-sid')
      check(cookie?.secure && cookie.httpOnly, 'the session is of https only')

      // for good: also after a power cut, and for whoever has the old page
      await server.halt()
      await server.start()
      await admin.goto('/setup')
      await admin.getByText('这里已经启用').waitFor()
      await picture(admin, 'first-day-gone')

      const { steps, fields, presses, machine_ms } = hand.counts
      const told = { steps: steps + 1, fields, presses, machine_seconds: Math.round(machine_ms / 100) / 10 }
      mkdirSync(out, { recursive: true })
      writeFileSync(join(out, 'first-day.json'), `${JSON.stringify(told)}\n`)
      console.log(`      first start: ${told.steps} steps, ${fields} fields, ${presses} presses, ${told.machine_seconds} s of the machine`)
      check(fields <= 36 && presses <= 24, `it asks for more than before: ${JSON.stringify(told)}`)
      check(readFileSync(join(folder, 'data', 'santong.toml'), 'utf8').includes(`port = ${port}`), 'the folder keeps its own settings')
    } finally {
      await trusting.close()
      await server.stop()
      remove()
    }
  },
}
