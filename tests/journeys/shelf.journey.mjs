// Flow 6 of the demo: a micro-lesson through the layered review, used in a lesson, recalled and gone everywhere; then packs
// of a chapter, licences that end, and the public door. On districts of their own, so that no other story meets them.
import { readFileSync, rmSync } from 'node:fs'
import { check } from './browser.mjs'
import { approve, openReview, signInByCode } from './reviewing.mjs'
import { demoFolder, serve } from '../support/program.mjs'
import { pause } from '../support/check.mjs'

async function ownDistrict(tools) {
  const folder = demoFolder()
  const own = await serve(folder)
  return { ...tools, server: { ...tools.server, program: own.program, folder, origin: own.origin }, origin: own.origin, close: async () => { await own.stop(); rmSync(folder, { recursive: true, force: true }) } }
}

const film = readFileSync(new URL('../../demo/content/video/seed-sprouting.mp4', import.meta.url))
const title = '小数乘整数 微课 雀翎'
const reason = '配乐没有得到许可'

async function give({ whole, picture }, page) {
  await page.goto('/resources/new')
  await whole(page)
  await page.setInputFiles('input[type="file"]', { name: '小数乘整数 微课.mp4', mimeType: 'video/mp4', buffer: film })
  await page.waitForFunction(() => document.querySelector('#field-title')?.value)
  await page.locator('#field-title').fill(title)
  await page.locator('#field-kind').selectOption('video')
  await page.locator('#field-textbook_id').selectOption({ label: '数学 五年级上册' })
  await page.locator('#field-chapter_id option', { hasText: '小数乘整数' }).first().waitFor({ state: 'attached' })
  await page.locator('#field-chapter_id').selectOption({ index: 2 })
  await page.locator('#field-source').selectOption('own_work')
  await page.locator('#field-licence').selectOption('cc_by')
  await page.locator('input[type="radio"][value="district"]').check()
  await picture(page, 'flow6-1-describe')
  await page.getByRole('button', { name: '送审' }).click()
  await page.waitForURL('**/resources/mine')
}

/** Layered review of a school's shelf this week: what passed all its steps, of what is published. */
async function reviewed({ ask }, page) {
  const { body } = await ask(page, '/indicators')
  const now = body.items.find((one) => one.code === 'I33')
  return { passed: now.numerator, all: now.denominator }
}
/** The figure once it has followed: it is counted from what was said, a moment later. */
async function follows(tools, page, wanted) {
  for (let tries = 0; tries < 100; tries++) {
    const now = await reviewed(tools, page)
    if (now.all === wanted) return now
    await pause(100)
  }
  throw new Error(`I33 stays at ${JSON.stringify(await reviewed(tools, page))} instead of ${wanted}`)
}
const searched = async ({ ask }, page, words) => (await ask(page, `/resources?q=${encodeURIComponent(words)}`)).body.total

