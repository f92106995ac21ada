// Flow 3 of the demo: the researcher pushes to the district's schools; each box takes it by its own line, and receipts come
// back, last from the one whose cable was out.
import { execFileSync } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { check } from '../support/check.mjs'
import { program, scratch } from '../support/program.mjs'
import { must, until } from '../support/region.mjs'

/** Where a content lies at a box. */
const lies = (box, sha256) => join(box.server.folder, 'files', sha256.slice(0, 2), sha256.slice(2, 4), sha256)

const schools = ['北洲子镇宏发小学', '北洲子镇永兴小学', '渔场小学']

export default {
  async 'flow 3: what the researcher pushes lies at every school, with receipts; where the cable was out when it is back'({ region, page, signIn, whole, ask, accessible, picture }) {
    const boxes = await Promise.all(schools.map((school) => region.box(school)))
    const late = boxes[2]
    const researcher = await region.person('researcher')
    const found = must(await researcher.get('/api/v1/resources', { q: '面积', limit: 20 }), 'shelf').items
    const wanted = found.find((one) => one.state === 'published' && one.media_type === 'application/pdf') ?? found[0]
    await late.line.unplug()

    await signIn(page, 'researcher', `/push/new?resource=${wanted.id}`)
    await whole(page)
    for (const [name, grade] of [['grade_from', '1'], ['grade_to', '12']]) await page.locator(`select[name="${name}"], #field-${name}`).first().selectOption(grade)
    await page.getByText('指定时间', { exact: true }).click()
    await page.locator('input[type="datetime-local"]').fill('2014-11-24T07:25')
    await page.locator('select[name="priority"], #field-priority').first().selectOption('urgent')
    const send = page.getByRole('button', { name: '发出推送单' })
    await until('the preview', () => send.isEnabled(), 30)
    await accessible(page, 'a new push')
    await picture(page, 'flow3-1-preview')
    await send.click()
    await page.waitForURL(/order=/)
    const order = new URL(page.url()).searchParams.get('order')
    const began = Date.now()
    const row = async (box) => {
      const { body } = await ask(page, `/push/orders/${order}`)
      return body.schools.find((one) => one.name === box.school || one.name.endsWith(box.school)) ?? {}
    }
    for (const box of boxes.slice(0, 2)) await until(`a receipt of ${box.school}`, async () => (await row(box)).checked_at, 60)
    console.log(`      receipts of two boxes after ${((Date.now() - began) / 1000).toFixed(1)} s`)
    check(!(await row(late)).checked_at, `${late.school} cannot have said anything yet`)
    await late.line.restore()
    const back = Date.now()
    await until(`a receipt of ${late.school}`, async () => (await row(late)).checked_at, 90)
    console.log(`      and of the third ${((Date.now() - back) / 1000).toFixed(1)} s after its line stood again`)
    for (const box of boxes) {
      const one = await row(box)
      check(one.boxed && one.bytes_left === 0 && one.whole_at, `${box.school}: ${JSON.stringify(one)}`)
    }
    await page.goto(`/push/orders/${order}`)
    await whole(page)
    await picture(page, 'flow3-2-receipts')
  },

  async 'flow 3, by disk: what the browser makes at the hub is taken at a box whose cable is out, and the commands do the same'({ region, page, person, desk, signIn, whole, accessible, picture }) {
    const [typed, carried] = await Promise.all([schools[1], schools[2]].map((school) => region.box(school)))
    const technician = await region.account(carried.school, 'technician')
    await until('his password at the box', () => region.person(technician, carried.server.origin).catch(() => null), 30)
    await Promise.all([typed, carried].map((box) => box.line.unplug()))
    const office = await region.session('info_office')
    const known = must(await office.get('/api/v1/schools'), 'schools').items
    const sent = new Set(region.rows('SELECT DISTINCT resource_id FROM push_item').map((one) => one.resource_id))
    const found = must(await office.get('/api/v1/resources', { limit: 50 }), 'shelf').items
    const wanted = found.find((one) => one.state === 'published' && one.media_type === 'application/pdf' && !sent.has(one.id))
    check(wanted, 'something that was never sent')
    const wish = { title: '带到学校', resources: [wanted.id], schools: [typed, carried].map((box) => known.find((one) => one.name === box.school).id), school_kinds: [], grade_from: 1, grade_to: 12, priority: 'usual', due: 'lesson', due_at: null }
    const { order } = must(await office.post('/api/v1/push/orders', wish), 'an order')
    const contents = region.rows('SELECT sha256 FROM push_content WHERE order_id = ?', order.id).map((one) => one.sha256)
    check(contents.length > 0, 'the order brings something')
    // What the library had brought by itself is taken away again: with the cable out only a disk can bring it.
    for (const box of [typed, carried]) for (const one of contents) rmSync(lies(box, one), { force: true })
    const bag = scratch('disk')
    try {
      await signIn(page, 'info_office', '/push/disks')
      await whole(page)
      await page.getByLabel('学校').selectOption({ label: carried.school })
      const make = page.getByRole('button', { name: '开始做' })
      await until('the size of the pack', () => make.isEnabled(), 30)
      await accessible(page, 'packs at the hub')
      await picture(page, 'flow3-3-pack-plan')
      await make.click()
      const save = page.getByRole('link', { name: /^下载/ }).first()
      await save.waitFor()
      await picture(page, 'flow3-4-pack-made')
      const part = await page.evaluate(async (where) => {
        const answer = await fetch(where, { headers: { range: 'bytes=0-3' } })
        return `${answer.status} ${await answer.text()}`
      }, await save.getAttribute('href'))
      check(part === '206 STPK', `a part of it: ${part}`)
      const [coming] = await Promise.all([page.waitForEvent('download'), save.click()])
      check(coming.suggestedFilename().startsWith(carried.school) && coming.suggestedFilename().endsWith('.stpack'), coming.suggestedFilename())
      const file = join(bag.folder, coming.suggestedFilename())
      await coming.saveAs(file)

      const bench = await person(desk, carried.server.origin)
      await signIn(bench, technician, `${carried.server.origin}/push/disks`)
      await whole(bench)
      await accessible(bench, 'packs at the box')
      await bench.locator('input[type="file"]').setInputFiles(file)
      await bench.getByText('全部收下').waitFor()
      await picture(bench, 'flow3-5-pack-taken')
      for (const one of contents) check(existsSync(lies(carried, one)), 'what was ordered lies at the box')

      const other = join(bag.folder, 'order.stpack')
      const run = (...words) => execFileSync(program, words, { encoding: 'utf8', stdio: 'pipe' })
      const written = run('pack', 'export', '--order', order.id, '--to', other, '--data', region.hub.folder)
      check(written.startsWith(`${contents.length} contents`), written)
      const taken = run('pack', 'import', other, '--data', typed.server.folder)
      check(taken.startsWith(`came ${contents.length}\n`), taken)
      for (const one of contents) check(existsSync(lies(typed, one)), 'what was ordered lies at the other box')
    } finally {
      bag.remove()
    }
  },
  async 'flow 3, nearby: a box whose cable is out takes from the box next door what that one has'({ region, page, signIn, whole, accessible, picture }) {
    const [giver, asker] = await Promise.all([schools[0], schools[2]].map((school) => region.box(school)))
    const published = region.rows("SELECT DISTINCT f.sha256, f.size FROM resource r JOIN resource_version v ON v.resource_id = r.id AND v.number = r.current_version JOIN file_object f ON f.id = v.file_id WHERE r.state = 'published' AND r.scope IN ('district', 'public_', 'public') AND f.size <= 5000000 ORDER BY f.size DESC")
    const both = () => published.map((one) => one.sha256).filter((one) => existsSync(lies(giver, one)) && existsSync(lies(asker, one)))
    await until('something of the library at both boxes', () => both().length > 0, 60)
    const wanted = both().slice(0, 12)

    const office = await region.session('info_office')
    const org = must(await office.get('/api/v1/schools'), 'schools').items.find((one) => one.name === asker.school).id
    await signIn(page, 'info_office', `/lines/${org}`)
    await whole(page)
    const card = page.locator('[data-test=neighbours]')
    await card.getByRole('button', { name: '设置邻近的校园盒子' }).click()
    const form = page.getByRole('dialog')
    await form.locator('#field-items-0-org_id').selectOption({ label: giver.school })
    await form.locator('#field-items-0-address').fill(giver.server.origin)
    await accessible(page, 'nearby boxes')
    await picture(page, 'flow3-6-nearby-dialog')
    await form.getByRole('button', { name: '保存' }).click()
    await form.waitFor({ state: 'detached' })
    await card.getByText(giver.server.origin).waitFor()
    await picture(page, 'flow3-7-nearby')
    await Promise.all([giver, asker].map((box) => box.settled(60)))

    await asker.line.unplug()
    const before = asker.server.log().length
    for (const one of wanted) rmSync(lies(asker, one), { force: true })
    const began = Date.now()
    /** What the box has written down of a content since then. What it could put together from others here came from nobody. */
    const came = (sha256) => asker.server.log().slice(before).split('\n').slice(0, -1).filter((line) => line.includes('a content came') && line.includes(sha256)).map((line) => JSON.parse(line))[0]
    await until('all of it at the box again', () => wanted.every((one) => existsSync(lies(asker, one)) && came(one)), 60)
    console.log(`      ${wanted.length} contents of the box next door after ${((Date.now() - began) / 1000).toFixed(1)} s`)
    check(wanted.every((one) => came(one).bytes_on_the_line === 0), 'nothing of it crossed the line')
    check(wanted.some((one) => came(one).bytes_of_neighbours > 0), 'it came from the neighbour')
  },
}
