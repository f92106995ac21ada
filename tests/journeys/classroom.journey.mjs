// The classroom screen: printed cards read by a camera, ink that survives a crash, a lesson beside the timetable with two
// classes. On a district of its own, so that no other story meets its lessons.
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { check } from './browser.mjs'
import { demoFolder, scratch, serve } from '../support/program.mjs'

/** The demo once more; where two sixth classes have no lesson now. */
async function ownDistrict({ server }) {
  const folder = demoFolder()
  const db = new DatabaseSync(join(folder, 'santong.db'))
  const classes = db.prepare('SELECT id FROM class_group WHERE entry_year = 2009 AND entry_grade = 1 AND number IN (2, 3)').all().map((one) => one.id)
  for (const id of classes) db.prepare('DELETE FROM timetable_entry WHERE class_id = ? AND weekday = 4 AND period = 2').run(id)
  db.close()
  const own = await serve(folder)
  return { origin: own.origin, accounts: server.accounts, close: async () => { await own.stop(); rmSync(folder, { recursive: true, force: true }) } }
}

const cardsAcross = 8
/** A class that holds its printed cards up, as a camera of 1920×1080 sees it: turned, leaning, in different light. */
async function photograph(page, person, count) {
  await page.goto('/code-cards')
  await page.locator('.card').nth(count - 1).waitFor()
  const cards = await page.locator('.card').evaluateAll((all) => all.map((one) => one.querySelector('svg').outerHTML))
  const room = await person({ width: 1920, height: 1080 })
  const held = cards.slice(0, count).map((svg, at) => ({ svg, answer: [0, 1, 1, 2, 1, 3, 1, 0][at % 8] }))
  const rows = Math.ceil(count / cardsAcross)
  await room.setContent(`<style>body{margin:0;background:linear-gradient(100deg,#4a4f55,#a8a294 60%,#d8d4c8);overflow:hidden}
    .paper{position:absolute;width:112px;height:112px;background:#fbfaf6;display:grid;place-items:center;filter:blur(.6px)} svg{width:74px;height:74px}</style>` +
    held.map(({ svg, answer }, at) => {
      const x = ((at % cardsAcross) + 0.5) * (1920 / cardsAcross) - 56 + ((at * 37) % 30) - 15
      const y = (Math.floor(at / cardsAcross) + 0.5) * (1080 / rows) - 56 + ((at * 53) % 24) - 12
      return `<div class="paper" style="left:${x}px;top:${y}px;filter:blur(.6px) brightness(${0.6 + ((at * 17) % 40) / 100});transform:perspective(400px) rotateY(${((at * 29) % 80) - 40}deg) rotateX(${((at * 13) % 30) - 15}deg) rotate(${-90 * answer + ((at * 41) % 40) - 20}deg)">${svg}</div>`
    }).join(''))
  const picture = await room.screenshot({ type: 'jpeg', quality: 70 })
  await room.close()
  return { picture, counts: [0, 1, 2, 3].map((answer) => held.filter((one) => one.answer === answer).length) }
}

async function ask(screen, text) {
  await screen.getByRole('button', { name: '提问', exact: true }).click()
  const drawer = screen.getByRole('dialog')
  await drawer.locator('.new input').fill(text)
  await drawer.locator('.count button').nth(1).click() // four answers
  await drawer.getByRole('button', { name: '开始举手' }).click()
  await screen.getByRole('slider').first().waitFor()
}
const kept = async (page, path) => page.evaluate(async (where) => (await fetch(`/api/v1${where}`)).json(), path)
async function stroke(screen, box, from, to) {
  await screen.mouse.move(box.x + box.width * from[0], box.y + box.height * from[1])
  await screen.mouse.down()
  for (let i = 1; i <= 6; i++) await screen.mouse.move(box.x + box.width * (from[0] + ((to[0] - from[0]) * i) / 6), box.y + box.height * (from[1] + ((to[1] - from[1]) * i) / 6))
  await screen.mouse.up()
}
const inked = (screen) => screen.locator('.ink canvas').first().evaluate((one) => { const { data } = one.getContext('2d').getImageData(0, 0, one.width, one.height); let n = 0; for (let i = 3; i < data.length; i += 4) if (data[i] > 60) n++; return n })

