// Flow 3 of the demo: the researcher pushes to the district's schools; each box takes it by its own line, and receipts come
// back, last from the one whose cable was out.
import { check } from '../support/check.mjs'
import { must, until } from '../support/region.mjs'

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
}
