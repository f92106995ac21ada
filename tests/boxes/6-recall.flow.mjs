// Flow 6 of the demo at the boxes: what the district recalls is gone there within a minute, and at next contact where the
// line was cut.
import { check } from '../support/check.mjs'
import { must, until } from '../support/region.mjs'

const schools = ['北洲子镇宏发小学', '北洲子镇永兴小学', '渔场小学']

export default {
  async 'flow 6: a recalled resource is gone at boxes on the line within a minute, at the others when they are back'({ region, page, person, signIn, whole, picture, desk }) {
    const boxes = await Promise.all(schools.map((school) => region.box(school)))
    const teachers = []
    for (const school of schools) teachers.push(await region.account(school, 'principal'))
    const researcher = await region.person('researcher')
    const found = must(await researcher.get('/api/v1/resources', { q: '面积', limit: 20 }), 'shelf').items
    const lost = found.find((one) => one.state === 'published' && one.media_type === 'application/pdf') ?? found[0]
    const readers = await Promise.all(boxes.map((box, i) => until('sign-in', () => region.person(teachers[i], box.server.origin).catch(() => null), 30)))
    const state = async (i) => {
      const answer = await readers[i].get(`/api/v1/resources/${lost.id}`)
      const opens = await readers[i].get(`/api/v1/resources/${lost.id}/open`)
      return { state: answer.status === 200 ? answer.json.item.state : `${answer.status}`, opens: opens.status < 300 }
    }
    for (const i of [0, 1, 2]) await until(`${schools[i]} has it`, async () => (await state(i)).opens, 60)
    const wall = await person(desk, boxes[0].server.origin)
    await signIn(wall, teachers[0], `${boxes[0].server.origin}/resources/${lost.id}`)
    await whole(wall)
    await wall.getByRole('heading', { name: lost.title }).first().waitFor()

    await boxes[2].line.unplug()
    await signIn(page, 'researcher', `/resources/${lost.id}`)
    await whole(page)
    await page.getByRole('button', { name: '收回', exact: true }).click()
    const sheet = page.getByRole('dialog')
    await sheet.locator('#field-recall-reason').fill('第三页的图有错，改好再发')
    await sheet.getByRole('button', { name: '收回', exact: true }).click()
    await page.getByText(/已收回/).first().waitFor()
    const began = Date.now()
    for (const i of [0, 1]) await until(`${schools[i]} has taken it down`, async () => !(await state(i)).opens, 60)
    const seconds = (Date.now() - began) / 1000
    console.log(`      recalled at two boxes after ${seconds.toFixed(1)} s`)
    await wall.reload()
    await wall.getByText(/已收回|找不到|没有这/).first().waitFor()
    await picture(wall, 'flow6-1-recalled')
    check((await state(2)).opens, `${schools[2]} cannot know of it yet`)
    await boxes[2].line.restore()
    const back = Date.now()
    await until(`${schools[2]} has taken it down`, async () => !(await state(2)).opens, 60)
    console.log(`      and at the third ${((Date.now() - back) / 1000).toFixed(1)} s after its line stood again`)
  },
}
