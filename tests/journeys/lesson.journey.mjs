// Flow 4 of the demo: a teacher prepares a lesson, teaches it, and the numbers above it move, within the rules of privacy.
import { check, settled } from './browser.mjs'

const chapter = '小数乘整数'
const band = /^[\d,]+ 节用了 \/ [\d,]+ 节实上/
const numbers = (text) => text.match(/\d[\d,]*/g).map((one) => Number(one.replace(/,/g, '')))

/** A classroom screen shows its code; the teacher lets it in from his phone, by the address behind the QR or by typing the digits. */
async function pair({ person, signIn, accessible, wall, phone }, how, who, browser) {
  const screen = await person(wall, undefined, browser)
  let address = ''
  screen.on('response', async (answer) => {
    if (answer.url().endsWith('/classroom/pairings') && answer.ok()) address = (await answer.json().catch(() => ({}))).qr_url ?? address
  })
  await screen.goto('/signin')
  await screen.locator('.room .code').waitFor()
  const hand = await person(phone)
  await signIn(hand, who, '/pair')
  // A code holds for two minutes; a very busy machine may need the next one.
  for (let tries = 0; tries < 3; tries++) {
    if (how === 'qr') await hand.goto(address)
    else {
      await hand.goto('/pair')
      const digits = (await screen.locator('.room .code').innerText()).replace(/\D/g, '')
      check(/^\d{6}$/.test(digits), 'the screen shows six digits')
      await hand.fill('input[autocomplete="one-time-code"]', digits)
    }
    await hand.getByRole('button', { name: '登录这块大屏' }).click()
    const answer = hand.getByText('大屏已登录').or(hand.locator('form [role="alert"]')).first()
    await answer.waitFor()
    if ((await answer.innerText()).includes('大屏已登录')) break
  }
  await accessible(hand, 'the teacher lets a screen in')
  await screen.waitForURL('**/classroom')
  return { screen, hand }
}

const running = async (ask, page) => (await ask(page, '/class-sessions/current')).body.running
async function begin(screen) {
  await screen.getByRole('button', { name: /^(上课|接着上)$/ }).click()
  await screen.getByRole('button', { name: '资源', exact: true }).waitFor()
}
async function show(screen, nth) {
  await screen.getByRole('button', { name: '资源', exact: true }).click()
  await screen.getByRole('dialog').locator('.item').nth(nth + 1).click() // the first is the outline
  await screen.locator('.stage iframe, .stage img, .stage canvas, .stage video, .stage audio').first().waitFor()
}
/** A question made up now. */
async function question(screen, text) {
  await screen.getByRole('button', { name: '提问', exact: true }).click()
  const drawer = screen.getByRole('dialog')
  await drawer.locator('.new input').fill(text)
  await drawer.getByRole('button', { name: '开始举手' }).click()
  await screen.getByRole('slider').first().waitFor()
}
/** Hands are counted by keys, as a presenter would. */
async function handCount(screen, counts) {
  const bars = screen.getByRole('slider')
  for (const [index, count] of counts.entries()) {
    await bars.nth(index).focus()
    for (let n = 0; n < count; n++) await screen.keyboard.press('ArrowRight')
    check((await bars.nth(index).getAttribute('aria-valuenow')) === String(count), `option ${index} counts ${count} hands`)
  }
}

