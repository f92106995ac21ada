// A newcomer prepares a lesson: chapter, template, resources by press, by mouse and by keys, print and PDF, a colleague's
// copy, versions back and forth, homework made of it. Every press is counted, and the seconds that the machine takes.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { check, out, settled } from './browser.mjs'

/** Somebody at the plan: presses, fields and what the machine takes between. */
class Hand {
  counts = { presses: 0, fields: 0, machine_ms: 0 }
  constructor(page) {
    this.page = page
  }
  async press(what, done = async () => {}) {
    this.counts.presses++
    const began = performance.now()
    await what.click()
    await done()
    this.counts.machine_ms += performance.now() - began
  }
  async type(what, text) {
    this.counts.fields++
    await what.fill(text)
  }
}

const parts = (page) => page.locator('.middle .part:not(.goals)')
const titles = (page) => page.locator('.middle .part:not(.goals) input.title').evaluateAll((all) => all.map((one) => one.value))
const saved = async (page) => {
  await settled(page) // what was changed just now is marked as not saved
  await page.locator('.save.saved').waitFor()
}
const planOf = (page) => page.url().match(/prepare\/([0-9a-f-]{36})/)[1]

/** The first chapter that nobody has prepared and that has resources. */
async function begins(hand) {
  const { page } = hand
  const fresh = page.locator('.tree .leaf:visible', { has: page.locator('.plan-mark.none') }).filter({ hasNot: page.locator('.missing') })
  if ((await fresh.count()) === 0) await hand.press(page.locator('.tree .unit[aria-expanded="false"]').last())
  const leaf = fresh.first()
  const title = await leaf.locator('.name').innerText()
  await hand.press(leaf, () => page.getByRole('heading', { name: '从模板开始' }).waitFor())
  await hand.press(page.locator('.cards > li > button').first(), () => page.waitForURL(/\/prepare\/[0-9a-f-]{36}/))
  await page.locator('.right .panel .item').first().waitFor()
  return title
}

/** One resource each way: pressed, dragged with the mouse, taken by keys. */
async function fills(hand) {
  const { page } = hand
  const panel = page.locator('.right .panel')
  if ((await panel.locator('.item').count()) < 3) await hand.press(panel.getByRole('checkbox').first(), () => panel.locator('.item').nth(2).waitFor())
  const names = await panel.locator('.item strong').allInnerTexts()
  await hand.press(panel.locator('.item').nth(0))
  hand.counts.presses++
  await panel.locator('.item').nth(1).dragTo(parts(page).nth(1).locator('.body'))
  await parts(page).nth(2).locator('textarea').focus()
  await panel.locator('.item').nth(2).focus()
  hand.counts.presses++
  await page.keyboard.press('Enter')
  await page.locator('.middle .resource-chip').nth(2).waitFor()
  check((await parts(page).nth(1).innerText()).includes(names[1]), 'what was dragged lies where it was dropped')
  check((await parts(page).nth(2).innerText()).includes(names[2]), 'what was taken by keys lies in the part that was written in')
  await hand.type(page.locator('.middle .goals textarea'), '能说出课文写了什么\n能有感情地朗读')
  await hand.type(parts(page).nth(0).locator('textarea'), '从一张照片说起。')
  await hand.type(page.getByRole('textbox', { name: '作业' }), '把课文读给家里人听。')
}

/** A part is moved by keys and back with the mouse. */
async function moves(hand) {
  const { page } = hand
  const before = await titles(page)
  await page.locator('.grip').nth(0).focus()
  hand.counts.presses++
  await page.keyboard.press('ArrowDown')
  check((await titles(page)).slice(0, 2).join() === [before[1], before[0]].join(), 'a part moves by keys')
  check(await page.locator('.grip').nth(1).evaluate((one) => one === document.activeElement), 'and the focus moves with it')
  await page.getByRole('status').filter({ hasText: '第 2 个环节' }).waitFor({ state: 'attached' })
  hand.counts.presses++
  await page.locator('.grip').nth(1).dragTo(parts(page).nth(0).locator('.body'))
  check((await titles(page)).join() === before.join(), `the mouse brings it back: ${await titles(page)}`)
}

