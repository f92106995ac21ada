// 线路: the office registers lines in a sheet and by a file, a school without a box measures with its browser, a box
// measures by itself when it is asked to, and the map shows who is served by what.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { check } from './browser.mjs'
import { program, scratch, Server } from '../support/program.mjs'
import { until } from '../support/region.mjs'

const village = '河坝镇铭新小学'
const cell = (page, school, column) => page.getByLabel(`${school} · ${column}`)
const row = (page, school) => page.locator('.sheet tbody tr', { has: page.getByRole('rowheader', { name: school }) })

export default {
  async 'the office edits the register of lines like a sheet, and imports it from a file'(tools) {
    const { page, person, signIn, whole, accessible, fits, translated, picture, phone } = tools
    await signIn(page, 'info_office', '/nodes/lines')
    await page.getByRole('heading', { name: '线路登记' }).waitFor()
    await row(page, village).waitFor()
    await accessible(page, 'the register of lines')
    await translated(page, 'the register of lines')
    await picture(page, 'links-1-register')

    await page.getByRole('button', { name: '编辑' }).click()
    await cell(page, village, '接入方式').selectOption({ label: '4G/5G' })
    await cell(page, village, '下行 M').fill('4.5')
    await cell(page, village, '上行 M').fill('1')
    await cell(page, village, '运营商').fill('中国移动')
    await cell(page, village, '传输时段').fill('夜里')
    await cell(page, village, '限速 M').fill('-5')
    await cell(page, village, '白天占比 %').fill('很多')
    await page.getByText('改动 1 行').waitFor()
    await accessible(page, 'the register while it is edited')
    await page.getByRole('button', { name: '保存' }).click()
    // All that is wrong at once, each with the way to its cell.
    const summary = page.locator('.error-summary')
    await summary.getByText('时段无法识别').waitFor()
    await summary.getByText('速率须在').waitFor()
    await summary.getByText('请填数字').waitFor()
    await accessible(page, 'a register with faults')
    await picture(page, 'links-2-refused')
    await summary.getByRole('link', { name: /限速 M/ }).click()
    check(await cell(page, village, '限速 M').evaluate((field) => field === document.activeElement), 'the summary leads to the cell')
    await cell(page, village, '白天占比 %').fill('')
    await cell(page, village, '传输时段').fill('22：00 至 6:00')
    await cell(page, village, '限速 M').fill('1')
    await page.getByRole('button', { name: '保存' }).click()
    await row(page, village).getByText('22:00–06:00').waitFor()
    await row(page, village).getByText('4G/5G').waitFor()
    await row(page, village).getByText('限速 1 M').waitFor()

    await page.getByRole('button', { name: '导入' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.locator('input[type=file]').setInputFiles({ name: '线路.csv', mimeType: 'text/csv', buffer: Buffer.from('学校,接入方式,下行\n金盆镇中学,光纤,快\n无名小学,光纤,8\n') })
    await dialog.getByText('“快”不是速率。').waitFor()
    await dialog.getByText('区县里没有“无名小学”这所学校。').waitFor()
    check(await dialog.getByRole('button', { name: '写入' }).isDisabled(), 'nothing of a file with faults is written')
    await accessible(page, 'a file with faults')
    await picture(page, 'links-3-import')
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: '导入' }).click()
    await dialog.locator('input[type=file]').setInputFiles({ name: '线路.csv', mimeType: 'text/csv', buffer: Buffer.from('学校,接入方式,下行,运营商\n金盆镇中学,光纤,1000,中国电信\n') })
    await dialog.getByText('其中 1 行有变化').waitFor()
    await dialog.getByRole('button', { name: '写入' }).click()
    await row(page, '金盆镇中学').getByText('1000').waitFor()

    await row(page, village).getByRole('link').click()
    await page.getByRole('heading', { name: `${village} · 网络线路` }).waitFor()
    await page.getByText('升级记录').waitFor()
    await page.getByText('还没有测速').waitFor()
    await accessible(page, 'a line')
    await translated(page, 'a line')
    await picture(page, 'links-4-line')
    await page.getByRole('button', { name: '登记：骨干' }).click()
    await dialog.getByLabel('哪一段').selectOption({ label: '校内到终端' })
    await dialog.getByLabel('下行 M').fill('百兆')
    await dialog.getByRole('button', { name: '保存' }).click()
    await dialog.locator('[aria-invalid=true]').waitFor()
    await dialog.getByLabel('下行 M').fill('100')
    await accessible(page, 'a stretch of a line')
    await picture(page, 'links-4-tier')
    await dialog.getByRole('button', { name: '保存' }).click()
    await page.getByRole('listitem').filter({ hasText: '校内到终端' }).getByText('100').waitFor()
    const hand = await person(phone)
    await signIn(hand, 'info_office', '/nodes/lines')
    for (const [path, name] of [['/nodes/lines', 'links-5-phone-register'], ['/nodes/map', 'links-6-phone-map'], [new URL(page.url()).pathname, 'links-7-phone-line']]) {
      await hand.goto(path)
      await hand.getByRole('heading', { level: 1 }).waitFor()
      await whole(hand)
      await fits(hand, name)
      await picture(hand, name)
    }
  },

  async 'a school without a box measures its line with the browser, and the figure says so'(tools) {
    const { page, signIn, accessible, picture } = tools
    await signIn(page, 'technician', '/my-line')
    await page.getByRole('button', { name: '开始测速' }).click()
    await page.getByText('测速结果已保存').waitFor()
    await page.getByText(/下行 .+ [MG]，上行 .+ [MG]，时延/).waitFor()
    await page.locator('summary', { hasText: '近两天的单次测速' }).click()
    await page.getByRole('cell', { name: '浏览器', exact: true }).first().waitFor()
    await accessible(page, 'a line measured by a browser')
    await picture(page, 'links-8-browser')
  },

  async 'a box measures when it is asked to, and the map shows it beside schools without one'(tools) {
    const { server, page, signIn, ask, accessible, translated, picture } = tools
    const place = scratch('line-box')
    // It says every other second how it is; a real one twice a minute.
    const box = new Server(join(place.folder, 'box'), ['--role', 'school', '--health-seconds', '2'])
    const said = execFileSync(program, ['node', 'invite', village, '--data', server.folder], { encoding: 'utf8' }).trim()
    const code = said.split(/\s+/).at(-1)
    await signIn(page, 'info_office', '/nodes')
    try {
      execFileSync(program, ['join', code, '--parent', server.origin, '--data', box.folder])
      await box.start()
      const known = async () => (await ask(page, '/node-map')).body.nodes.find((one) => one.status.name === village && one.status.state === 'active')
      await until('the box has said how it is, and has everything', async () => {
        const one = await known()
        return one?.health && one.status.waiting_down + one.status.waiting_up === 0
      }, 120)
      await page.goto('/nodes/map')
      await page.getByRole('heading', { name: '盒子分布' }).waitFor()
      await page.getByText('盒子全部在线').waitFor()
      const line = page.locator('.tree li', { hasText: village })
      await line.getByText('已同步').waitFor()
      await page.locator('.top, header').getByText('1/1 校在线').first().waitFor()
      await accessible(page, 'the node map')
      await translated(page, 'the node map')
      await picture(page, 'links-9-map')
      await line.getByRole('link').click()
      await page.getByText('校园盒子', { exact: true }).last().waitFor()
      await page.locator('[data-test=backlog]').getByText('没有搁置的变更').waitFor()
      await page.getByRole('button', { name: '现在测速' }).click()
      await page.getByText('已安排，一分钟内开始测速').waitFor()
      // The page asks every few seconds while it waits for what it has asked for.
      await page.locator('summary', { hasText: '近两天的单次测速' }).click()
      await page.getByRole('cell', { name: '人工' }).first().waitFor()
      await page.getByRole('columnheader', { name: '下行重传 %' }).waitFor()
      const { probes } = (await ask(page, `/links/${new URL(page.url()).pathname.split('/').at(-1)}`)).body
      check(probes.some((one) => one.source === 'hand' && one.down_loss_permille >= 0), 'the hub has said what it sent again')
      await page.getByText(/盒子实测，最近 1 天中位数/).waitFor()
      await accessible(page, 'a line with its box')
      await picture(page, 'links-10-box')
    } finally {
      await box.stop('SIGKILL')
      // Journeys behind this one give the same school its first box.
      await page.evaluate(async (name) => {
        const { session } = await (await fetch('/api/v1/session/current')).json()
        const { items } = await (await fetch('/api/v1/nodes')).json()
        for (const one of items.filter((node) => node.name === name && node.state === 'active')) await fetch(`/api/v1/nodes/${one.id}/revoke`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-csrf-token': session.csrf }, body: '{}' })
      }, village)
      place.remove()
    }
  },
}
