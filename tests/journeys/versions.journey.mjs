// 另一版本: a teacher has changed her plan, her homework and her resource on the district's platform and on her school's
// server. The box is one that signs by hand and tells of an earlier change, as the sync would.
import { check } from './browser.mjs'
import { Box } from '../support/box.mjs'

const send = (page, method, path, body) => page.evaluate(async ([how, where, what]) => {
  const { session } = await (await fetch('/api/v1/session/current')).json()
  const answer = await fetch(`/api/v1${where}`, { method: how, headers: { 'content-type': 'application/json', 'x-csrf-token': session.csrf }, body: what && JSON.stringify(what) })
  return { status: answer.status, body: await answer.json().catch(() => null) }
}, [method, path, body])

/** A file of one's own, uploaded as a browser does it. */
const upload = (page, name, text) => page.evaluate(async ([title, words]) => {
  const { session } = await (await fetch('/api/v1/session/current')).json()
  const bytes = new TextEncoder().encode(words)
  const head = { 'tus-resumable': '1.0.0', 'x-csrf-token': session.csrf }
  const begun = await fetch('/api/v1/uploads', { method: 'POST', headers: { ...head, 'upload-length': String(bytes.length), 'upload-metadata': `filename ${btoa(title)}` } })
  const sent = await fetch(begun.headers.get('location'), { method: 'PATCH', headers: { ...head, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }, body: bytes })
  return sent.headers.get('santong-file-id')
}, [name, text])

/** What the school's server has of a thing, written a minute before it was changed here. */
async function earlier(box, type, table, row) {
  const at = Date.now() - 60_000
  const answer = await box.push([box.change(type, row.id, table, row, { version: at * 65_536, at })])
  check(answer.told?.taken.parked === 0 && answer.told.taken.refused === 0, `the hub takes it: ${answer.text} ${JSON.stringify(answer.told)}`)
}

export default {
  async 'what was changed at school and on the platform stands side by side, field by field; one is taken over, the rest let go'(tools) {
    const { server, page, person, signIn, whole, ask, accessible, translated, fits, picture, phone } = tools
    await signIn(page, 'teacher')
    const session = (await ask(page, '/session/current')).body.session
    const school = session.roles.find((one) => one.role === 'teacher').org_id
    const box = await Box.joined(server, school)
    const office = await person()
    await signIn(office, 'info_office', '/nodes')
    try {
      const made = await send(page, 'POST', '/lesson-plans', { title: '梯形的面积（平台上写的）', subject: '14', grade: 5, usual: 'teaching.template.new_lesson', lesson_ids: [] })
      check(made.status < 300, `a plan: ${JSON.stringify(made.body)}`)
      const plan = made.body.plan.id
      const sections = made.body.plan.content.sections.map((one, i) => (i === 0 ? { ...one, text: '会推导梯形面积公式' } : one))
      await earlier(box, 'teaching.LessonPlan', 'lesson_plan', { id: plan, title: '梯形的面积（学校里写的）', homework: '练习二第 3 题', sections: JSON.stringify(sections) })

      await page.goto('/today')
      await whole(page)
      const told = page.locator('.tasks li', { hasText: '两处都改过：梯形的面积（平台上写的）' })
      await told.waitFor()
      await accessible(page, 'a plan with two versions among the day\'s tasks')
      await picture(page, 'versions-2-today')
      await told.getByRole('link').click()
      const other = page.locator('[data-test=other-version]')
      await other.getByText('学校里写的').waitFor()
      const words = await other.innerText()
      check(words.includes('教学过程') && words.includes('会推导梯形面积公式') && words.includes('目标') && !words.includes('导入'), `of its steps the one that differs: ${words}`)
      check(words.includes('平台上写的') && words.includes('练习二第 3 题') && words.includes('在学校服务器修改'), `both versions and their place: ${words}`)
      await accessible(page, 'two versions of a plan')
      await translated(page, 'two versions of a plan')
      await picture(page, 'versions-3-plan')
      await page.setViewportSize(phone)
      await fits(page, 'two versions of a plan on a phone')
      await accessible(page, 'two versions of a plan on a phone')
      await picture(page, 'versions-3-plan-phone')
      await other.getByRole('button', { name: '采用：标题' }).click()
      await other.getByText('学校里写的').waitFor({ state: 'detached' })
      await other.getByText('练习二第 3 题').waitFor() // what was not taken is still offered
      await other.getByRole('button', { name: '保留现在的' }).click()
      await other.waitFor({ state: 'detached' })
      const now = (await ask(page, `/lesson-plans/${plan}`)).body.plan.content
      check(now.title === '梯形的面积（学校里写的）' && now.homework !== '练习二第 3 题', `the title was taken, the homework was not: ${now.title} / ${now.homework}`)
      check((await ask(page, `/other-versions?type=teaching.LessonPlan&entity_id=${plan}`)).body.items.length === 0, 'nothing is left of it')

      // a resource of her own on the phone: nobody else is shown what she wrote at school
      const file = await upload(page, 'area.txt', '平行四边形的面积：底乘高\n'.repeat(500))
      const mine = (await send(page, 'POST', '/resources', { file_id: file, url: '', about: { title: '等积变形（平台）', subject: '14', grade_from: 5, grade_to: 5, licence: 'region_teaching', source: 'own_work' } })).body
      check(mine.item, `a resource: ${JSON.stringify(mine)}`)
      await earlier(box, 'resources.Resource', 'resource', { id: mine.item.id, title: '等积变形（学校）' })
      await page.goto(`/resources/${mine.item.id}`)
      await whole(page)
      await other.getByText('等积变形（学校）').waitFor()
      await fits(page, 'two versions of a resource on a phone')
      await picture(page, 'versions-4-resource-phone')
      await other.getByRole('button', { name: '保留现在的' }).click()
      await other.waitFor({ state: 'detached' })
      check((await ask(office, `/other-versions?type=teaching.LessonPlan&entity_id=${plan}`)).body.items.length === 0, 'of anybody else\'s there are none')
      await send(page, 'DELETE', `/lesson-plans/${plan}`)
    } finally {
      await send(office, 'POST', `/nodes/${box.node}/revoke`, {})
    }
  },
}