export default {
  async 'a teacher prepares: chapter, template, three resources, saved, linked to the lesson'({ page, signIn, whole, ask, accessible, picture }) {
    await signIn(page, 'teacher', '/prepare')
    await whole(page)
    await accessible(page, 'prepare')
    await picture(page, 'prepare-1-start')
    const leaf = page.locator('.tree .leaf', { hasText: chapter }).first()
    if (!(await leaf.isVisible())) await page.locator('.tree .unit', { hasText: '小数乘法' }).click()
    await leaf.click()
    await page.getByRole('heading', { name: '从模板开始' }).waitFor()
    await picture(page, 'prepare-2-template')
    await page.locator('.cards > li > button').first().click()
    await page.waitForURL(/\/prepare\/[0-9a-f-]{36}/)
    const panel = page.locator('.right .panel')
    await panel.locator('.item').first().click()
    await panel.getByRole('checkbox').uncheck()
    await panel.getByRole('searchbox').fill('小数')
    for (const title of ['数轴上的小数 互动', '小数乘法 练习']) await panel.locator('.item', { hasText: title }).first().click()
    await page.locator('.middle textarea').nth(1).fill('从买文具的价钱说起：3.5 元一支，3 支多少元？')
    const saved = page.locator('.save.saved')
    await settled(page) // what was changed just now is marked as not saved
    await saved.waitFor()
    await page.getByRole('button', { name: '选哪几节课用' }).click()
    await page.getByRole('dialog').getByRole('checkbox').first().check()
    await page.getByRole('dialog').getByRole('button', { name: /用在这 1 节/ }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' }).catch(() => {})
    await accessible(page, 'a plan')
    await picture(page, 'prepare-3-plan')
    await page.reload()
    await whole(page)
    const id = page.url().split('/').pop()
    const plan = (await ask(page, `/lesson-plans/${id}`)).body
    check(plan.plan.content.sections.flatMap((part) => part.resources).length === 3, 'three resources stand in the plan')
    check(plan.lessons.length === 1 && plan.lessons[0].class_name === '五(1)班', 'the plan is linked to the next lesson')
    check(JSON.stringify(plan.plan.content).includes('3.5 元一支'), 'what was typed is saved')
  },

  async 'a teacher teaches by QR through two power cuts; the record, the school and the district follow at once'(tools) {
    const { page: officer, person, launch, listen, signIn, whole, ask, accessible, fits, translated, picture, server, desk } = tools
    // What the officer's open page has been told of the coverage of the district, last word last.
    const heard = []
    officer.on('response', async (answer) => {
      if (!/\/api\/v1\/cockpit(\?|$)/.test(answer.url())) return
      const body = await answer.json().catch(() => null)
      const coverage = body?.numbers.find((one) => one.code === 'I21')
      if (coverage) heard.push(coverage.numerator)
    })
    await signIn(officer, 'leader')
    await whole(officer)
    await officer.locator('.st-tiles').waitFor()
    check(heard.length > 0, 'the cockpit shows the coverage')
    const districtBefore = heard[0]
    const head = await person(desk)
    await signIn(head, 'principal', '/indicators/I21')
    await whole(head)
    const schoolBefore = numbers(await head.getByText(band).first().innerText())

    const browser = await launch()
    const { screen, hand } = await pair(tools, 'qr', 'teacher', browser)
    listen(screen)
    await screen.getByRole('heading', { name: /五\(1\)班 数学/ }).waitFor()
    await accessible(screen, 'classroom before the lesson')
    await picture(screen, 'lesson-1-begin')
    await begin(screen)
    await accessible(screen, 'classroom')
    await picture(screen, 'lesson-2-outline')
    await show(screen, 0)
    await whole(screen)
    await settled(screen)
    await accessible(screen, 'a resource on the classroom screen')
    await picture(screen, 'lesson-3-resource')
    const stage = await screen.locator('section.stage').boundingBox()
    check(stage.width > 1700 && stage.height > 750, 'the resource fills the screen')
    await show(screen, 1)
    const shown = await (async () => {
      for (let tries = 0; tries < 40; tries++) {
        const now = await running(ask, screen)
        if (now.opened.length === 2) return now
        await screen.waitForTimeout(100)
      }
      throw new Error('the server does not know what is shown')
    })()
    await question(screen, '3.5 × 3 等于多少？')
    await handCount(screen, [30, 18, 2])
    await accessible(screen, 'a question')
    await picture(screen, 'lesson-4-question')
    await screen.getByRole('button', { name: '数完了' }).click()
    for (let tries = 0; !(await running(ask, screen)).questions[0].done; tries++) {
      check(tries < 100, 'what was counted is told')
      await screen.waitForTimeout(100)
    }

    // The browser dies in the middle of class; another one goes on where it stood.
    await browser.close()
    const killed = Date.now()
    const second = await launch()
    const again = await person(tools.wall, undefined, second)
    await signIn(again, 'teacher', '/classroom')
    await again.getByRole('button', { name: '下课' }).waitFor()
    const after = await running(ask, again)
    check(after.session.id === shown.session.id, 'the same lesson goes on')
    check(after.place.resource_id === shown.place.resource_id, 'the same resource stands on the screen')
    check(after.questions.length === 1 && after.questions[0].counts.join() === '30,18,2', 'the hands counted are kept')
    console.log(`      the browser was back in class after ${((Date.now() - killed) / 1000).toFixed(1)} s`)

    // The server dies; hands are counted on, and what was counted meanwhile arrives afterwards.
    await question(again, '积的小数位数看什么？')
    await server.halt()
    await handCount(again, [41, 9, 3])
    await again.getByText('断网中，照常上课').waitFor()
    await picture(again, 'lesson-5-cut')
    await server.start()
    await again.getByText('断网中，照常上课').waitFor({ state: 'detached' })
    await again.getByRole('button', { name: '数完了' }).click()
    const back = await running(ask, again)
    check(back.session.id === shown.session.id && back.opened.length === 2, 'the lesson goes on after the power cut')
    check(back.questions[1].counts.join() === '41,9,3', 'what was counted during the cut is known')
    await again.getByRole('button', { name: '下课' }).click()
    await again.getByText('下课了，已自动记好').waitFor()
    check((await again.getByRole('dialog').count()) === 0, 'the end asks nothing')
    await picture(again, 'lesson-6-end')
    await second.close()

    // The teacher's own record, at once, on the phone; corrected with a reason.
    await hand.goto('/records')
    await whole(hand)
    const line = hand.locator('.line', { hasText: '第2节 五(1)班' }).first()
    await line.getByText('2 个资源').waitFor()
    await fits(hand, 'own records')
    await accessible(hand, 'own records')
    await picture(hand, 'records-1-phone')
    await line.getByRole('button', { name: /更正/ }).click()
    const dialog = hand.getByRole('dialog')
    await dialog.getByRole('checkbox').last().uncheck()
    await dialog.getByLabel('更正原因').fill('最后一个没有来得及用')
    await accessible(hand, 'correcting a record')
    await picture(hand, 'records-2-correct')
    await dialog.getByRole('button', { name: '存更正' }).click()
    await dialog.getByText('最后一个没有来得及用').waitFor()
    await dialog.getByRole('button', { name: '关闭' }).last().click()
    await line.getByText('1 个资源').waitFor()

    // The school's week moves from n to n + 1 of m; totals at once, the single lesson not yet.
    await head.reload()
    await whole(head)
    const schoolAfter = numbers(await head.getByText(band).first().innerText())
    // The lesson itself is held now, so the lessons held may be one more, too.
    check(schoolAfter[0] === schoolBefore[0] + 1 && schoolAfter[1] - schoolBefore[1] <= 1, `the school went from ${schoolBefore} to ${schoolAfter}`)
    await picture(head, 'lesson-7-principal')
    const single = (await ask(head, `/school-records?school=${(await ask(head, '/principal/home')).body.school_id}`)).body
    check(single.not_yet_open > 0 && single.lessons.every((one) => one.session.id !== shown.session.id), 'the single lesson waits for the teacher or seven days')

    // The district follows by its small part in the cockpit that was open all the time.
    for (let tries = 0; heard.at(-1) !== districtBefore + 1; tries++) {
      check(tries < 300, `the open cockpit heard ${heard} and not ${districtBefore + 1}`)
      await officer.waitForTimeout(100)
    }
    await picture(officer, 'lesson-8-cockpit')
    await officer.locator('.st-tiles a', { hasText: '多媒体课时覆盖率' }).first().click()
    await officer.waitForURL('**/indicators/I21**')
    await whole(officer)
    await accessible(officer, 'an indicator')
    await translated(officer, 'an indicator')
    await picture(officer, 'lesson-9-indicator')
    const detail = (await ask(officer, '/indicators/I21')).body
    const names = (await ask(hand, '/session')).body.name
    check(!JSON.stringify(detail).includes(names), 'no name stands in the number')
    const listed = await ask(officer, `/indicators/I21/lessons?org=${detail.rows.find((row) => row.org_id)?.org_id}`)
    check(listed.status >= 400 || (listed.body.lessons.length === 0 && !listed.body.named), 'the officer sees no single lesson')
    const cells = detail.rows.flatMap((row) => row.cells)
    check(cells.some((cell) => cell.hidden) && cells.every((cell) => !cell.hidden || (cell.value === null && cell.numerator === null && cell.denominator === null)), 'small cells are hidden with all they are made of')
  },

  async 'a classroom screen signs in by its six digits and goes on with the lesson'(tools) {
    const { ask, picture, page } = tools
    await page.close()
    const { screen } = await pair(tools, 'digits', 'teacher')
    await begin(screen)
    await show(screen, 0)
    check((await running(ask, screen)) !== null, 'the lesson runs')
    await picture(screen, 'lesson-10-digits')
    await screen.getByRole('button', { name: '下课' }).click()
    await screen.getByText('下课了，已自动记好').waitFor()
  },

  async 'a guardian sees nothing of the bureau, the staff or another school'({ page, signIn, ask }) {
    await signIn(page, 'guardian')
    for (const path of ['/cockpit', '/people?limit=5', '/reviews', '/accounts', '/audit', '/grants', '/school-records', '/principal/home']) {
      const { status, body } = await ask(page, path)
      check(status === 403 || status === 404 || (status === 200 && (body.items?.length ?? 1) === 0), `${path} answered ${status} to a guardian`)
    }
    check(!JSON.stringify((await ask(page, '/schools')).body).includes('金盆'), 'a guardian learns of no other school')
  },
}