export default {
  async 'printed cards are read from a camera: who is read, then bars; ink and boards survive a crash of the browser'(tools) {
    const { person, launch, listen, signIn, accessible, fits, translated, picture, wall, phone } = tools
    const own = await ownDistrict(tools)
    const shelf = scratch('camera')
    try {
      const screen = await person(wall, own.origin)
      await signIn(screen, 'teacher', own.origin)
      const { picture: seen, counts } = await photograph(screen, person, 40)
      await accessible(screen, 'code cards')
      await picture(screen, 'cards-1-print')
      const film = join(shelf.folder, 'class.mjpeg')
      writeFileSync(film, Buffer.concat([seen, seen]))

      await screen.goto('/classroom')
      await screen.getByRole('button', { name: /^(上课|接着上)$/ }).click()
      await screen.getByRole('button', { name: '工具', exact: true }).waitFor()
      await ask(screen, '平行四边形拉成长方形，面积变不变？')
      await screen.getByRole('button', { name: '读卡', exact: true }).click()
      await screen.locator('.strip').waitFor()
      await accessible(screen, 'a question for cards')
      await translated(screen, 'a question for cards')
      await picture(screen, 'cards-2-waiting')

      const camera = await launch(['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', `--use-file-for-fake-video-capture=${film}`])
      const hand = await person(phone, own.origin, camera)
      listen(hand)
      await signIn(hand, 'teacher', `${own.origin}/classroom/cards`)
      await hand.locator('.marks polygon').nth(35).waitFor({ state: 'attached' })
      await screen.locator('.strip .on').nth(39).waitFor()
      await accessible(hand, 'a phone that reads cards')
      await fits(hand, 'a phone that reads cards')
      await picture(hand, 'cards-3-phone')
      await picture(screen, 'cards-4-read')
      check(!(await screen.locator('.options .bar').count()), 'no bar stands before it is revealed')
      await screen.getByRole('button', { name: '公布结果' }).click()
      await screen.locator('.options .number').first().waitFor()
      const shown = (await screen.locator('.options .number strong').allInnerTexts()).map(Number)
      check(JSON.stringify(shown) === JSON.stringify(counts), `bars say ${shown}, cards were ${counts}`)
      await accessible(screen, 'answers by cards')
      await picture(screen, 'cards-5-bars')
      await screen.getByRole('button', { name: '数完了' }).click()
      await hand.getByRole('heading', { name: '大屏上还没有题' }).waitFor()
      await camera.close()
      const asked = (await kept(screen, '/class-sessions/current')).running.questions.at(-1)
      check(JSON.stringify(asked.counts) === JSON.stringify(counts) && asked.done, 'numbers of the class are in the record')

      await screen.getByRole('button', { name: '工具', exact: true }).click()
      await accessible(screen, 'tools')
      await picture(screen, 'tools-1')
      await screen.getByRole('button', { name: '白板', exact: true }).click()
      const area = await screen.locator('.sheet .ink canvas').boundingBox()
      await stroke(screen, area, [0.2, 0.3], [0.6, 0.5])
      await screen.getByRole('button', { name: '荧光笔' }).click()
      await stroke(screen, area, [0.2, 0.6], [0.6, 0.6])
      check((await inked(screen)) > 500, 'ink stands on the board')
      await screen.getByRole('button', { name: '工具', exact: true }).click()
      await screen.getByRole('button', { name: '计时器', exact: true }).click()
      await screen.getByRole('button', { name: '倒计时' }).click()
      await screen.waitForFunction(async () => (await (await fetch(`/api/v1/class-sessions/${(await (await fetch('/api/v1/class-sessions/current')).json()).running.session.id}/ink`)).json()).length === 2)
      const cookies = await screen.context().cookies()
      const storage = await screen.evaluate(() => Object.entries(localStorage))
      await screen.context().close()

      const again = await person(wall, own.origin)
      await again.context().addCookies(cookies)
      await again.addInitScript((all) => { for (const [key, value] of all) localStorage.setItem(key, value) }, storage)
      await again.goto('/classroom')
      await again.locator('.sheet .ink canvas').waitFor()
      await again.waitForFunction(() => { const one = document.querySelector('.sheet canvas'); const { data } = one.getContext('2d').getImageData(0, 0, one.width, one.height); return data.some((value, at) => at % 4 === 3 && value > 60) })
      // Started at five minutes before the crash: it counts on from there, however soon the screen is back.
      await again.locator('.timer .digits').filter({ hasText: /^04:\d\d$/ }).waitFor()
      await accessible(again, 'a board with a timer after a crash')
      const was = await again.locator('.timer').boundingBox()
      await again.locator('.timer').getByRole('button', { name: '换个角落' }).click()
      check((await again.locator('.timer').boundingBox()).x > was.x + was.width, 'the timer makes room where it stood')
      await picture(again, 'tools-2-board')
      await again.locator('.timer').getByRole('button', { name: '关闭' }).click()
      await again.getByRole('button', { name: '工具', exact: true }).click()
      await again.getByRole('button', { name: '随机点名', exact: true }).click()
      await again.getByRole('button', { name: '开始', exact: true }).click()
      await again.locator('.face:not(.rolling) .number').waitFor()
      check(/^.{1,2}同学$/.test(await again.locator('.face .name').innerText()), 'a surname at most')
      await accessible(again, 'calling by chance')
      await picture(again, 'tools-3-call')
      await again.getByRole('dialog').getByRole('button', { name: '关闭' }).click()
      await again.setViewportSize(phone)
      await fits(again, 'the classroom on a phone')
      await picture(again, 'tools-4-phone')
      await again.getByRole('button', { name: '下课' }).click()
    } finally {
      shelf.remove()
      await own.close()
    }
  },

  async 'a lesson beside the timetable with two classes ends in both records and counts when the office confirms it'(tools) {
    const { person, signIn, whole, accessible, fits, translated, picture, wall, desk, phone } = tools
    const own = await ownDistrict(tools)
    try {
      const screen = await person(wall, own.origin)
      await signIn(screen, 'homeroom', `${own.origin}/classroom`)
      for (const name of ['六(2)班', '六(3)班']) await screen.getByRole('button', { name, exact: true }).click()
      await screen.getByRole('button', { name: '老师临时有事，我来上' }).click()
      await accessible(screen, 'beginning an unplanned lesson')
      await picture(screen, 'unplanned-1-start')
      await screen.getByRole('button', { name: '2 个班一起上课' }).click()
      await screen.getByText('临时课', { exact: true }).waitFor()
      await picture(screen, 'unplanned-2-running')
      await screen.getByRole('button', { name: '工具', exact: true }).click()
      await screen.getByRole('button', { name: /一起上课的班/ }).click()
      await accessible(screen, 'classes in the room')
      await picture(screen, 'unplanned-3-classes')
      await screen.getByRole('button', { name: '关闭' }).click()
      await ask(screen, '合起来多少人？')
      await screen.waitForFunction(async () => (await (await fetch('/api/v1/class-sessions/current')).json()).running.questions.length === 1)
      const { running } = await kept(screen, '/class-sessions/current')
      check(running.joined.length === 1 && running.questions.at(-1).present === running.lesson.pupils + running.joined[0].pupils, 'hands of both classes add up')
      await screen.getByRole('button', { name: '数完了' }).click()
      await screen.getByRole('button', { name: '下课' }).click()
      await screen.setViewportSize(desk)
      await screen.goto('/records')
      await whole(screen)
      check((await screen.getByText(/临时课：老师临时有事/).count()) === 2, 'both classes have the lesson in their record')
      await accessible(screen, 'records of a joint lesson')
      await picture(screen, 'unplanned-4-records')

      const office = await person(desk, own.origin)
      await signIn(office, 'academic', `${own.origin}/school-records`)
      await whole(office)
      const open = office.getByRole('button', { name: /确认为代课/ })
      await open.first().waitFor()
      check((await open.count()) === 2, 'two lessons wait for the office')
      await accessible(office, 'unplanned lessons')
      await translated(office, 'unplanned lessons')
      await picture(office, 'unplanned-5-office')
      await open.first().click()
      await office.getByRole('dialog').getByRole('button', { name: '确认为代课' }).click()
      await office.waitForFunction(() => document.querySelectorAll('main .list li').length === 1)
      await office.setViewportSize(phone)
      await fits(office, 'unplanned lessons on a phone')
      await picture(office, 'unplanned-6-office-phone')
    } finally {
      await own.close()
    }
  },
}
