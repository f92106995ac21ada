// The month's report makes itself and goes its way; a number opens its lessons; a frozen evaluation is computed again by anybody.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { check } from './browser.mjs'

const program = process.env.SANTONG ?? new URL('../../build/santong', import.meta.url).pathname

/** What the command says, and how it ends. */
function verify(file, ...more) {
  try {
    return { code: 0, text: execFileSync(program, ['evaluate', 'verify', file, ...more], { encoding: 'utf8' }) }
  } catch (error) {
    return { code: error.status, text: `${error.stdout}${error.stderr}` }
  }
}

export default {
  async 'a month\'s report is there without a form: the principal explains what is left and signs, and the county reads it'({ page, person, signIn, whole, picture, accessible, translated, fits, phone }) {
    await signIn(page, 'principal', '/reports')
    await whole(page)
    await picture(page, 'reports-1-board')
    await page.getByRole('link', { name: /^去签发/ }).click()
    await page.getByRole('heading', { name: /月报$/ }).waitFor()
    const sign = page.getByRole('button', { name: '签发', exact: true })
    check(await sign.isDisabled(), 'nothing is signed while an exception stands unexplained')
    await picture(page, 'reports-2-open')
    await accessible(page, 'an open report')
    const open = page.getByRole('button', { name: '写说明' })
    while (await open.count() > 0) {
      await open.first().click()
      await page.getByLabel('原因').fill('设备检修，下月恢复使用。')
      const save = page.getByRole('button', { name: '保存说明' })
      await save.click()
      await save.waitFor({ state: 'detached' })
    }
    await sign.click()
    await page.getByRole('dialog').getByRole('button', { name: '签发' }).click()
    await page.getByText(/^第 1 版.*$/).first().waitFor()
    await page.getByText(/签发，/).first().waitFor()
    check(/预填率 \d/.test(await page.locator('main').innerText()), 'what the system filled in is told')
    await picture(page, 'reports-3-signed')
    const office = await person()
    await signIn(office, 'info_office', '/reports?month=2014-10')
    await whole(office)
    const row = office.getByRole('row', { name: /河坝镇中心小学/ })
    check(/已到/.test(await row.innerText()), 'it has arrived')
    await picture(office, 'reports-4-arrivals')
    await translated(office, 'arrivals')
    await office.setViewportSize(phone)
    await fits(office, 'arrivals on a phone')
    await picture(office, 'reports-4-arrivals-phone')
    await page.getByRole('button', { name: '更正' }).click() // leaves it as it was: open again
    await page.getByRole('dialog').getByRole('button', { name: '更正' }).click()
    await page.getByText('第 2 版').first().waitFor()
  },

  async 'a central school passes a village school\'s report on'({ page, signIn, whole, picture }) {
    await signIn(page, 'principal', '/reports?month=2014-10')
    await whole(page)
    await page.getByRole('link', { name: /沙堡洲/ }).first().click()
    await page.getByRole('button', { name: '转报' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '转报' }).click()
    await page.getByText(/转报，/).first().waitFor()
    await picture(page, 'reports-5-passed-on')
  },

  async 'a frozen evaluation is downloaded and computed again offline; one altered byte is named'({ page, person, signIn, whole, picture, accessible, translated, fits, phone }) {
    await signIn(page, 'info_office', '/evaluations')
    await whole(page)
    await picture(page, 'reports-6-evaluations')
    await page.getByRole('link', { name: '2014年秋季学期期中评估' }).click()
    await page.getByText('第三方复算').waitFor()
    await accessible(page, 'a frozen evaluation')
    await picture(page, 'reports-7-evaluation')
    await translated(page, 'a frozen evaluation')
    const coming = page.waitForEvent('download')
    await page.getByRole('link', { name: '下载评估文件' }).click()
    const file = join(mkdtempSync(join(tmpdir(), 'evaluation-')), 'run.jsonl.zst')
    await (await coming).saveAs(file)
    const key = (await page.locator('.code').innerText()).split('--key ')[1].trim()
    const whole_file = verify(file, '--key', key)
    check(whole_file.code === 0 && /equal/.test(whole_file.text), `a third party finds it equal: ${whole_file.text}`)
    check(verify(file, '--key', '00').code === 4, 'another key is not taken for it')
    const bytes = readFileSync(file)
    bytes[bytes.length >> 1] ^= 1
    writeFileSync(`${file}.bad`, bytes)
    check([2, 4].includes(verify(`${file}.bad`).code), 'an altered file is refused')
    const leader = await person(phone)
    await signIn(leader, 'leader', '/evaluations')
    await whole(leader)
    await fits(leader, 'evaluations on a phone')
  },

  async 'sixty per cent opens its lessons: the district sees counts, the school one lesson'({ page, person, signIn, whole, picture }) {
    await signIn(page, 'leader', '/indicators/I21?week=9')
    await whole(page)
    await picture(page, 'reports-8-number')
    check((await page.getByText('更正期').count()) > 0, 'who sees how much is told')
    const principal = await person()
    await signIn(principal, 'principal')
    const answer = await principal.request.get('/api/v1/indicators/I21/lessons?week=9')
    const list = await answer.json()
    check(list.named && list.lessons.length > 0, 'within the school single lessons are open once they are fixed')
    const above = await (await page.request.get('/api/v1/indicators/I21/lessons?week=9')).json()
    check(!above.named && above.lessons.length === 0, 'above it there are counts only')
  },

  async 'from the exceptions to one lesson, and from the form to a file that a third party finds equal'({ page, person, signIn, whole, picture, accessible, translated, fits, phone }) {
    const leader = await person()
    await signIn(leader, 'leader')
    await leader.waitForURL('**/cockpit')
    await whole(leader)
    await leader.locator('article.exception').first().waitFor()
    await picture(leader, 'reports-9-cockpit')
    await leader.getByRole('link', { name: /多媒体课时覆盖率/ }).first().click()
    await leader.waitForURL('**/indicators/I21**')
    await whole(leader)
    check((await leader.getByText('督学写明理由').count()) > 0, 'above the school a lesson is opened for a written reason only')
    await leader.goto('/indicators')
    await whole(leader)
    for (const code of ['I28S', 'I29', 'I30']) {
      await leader.goto(`/indicators/${code}`)
      await whole(leader)
      await leader.getByText('这个数怎么来的').first().waitFor()
      await translated(leader, code)
    }
    await accessible(leader, 'the chapters covered')
    await leader.goto('/indicators/I29')
    await whole(leader)
    await picture(leader, 'reports-10-shelf')
    await leader.setViewportSize(phone)
    await fits(leader, 'the shelf on a phone')

    const principal = await person()
    await signIn(principal, 'principal')
    await principal.waitForURL('**/principal')
    await whole(principal)
    await principal.goto('/indicators/I21?week=9')
    await whole(principal)
    await principal.getByRole('button', { name: /^看证据/ }).first().click()
    const evidence = principal.getByRole('dialog')
    await evidence.getByText('过了教师的更正期').waitFor()
    await accessible(principal, 'the evidence of a lesson')
    await translated(principal, 'the evidence of a lesson')
    await picture(principal, 'reports-11-evidence')

    await signIn(page, 'info_office', '/evaluations')
    await whole(page)
    await page.getByRole('button', { name: '新建评估' }).click()
    const form = page.getByRole('dialog')
    await form.getByLabel('名称').fill('中心校第九周复核')
    await form.getByText('选学校', { exact: true }).click()
    check(await form.getByRole('button', { name: '开始冻结' }).isDisabled(), 'some schools must be named')
    await form.getByLabel('河坝镇中心小学').check()
    await form.getByLabel('金盆镇中学').check()
    await form.getByRole('button', { name: '全不选' }).click()
    for (const name of ['多媒体课时覆盖率', '开课率']) await form.getByLabel(name, { exact: true }).check()
    await accessible(page, 'a new evaluation')
    await picture(page, 'reports-12-new-evaluation')
    await form.getByRole('button', { name: '开始冻结' }).click()
    await page.getByText('第三方复算').waitFor()
    await whole(page)
    check((await page.locator('tbody tr').count()) === 3, 'the district\'s line and two schools')
    await picture(page, 'reports-13-frozen')
    const coming = page.waitForEvent('download')
    await page.getByRole('link', { name: '下载评估文件' }).click()
    const file = join(mkdtempSync(join(tmpdir(), 'evaluation-')), 'two.jsonl.zst')
    await (await coming).saveAs(file)
    const key = (await page.locator('.code').innerText()).split('--key ')[1].trim()
    const found = verify(file, '--key', key)
    check(found.code === 0 && /equal/.test(found.text), `the third party finds it equal: ${found.text}`)
  },
}
