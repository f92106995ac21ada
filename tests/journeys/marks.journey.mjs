// What becomes of a resource after its publication: the district's mark, and a recall in the plans that use it.
import { check } from './browser.mjs'

const send = (page, method, path, body) => page.evaluate(async ([how, where, what]) => {
  const { csrf } = await (await fetch('/api/v1/session')).json()
  const answer = await fetch(`/api/v1${where}`, { method: how, headers: { 'content-type': 'application/json', 'x-csrf-token': csrf, 'idempotency-key': crypto.randomUUID() }, body: JSON.stringify(what) })
  return { status: answer.status, body: await answer.json().catch(() => null) }
}, [method, path, body])

/** Two resources of one kind at one lesson, none of which another journey asks for. */
async function pair(ask, page) {
  for (const grade of [2, 4, 1, 6]) {
    const found = (await ask(page, `/resources?subject=14&grade=${grade}&scope=district&limit=100`)).body.items.filter((one) => one.chapter_id && one.kind !== 'pack' && one.kind !== 'link')
    for (const one of found) {
      const other = found.find((two) => two.id !== one.id && two.chapter_id === one.chapter_id && two.kind === one.kind)
      if (other) return [one, other]
    }
  }
  throw new Error('no two resources of one lesson and kind')
}

export default {
  async 'the researcher marks something published as excellent, and takes that away with a reason'({ page, signIn, whole, ask, accessible, translated, picture }) {
    await signIn(page, 'researcher')
    const mine = (await ask(page, '/session')).body.person_id
    const found = (await ask(page, '/resources?subject=14&scope=district&limit=50')).body.items.find((one) => !one.fine && one.kind !== 'pack')
    check(Boolean(found) && Boolean(mine), 'something published without the mark')
    await page.goto(`/resources/${found.id}`)
    await whole(page)
    await page.getByRole('button', { name: '评为精品' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.locator('textarea').fill('好')
    await dialog.getByRole('button', { name: '评为精品' }).click()
    await dialog.locator('.error').getByText(/至少/).waitFor()
    await accessible(page, 'a mark with its reason')
    await translated(page, 'a mark with its reason')
    await dialog.locator('textarea').fill('图形清楚，适合全区使用')
    await picture(page, 'marks-1-reason')
    await dialog.getByRole('button', { name: '评为精品' }).click()
    await page.getByText('已评为精品。').waitFor()
    await page.locator('.head').getByText('精品', { exact: true }).waitFor()
    await page.getByText('图形清楚，适合全区使用').waitFor()
    await accessible(page, 'a marked resource')
    await picture(page, 'marks-2-marked')
    await page.getByRole('button', { name: '取消精品' }).click()
    await dialog.locator('textarea').fill('教材换版后不再适用')
    await dialog.getByRole('button', { name: '取消精品' }).click()
    await page.getByText('已取消精品标记。').waitFor()
    await page.getByRole('button', { name: '评为精品' }).waitFor()
    check((await ask(page, `/resources/${found.id}`)).body.item.fine === false, 'the mark is gone')
  },
  async 'a resource recalled in one’s plans is told where one prepares, and another takes its place with one press'({ page, person, signIn, whole, ask, accessible, translated, fits, picture, phone, desk }) {
    await signIn(page, 'teacher')
    const [lost, other] = await pair(ask, page)
    const plan = async (title) => {
      const made = (await send(page, 'POST', '/lesson-plans', { title, subject: '14', grade: lost.grade_from, chapter_id: lost.chapter_id, usual: 'teaching.template.new_lesson', lesson_ids: [] })).body.plan
      made.content.sections[1].resources.push({ resource_id: lost.id, for_pupils: true })
      const saved = await send(page, 'PUT', `/lesson-plans/${made.id}`, { version: made.version, content: made.content, sharing: 'own' })
      check(saved.status === 200, `a plan is saved: ${saved.status}`)
      return made.id
    }
    const [first, second] = [await plan('沙鸥第一课'), await plan('沙鸥第二课')]
    const researcher = await person(desk)
    await signIn(researcher, 'researcher')
    const recalled = await send(researcher, 'POST', `/resources/${lost.id}/recall`, { reason: '第三页的图有错' })
    check(recalled.status === 200, `recalled: ${recalled.status} ${JSON.stringify(recalled.body)}`)
    await page.goto('/prepare')
    await whole(page)
    const card = page.locator('.lost')
    await card.getByText(lost.title).first().waitFor()
    check((await card.locator('li').count()) >= 2 && (await card.innerText()).includes('第三页的图有错'), await card.innerText())
    await accessible(page, 'recalled in one’s plans')
    await translated(page, 'recalled in one’s plans')
    await picture(page, 'marks-3-lost')
    await page.setViewportSize(phone)
    await fits(page, 'recalled in one’s plans on a phone')
    await picture(page, 'marks-3-lost-phone')
    await page.setViewportSize(desk)
    const row = (title) => card.locator('li', { hasText: title })
    check((await row('沙鸥第一课').innerText()).includes(other.title) || (await row('沙鸥第一课').locator('button').count()) > 0, 'something of the same lesson and kind is offered')
    await row('沙鸥第一课').locator('button').first().click()
    await row('沙鸥第一课').waitFor({ state: 'detached' })
    const now = (await ask(page, `/lesson-plans/${first}`)).body
    check(now.plan.content.sections[1].resources.length === 1 && now.resources.every((one) => one.readable) && now.plan.content.sections[1].resources[0].for_pupils, JSON.stringify(now.plan.content.sections[1].resources))
    // On the page of the plan itself: said above the parts, replaced in what is typed, saved with it.
    await page.goto(`/prepare/${second}`)
    await whole(page)
    await card.getByText(lost.title).first().waitFor()
    await picture(page, 'marks-4-in-plan')
    await accessible(page, 'a plan with something recalled')
    await card.locator('li button').first().click()
    await card.waitFor({ state: 'detached' })
    await page.waitForFunction(async ([id, old]) => {
      const view = await (await fetch(`/api/v1/lesson-plans/${id}`)).json()
      return view.plan.content.sections.every((part) => part.resources.every((one) => one.resource_id !== old))
    }, [second, lost.id])
  },
}
