// The first day: an empty folder, the wizard, and the information office before its first import.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Server, scratch } from '../support/program.mjs'
import { totp } from '../support/totp.mjs'
import { check } from './browser.mjs'

export const password = '洞庭湖边的第一天-2026'
export const people = [['sysadmin', '何系统', 'he.xitong'], ['secadmin', '安全平', 'an.quanping'], ['auditor', '沈计明', 'shen.jiming'], ['info_office', '彭立新', 'peng.lixin']]
export const next = (page) => page.getByRole('button', { name: '保存并继续' }).click()
export const heading = (page, name) => page.getByRole('heading', { level: 1, name }).waitFor()

/** Looked at on a phone, too. */
const small = ['1-place', '2-district', '3-people', '7-summary']

/** A file beside the folder takes what the terminal would show. */
export const codeOf = (server) => [...server.log().matchAll(/^ {4}([A-Z0-9]{5}-[A-Z0-9]{5})$/gm)].at(-1)[1]

/** Name, account and password, then the authenticator; answers its secret. */
async function appoint(page, [role, name, login]) {
  await page.locator(`#field-${role}-name`).fill(name)
  await page.locator(`#field-${role}-login`).fill(login)
  await page.locator(`#field-${role}-password`).fill(password)
  await page.locator(`#field-${role}-again`).fill(password)
  await page.getByRole('button', { name: '保存并显示二维码' }).click()
  const secret = await page.locator('code.secret').innerText()
  await page.locator(`#field-${role}-code`).fill(totp(secret))
  await page.getByRole('button', { name: '核对', exact: true }).click()
  await page.locator('.person', { hasText: login }).getByText('已就绪').waitFor()
  return secret
}

const made = (folder) => readdirSync(folder).some((name) => /^santong-\d{4}-\d\d-\d\d\.bak$/.test(name))

export default {
  async 'a technician opens a district on an empty folder, and its office comes to the first import'(tools) {
    const { person, whole, accessible, fits, picture, phone, desk, complaints } = tools
    const { folder, remove } = scratch('setup')
    const server = new Server(join(folder, 'data'))
    await server.start()
    try {
      const page = await person(desk, server.origin)
      const looked = async (name) => {
        await accessible(page, name)
        await fits(page, name)
        check(!/\b(setup|ui|app|home)\.[a-z]/.test(await page.locator('body').innerText()), `${name} is translated`)
        await picture(page, `setup-${name}`)
        if (!small.includes(name)) return
        await page.setViewportSize(phone)
        await fits(page, `${name} on a phone`)
        await picture(page, `setup-${name}-phone`)
        await page.setViewportSize(desk)
      }
      await page.goto(process.env.SANTONG_SCREENS ? '/setup' : '/')
      await heading(page, '首次启用')
      await page.getByLabel('启用码').fill('AAAAA-AAAAA')
      await page.getByRole('button', { name: '开始' }).click()
      await page.getByRole('alert').getByText('启用码不对').waitFor()
      await looked('0-door')
      await page.getByLabel('启用码').fill(codeOf(server))
      await page.getByRole('button', { name: '开始' }).click()

      await heading(page, '位置')
      await page.getByLabel('大家输入的主机名或 IP').fill('http://hub')
      await next(page)
      await page.locator('#field-host-error').waitFor()
      await looked('1-place')
      await page.getByLabel('大家输入的主机名或 IP').fill('')
      await next(page)

      await heading(page, '区域与学期')
      await page.locator('#field-province').selectOption({ label: '湖南省' })
      await page.locator('#field-city').selectOption({ label: '益阳市' })
      await page.locator('#field-county').selectOption({ label: '南县' })
      check((await page.locator('#field-number').inputValue()) === '430921', 'the list knows the number')
      await looked('2-district')
      await next(page)

      // a power cut in the middle: a new code, and everything said before is there
      await heading(page, '管理员')
      await server.crash()
      complaints.length = 0
      await page.goto('/setup')
      await page.getByLabel('启用码').fill(codeOf(server))
      await page.getByRole('button', { name: '开始' }).click()
      await heading(page, '管理员')
      const secrets = []
      for (const one of people) {
        if (one[0] === 'secadmin') await looked('3-people')
        secrets.push(await appoint(page, one))
      }
      await looked('3-people-ready')
      await next(page)

      await heading(page, '主密钥')
      await page.getByRole('button', { name: '在屏幕上显示主密钥' }).click()
      await page.getByText('主密钥', { exact: false }).last().waitFor()
      await looked('4-keys')
      await page.getByLabel('恢复单已打印或抄下').check()
      await next(page)

      await heading(page, '证书')
      await page.getByText('区里自己的证书机构').click()
      await looked('5-certificate')
      await page.getByText('以后再说').click()
      await next(page)

      await heading(page, '备份')
      await page.locator('#field-folder').fill(join(folder, 'data', 'backup'))
      await page.locator('#field-passphrase').fill('one long passphrase')
      await page.locator('#field-again').fill('one long passphrase')
      await page.getByRole('button', { name: '试做备份并继续' }).click()
      await page.locator('#field-folder-error').waitFor()
      await page.locator('#field-folder').fill(join(folder, 'backup'))
      await page.locator('#field-minute').fill('00:00')
      await looked('6-backup')
      await page.getByRole('button', { name: '试做备份并继续' }).click()

      await heading(page, '核对')
      await looked('7-summary')
      await page.getByRole('button', { name: 'English' }).or(page.locator('label[lang=en]')).first().click()
      await page.getByRole('heading', { level: 1, name: 'Check' }).waitFor()
      await accessible(page, 'the summary in English')
      await fits(page, 'the summary in English')
      await picture(page, 'setup-7-summary-en')
      await page.locator('label[lang=zh-CN]').first().click()
      await page.getByRole('button', { name: '完成启用' }).click()

      // the server starts anew by itself; the office signs in and stands before the import
      await page.waitForURL('**/signin?next=/imports')
      complaints.length = 0
      check((await page.request.get('/api/v1/setup')).status() === 404, 'the wizard is gone')
      await page.getByLabel('账号').first().fill('peng.lixin')
      await page.locator('input[type="password"]').fill(password)
      await page.getByRole('button', { name: '登录' }).click()
      await page.locator('#field-totp').fill(totp(secrets[3]))
      await page.getByRole('button', { name: '登录' }).click()
      await page.waitForURL('**/imports')
      await whole(page)
      await accessible(page, 'the first import of a new district')
      await picture(page, 'setup-8-import')

      const admin = await person(desk, server.origin)
      await admin.goto('/signin')
      await admin.getByLabel('账号').first().fill('he.xitong')
      await admin.locator('input[type="password"]').fill(password)
      await admin.getByRole('button', { name: '登录' }).click()
      await admin.locator('#field-totp').fill(totp(secrets[0]))
      await admin.getByRole('button', { name: '登录' }).click()
      await admin.waitForURL('**/system')
      await whole(admin)
      await admin.getByText('保留 14 份').waitFor()
      await accessible(admin, 'the system administrator of a new district')
      await picture(admin, 'setup-9-system')
      // tonight's backup was due already: the server has made it by itself
      for (let tries = 0; tries < 120 && !made(join(folder, 'backup')); tries++) await admin.waitForTimeout(250)
      check(made(join(folder, 'backup')), 'the backup of the night is there')
    } finally {
      await server.stop()
      remove()
    }
  },
}