export default {
  async 'a newcomer prepares a lesson from chapter to homework, and a colleague copies it'(tools) {
    const { page, person, signIn, whole, ask, accessible, fits, translated, picture, phone, desk } = tools
    await signIn(page, 'teacher')
    const hand = new Hand(page)
    await page.goto('/prepare')
    await whole(page)
    const title = await begins(hand)
    await fills(hand)
    await moves(hand)
    await saved(page)
    await accessible(page, 'a plan of a newcomer')
    await translated(page, 'a plan of a newcomer')
    await picture(page, 'newcomer-1-plan')
    const id = planOf(page)

    // only the owner sees it until he shares it; then a colleague reads it and makes it his own
    const colleague = await person()
    await signIn(colleague, 'homeroom')
    check((await ask(colleague, `/lesson-plans/${id}`)).status === 404, 'nobody else reads it')
    await hand.press(page.getByRole('button', { name: '教案的更多操作' }))
    await hand.press(page.getByRole('button', { name: '给本校同事看' }), () => page.getByText('本校同事可看').waitFor())
    await saved(page)
    await picture(page, 'newcomer-2-shared')
    await colleague.goto(`/prepare/${id}`)
    await whole(colleague)
    await colleague.getByText(/ 共享$/).waitFor()
    await accessible(colleague, 'a colleague\'s plan')
    await picture(colleague, 'newcomer-3-colleague')
    await colleague.getByRole('button', { name: '教案的更多操作' }).click()
    await colleague.getByRole('button', { name: '复制一份' }).click()
    await colleague.waitForURL((url) => /prepare\/[0-9a-f-]{36}/.test(url.pathname) && !url.pathname.includes(id))
    await colleague.locator('.middle .resource-chip').nth(2).waitFor()
    const copied = planOf(colleague)
    check((await ask(colleague, `/lesson-plans/${copied}`)).body.plan.content.title.includes(title), 'the copy is the colleague\'s')

    // on paper and as a file
    const plan = (await ask(page, `/lesson-plans/${id}`)).body.plan
    await page.goto(`/prepare/${id}/print`)
    await whole(page)
    await page.getByRole('button', { name: '打印或存成 PDF' }).waitFor()
    await accessible(page, 'the plan on paper')
    await picture(page, 'newcomer-4-paper')
    const pdf = await page.pdf({ format: 'A4' })
    check(pdf.subarray(0, 5).toString() === '%PDF-' && pdf.length > 8000, `the PDF has ${pdf.length} bytes`)
    mkdirSync(out, { recursive: true })
    writeFileSync(join(out, 'newcomer.pdf'), pdf)

    // written on two machines at once: both versions stay, and each comes back
    const opening = (one) => parts(one).nth(0).locator('textarea')
    const history = async (one, which) => {
      await hand.press(one.getByRole('button', { name: '历史' }), () => one.getByRole('dialog').locator('.list button').nth(1).waitFor())
      await hand.press(one.getByRole('dialog').locator('.list button').filter(which).first())
    }
    const restored = (one) => hand.press(one.getByRole('dialog').getByRole('button', { name: '恢复这一版' }), () => one.getByRole('dialog').waitFor({ state: 'detached' }))
    const home = await person()
    await signIn(home, 'teacher')
    for (const one of [page, home]) {
      await one.goto(`/prepare/${id}`)
      await whole(one)
    }
    await hand.type(opening(page), '从一首歌说起。')
    await saved(page)
    await opening(home).fill('从一个故事说起。')
    await home.getByRole('button', { name: '用那边的' }).click()
    await home.locator('.save.saved').waitFor()
    check((await opening(home).inputValue()) === '从一首歌说起。', 'the other machine goes on with what was saved')
    await history(home, { hasText: '没合并' })
    await accessible(home, 'the history of a plan')
    await picture(home, 'newcomer-5-history')
    await restored(home)
    check((await opening(home).inputValue()) === '从一个故事说起。', 'what was put aside is back')
    await history(home, { hasNotText: /现在|没合并/ })
    await restored(home)
    check((await opening(home).inputValue()) === '从一首歌说起。', 'and what stood before comes back, too')
    await page.goto(`/prepare/${id}`)
    await whole(page)

    // homework is made of what the plan says
    await hand.press(page.getByRole('link', { name: '布置作业' }), () => page.waitForURL('**/homework/new**'))
    await whole(page)
    const words = await page.locator('main').evaluate((main) => [...main.querySelectorAll('input, textarea')].map((one) => one.value).join(' '))
    check(words.includes('把课文读给家里人听。'), `the homework of the plan stands in the form: ${words.slice(0, 200)}`)
    await picture(page, 'newcomer-6-homework')

    await page.goto(`/prepare/${id}`)
    await whole(page)
    await page.setViewportSize(phone)
    await fits(page, 'a plan on a phone')
    await accessible(page, 'a plan on a phone')
    await picture(page, 'newcomer-7-phone')
    await page.setViewportSize(desk)

    const told = { presses: hand.counts.presses, fields: hand.counts.fields, machine_seconds: Math.round(hand.counts.machine_ms / 100) / 10 }
    writeFileSync(join(out, 'newcomer.json'), `${JSON.stringify(told)}\n`)
    console.log(`      a lesson prepared: ${told.presses} presses, ${told.fields} fields, ${told.machine_seconds} s of the machine`)
    check(told.presses <= 22 && told.fields <= 6, `it asks for more than before: ${JSON.stringify(told)}`)

    // the demo's other stories find what they know
    check(plan.content.sections.length > 2, 'the template has its parts')
    for (const [who, which] of [[page, id], [colleague, copied]]) {
      await who.goto(`/prepare/${which}`)
      await who.getByRole('button', { name: '教案的更多操作' }).click()
      await who.getByRole('button', { name: '删除教案' }).click()
      await who.getByRole('dialog').getByRole('button', { name: '删除教案' }).click()
      await who.waitForURL((url) => url.pathname === '/prepare')
    }
  },
}