export default {
  async 'flow 6: a micro-lesson is returned, mended, published, found, put into a plan, shown in class, recalled and gone everywhere'(plain) {
    const tools = await ownDistrict(plain)
    const { person, signIn, whole, ask, accessible, fits, translated, picture, origin, wall, desk } = tools
    try {
      const author = await person(desk, origin)
      await signIn(author, 'teacher')
      await give(tools, author)
      const [head, academic, researcher, principal] = [await person(desk, origin), await person(desk, origin), await person(desk, origin), await person(desk, origin)]
      await signInByCode(tools, head, 'hb006', '大通湖-教研组-组长-六')
      await signIn(academic, 'academic', '/review')
      await signIn(researcher, 'researcher', '/review')
      await signIn(principal, 'principal')
      const before = await reviewed(tools, principal)

      // The school returns it with a reason; it is mended and goes on where it was returned.
      await openReview(tools, head, title)
      await head.locator('#review-reason').fill('请在说明里写用在哪个环节。')
      await head.getByRole('button', { name: '退回', exact: true }).click()
      await head.getByText(`已退回“${title}”`).waitFor()
      await author.goto('/today')
      await author.getByRole('link', { name: '去改' }).first().click()
      await author.getByText('请在说明里写用在哪个环节').first().waitFor()
      await author.locator('#field-description').fill('导入时放，三分钟。')
      await author.getByRole('button', { name: '送审' }).click()
      await author.waitForURL('**/resources/mine')
      check((await searched(tools, academic, '雀翎')) === 0, 'nobody finds it before it is published')
      await approve(tools, head, title)
      await approve(tools, academic, title)
      await openReview(tools, researcher, title)
      await researcher.locator('.sheet .mark').waitFor()
      await accessible(researcher, 'a review with a mark')
      await picture(researcher, 'flow6-2-mark')
      await approve(tools, researcher, title, true)
      const after = await follows(tools, principal, before.all + 1)
      check(after.passed === before.passed + 1, `the review counts: ${JSON.stringify([before, after])}`)

      // Another school's teacher finds it, a plan takes it, the classroom screen shows it.
      const other = await person(desk, origin)
      await signInByCode(tools, other, 'jp010', '金盆镇-数学-老师-十')
      await other.goto('/resources?fine=true&q=%E9%9B%80%E7%BF%8E')
      await other.getByRole('link', { name: title }).first().waitFor()
      await picture(other, 'flow6-3-found')
      const id = (await ask(other, `/resources?q=${encodeURIComponent('雀翎')}`)).body.items[0].id
      await author.goto('/prepare')
      await whole(author)
      const leaf = author.locator('.tree .leaf', { hasText: '小数乘整数' }).first()
      if (!(await leaf.isVisible())) await author.locator('.tree .unit', { hasText: '小数乘法' }).click()
      await leaf.click()
      await author.getByRole('heading', { name: '从模板开始' }).waitFor()
      await author.locator('.cards > li > button').first().click()
      await author.waitForURL(/\/prepare\/[0-9a-f-]{36}/)
      const panel = author.locator('.right .panel')
      await panel.getByRole('searchbox').fill('雀翎')
      await panel.locator('.item', { hasText: title }).click()
      await author.locator('.save.saved').waitFor()
      const planId = author.url().split('/').pop()
      const screen = await person(wall, origin)
      await signIn(screen, 'teacher', '/classroom')
      await screen.getByRole('button', { name: /^(上课|接着上)$/ }).click()
      await screen.getByRole('button', { name: '资源', exact: true }).waitFor()
      const take = async () => {
        await screen.getByRole('button', { name: '资源', exact: true }).click()
        const drawer = screen.getByRole('dialog')
        await drawer.locator('input[type="search"]').fill('雀翎')
        return drawer.locator('.item', { hasText: title })
      }
      await (await take()).first().click()
      await screen.locator('.stage video').first().waitFor()
      await picture(screen, 'flow6-4-class')

      // Recalled for a copyright note: gone from search, page, plan, classroom and figure.
      await researcher.goto(`/resources/${id}`)
      await whole(researcher)
      await researcher.getByRole('button', { name: '收回', exact: true }).click()
      await researcher.locator('#field-recall-reason').fill(reason)
      await researcher.getByRole('dialog').getByRole('button', { name: '收回', exact: true }).click()
      await researcher.getByText('已收回。').waitFor()
      check((await searched(tools, other, '雀翎')) === 0, 'nobody finds it any more')
      await other.goto(`/resources/${id}`)
      await other.getByRole('heading', { name: '这件资源已收回' }).waitFor()
      await other.getByText(reason).waitFor()
      await picture(other, 'flow6-5-gone')
      await author.goto(`/prepare/${planId}`)
      await whole(author)
      await author.getByText(reason).first().waitFor()
      await picture(author, 'flow6-6-plan')
      const gone = (await ask(author, `/lesson-plans/${planId}`)).body.resources.find((one) => one.id === id)
      check(gone.readable === false && gone.recalled_reason === reason, 'the plan shows a gap with the reason')
      const session = (await ask(screen, '/class-sessions/current')).body.running.session.id
      const shown = await screen.evaluate(async ([where, what]) => {
        const csrf = (await (await fetch('/api/v1/session')).json()).csrf
        return (await fetch(`/api/v1/class-sessions/${where}/show`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-csrf-token': csrf }, body: JSON.stringify({ resource_id: what }) })).status
      }, [session, id])
      check(shown === 410, `the classroom screen is refused it: ${shown}`)
      const end = await follows(tools, principal, before.all)
      check(end.passed === before.passed, 'the figure follows the recall')
      await fits(other, 'a resource that is gone')
      await translated(other, 'a resource that is gone')
    } finally {
      await tools.close()
    }
  },

  async 'a pack of a chapter is made, taken into a plan in one press, and shows a gap; a licence is prolonged; whoever comes sees what is public'(plain) {
    const tools = await ownDistrict(plain)
    const { person, signIn, whole, ask, accessible, fits, translated, picture, origin, desk, phone } = tools
    try {
      const teacher = await person(desk, origin)
      await signIn(teacher, 'teacher', '/resources?kind=pack')
      await whole(teacher)
      await teacher.getByRole('link', { name: /平行四边形的面积 一课全套/ }).first().click()
      await whole(teacher)
      await teacher.locator('.pack-card').getByText('教案、课件、微课、练习都齐').waitFor()
      await accessible(teacher, 'a pack')
      await translated(teacher, 'a pack')
      await picture(teacher, 'shelf-1-pack')
      await teacher.setViewportSize(phone)
      await fits(teacher, 'a pack on a phone')
      await picture(teacher, 'shelf-2-pack-phone')
      await teacher.setViewportSize(desk)
      await teacher.getByRole('button', { name: '整包放进教案' }).click()
      await teacher.waitForURL(/\/prepare\/[0-9a-f-]{36}/)
      await whole(teacher)
      const plan = (await ask(teacher, `/lesson-plans/${teacher.url().split('/').pop()}`)).body
      check(plan.resources.length >= 4 && plan.resources.every((one) => one.readable), `the plan holds the pack: ${plan.resources.length}`)
      await picture(teacher, 'shelf-3-plan')

      // One of his own, from the chapter tree.
      const found = (await ask(teacher, '/resources?kind=pack&q=%E4%B8%89%E8%A7%92%E5%BD%A2')).body.items[0]
      const book = (await ask(teacher, `/resources/${found.id}`)).body.textbook_id
      await teacher.goto(`/resources/packs/new?chapter=${found.chapter_id}&textbook=${book}`)
      await whole(teacher)
      await teacher.locator('#field-title').fill('三角形的面积 我的一课')
      for (let n = 0; n < 3; n++) await teacher.locator('.shelf').getByRole('button', { name: /^放进/ }).first().click()
      await teacher.getByRole('textbox', { name: /怎样用$/ }).first().fill('导入用')
      await accessible(teacher, 'a pack that is being made')
      await translated(teacher, 'a pack that is being made')
      await picture(teacher, 'shelf-4-make')
      await teacher.setViewportSize(phone)
      await fits(teacher, 'a pack being made on a phone')
      await teacher.setViewportSize(desk)
      await teacher.getByRole('button', { name: '存好' }).click()
      await teacher.waitForURL(/\/resources\/[0-9a-f-]{36}$/)
      await whole(teacher)
      await teacher.locator('.pack-card').getByText('包里 3 件').waitFor()
      await teacher.getByText('导入用').waitFor()

      // What was bought ends; who answers for it prolongs it.
      const office = await person(desk, origin)
      await signIn(office, 'info_office', '/resources/licences')
      await whole(office)
      const ended = office.locator('li', { hasText: '已到期 5 天' })
      await ended.waitFor()
      await accessible(office, 'licences that end')
      await translated(office, 'licences that end')
      await picture(office, 'shelf-5-licences')
      const name = await ended.locator('strong').innerText()
      check((await ask(teacher, `/resources?q=${encodeURIComponent(name)}&intake=bought`)).body.items.every((one) => one.title !== name), 'what has ended is not found')
      await ended.getByRole('button', { name: /续期/ }).click()
      await picture(office, 'shelf-6-prolong')
      await office.getByRole('dialog').getByRole('button', { name: '保存' }).click()
      await office.getByText('已续期，大家又能用了').waitFor()
      await ended.waitFor({ state: 'detached' })
      check((await ask(teacher, `/resources?q=${encodeURIComponent(name)}&intake=bought`)).body.items.some((one) => one.title === name), 'prolonged it is found again')
      // A slip of the year would take another one off the shelf at once: it is asked by name first.
      await office.locator('main .app-card li', { has: office.getByRole('link') }).first().getByRole('button', { name: /续期/ }).click()
      await office.locator('#field-valid_until').fill('2013-12-01')
      await office.locator('#field-valid_until').press('Enter')
      const sure = office.getByRole('dialog', { name: /^现在就终止/ })
      await sure.getByRole('button', { name: '取消' }).click()
      await office.keyboard.press('Escape')
      await office.getByRole('dialog', { name: '填的还没保存' }).getByRole('button', { name: '不保存，关掉' }).click()
      await office.getByRole('dialog').waitFor({ state: 'detached' }).catch(() => {})
      await office.setViewportSize(phone)
      await fits(office, 'licences on a phone')
      await picture(office, 'shelf-7-licences-phone')

      // Nobody signed in.
      const stranger = await person(desk, origin)
      await stranger.goto('/signin')
      await stranger.getByRole('link', { name: '不登录，看公开资源' }).click()
      await whole(stranger)
      await stranger.locator('.cards > li').first().waitFor()
      await accessible(stranger, 'the public door')
      await translated(stranger, 'the public door')
      await picture(stranger, 'shelf-8-open')
      check((await ask(stranger, '/resources')).status === 401, 'the library itself stays closed')
      const open = (await ask(stranger, '/open/resources?kind=picture,video')).body.items[0]
      await stranger.goto(`/open/${open.id}`)
      await whole(stranger)
      await stranger.locator('img.picture, video.film').first().waitFor()
      await accessible(stranger, 'something public')
      await picture(stranger, 'shelf-9-open-one')
      check((await ask(stranger, `/open/resources/${found.id}`)).status === 404, 'what is for the district is not public')
      await stranger.setViewportSize(phone)
      await fits(stranger, 'something public on a phone')
      await stranger.goto('/open')
      await whole(stranger)
      await fits(stranger, 'the public door on a phone')
      await picture(stranger, 'shelf-10-open-phone')
    } finally {
      await tools.close()
    }
  },
}
