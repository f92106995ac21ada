// Homework goes its whole way: set, handed in from a phone, marked with the pen, corrected, read at home; and a stack on paper.
import { check } from './browser.mjs'

const pixel = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64')
const picture = (name) => ({ name, mimeType: 'image/png', buffer: pixel })
const group = '五(2)班'
/** What a scanner makes of a stack: one PDF with so many pages, a stroke on each. */
function scanned(pages) {
  const objects = ['<< /Type /Catalog /Pages 2 0 R >>', `<< /Type /Pages /Count ${pages} /Kids [${Array.from({ length: pages }, (_, i) => `${3 + 2 * i} 0 R`).join(' ')}] >>`]
  for (let i = 0; i < pages; i++) {
    const stroke = `4 w 20 ${20 + 20 * i} m 180 ${260 - 20 * i} l S`
    objects.push(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 280] /Contents ${4 + 2 * i} 0 R /Resources << >> >>`, `<< /Length ${stroke.length} >>\nstream\n${stroke}\nendstream`)
  }
  let text = '%PDF-1.4\n'
  const places = objects.map((object, i) => { const at = text.length; text += `${i + 1} 0 obj\n${object}\nendobj\n`; return at })
  const table = text.length
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`
  return { name: '听写.pdf', mimeType: 'application/pdf', buffer: Buffer.from(text, 'latin1') }
}

async function set(page, title) {
  await page.goto('/homework/new')
  await page.getByLabel(group).check()
  await page.locator('#field-content-title').fill(title)
  await page.getByText(/共 \d+ 分钟书面作业/).waitFor()
  await page.getByRole('button', { name: '布置', exact: true }).click()
  await page.waitForURL(/\/homework\/[0-9a-f-]{36}/)
  return new URL(page.url()).pathname.split('/').pop()
}
/** The demo is left as it was: nobody but its teacher sees a withdrawn homework. */
async function withdraw(page, id) {
  await page.goto(`/homework/${id}`)
  await page.getByRole('button', { name: '撤回', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: '撤回', exact: true }).click()
  await page.getByRole('button', { name: '恢复' }).waitFor()
}
async function looked(page, place, { whole, accessible, fits, translated }) {
  await whole(page)
  await accessible(page, place)
  await fits(page, place)
  await translated(page, place)
}

export default {
  async 'a teacher sets homework, a pupil hands in from the phone, it is marked with the pen, corrected, and read at home'({ page, person, signIn, phone, ...looks }) {
    const title = '摘抄三个比喻句'
    await signIn(page, 'homeroom')
    const id = await set(page, title)
    await looked(page, 'class board', looks)

    const child = await person(phone)
    await signIn(child, 'pupil', '/my-homework')
    await child.getByRole('link', { name: new RegExp(title) }).click()
    await child.getByRole('textbox', { name: '文字' }).fill('月亮像小船。')
    await child.locator('input[type="file"]').nth(1).setInputFiles(picture('第一页.png'))
    await child.locator('.files img').waitFor()
    await looked(child, 'hand in on a phone', looks)
    await child.getByRole('button', { name: '交作业' }).click()
    await child.getByText('改一改再交').waitFor()

    await page.reload()
    await page.getByRole('link', { name: '开始批改' }).click()
    await page.locator('.sheet img').waitFor()
    await looked(page, 'marking', looks)
    const pad = page.locator('.pad').last()
    await pad.scrollIntoViewIfNeeded()
    const box = await pad.boundingBox()
    await page.mouse.move(box.x + 60, box.y + 60)
    await page.mouse.down()
    await page.mouse.move(box.x + 160, box.y + 120, { steps: 6 })
    await page.mouse.up()
    await page.keyboard.press('1')
    await page.mouse.click(box.x + 240, box.y + 90)
    await page.locator('.stamp.tick').waitFor()
    await page.getByRole('button', { name: 'B', exact: true }).click()
    await page.getByRole('button', { name: '书写认真。' }).click()
    await page.getByText('已保存').waitFor()
    await page.getByRole('button', { name: '要求订正' }).click()
    await page.getByText('要订正').first().waitFor()

    await child.reload()
    await child.getByText('书写认真。').waitFor()
    check(await child.locator('.sheet path').count() === 1 && await child.locator('.stamp.tick').count() === 1, 'the pen stands over the untouched work')
    await child.getByRole('textbox', { name: '文字' }).fill('弯弯的月亮像小船。')
    await child.getByRole('button', { name: '交作业' }).click()
    await child.getByText('第 2 次').waitFor()

    await page.reload()
    await page.getByText('弯弯的月亮像小船。').waitFor()
    await page.getByRole('button', { name: 'A', exact: true }).click()
    await page.getByRole('button', { name: '发还', exact: true }).click()
    await page.getByText('已发还', { exact: true }).first().waitFor()

    const home = await person(phone)
    await signIn(home, 'guardian', '/')
    await home.getByRole('region', { name: '作业' }).getByRole('link', { name: '全部' }).click()
    await home.getByRole('link', { name: new RegExp(title) }).click()
    await home.getByText('弯弯的月亮像小船。').waitFor()
    await looked(home, 'a guardian reads', looks)
    check(await home.locator('.result').count() === 2, 'both rounds stand there with what the teacher found')
    check(await home.getByRole('button', { name: '交作业' }).count() === 0, 'a guardian reads and does not hand in')
    await withdraw(page, id)
  },

  async 'works on paper are ticked by the keyboard, scanned and photographed in class-list order, and nobody is called missing'({ page, signIn, ask, phone, ...looks }) {
    await signIn(page, 'homeroom')
    const id = await set(page, '听写本上写一遍生词')
    await looks.whole(page)
    await page.locator('.rows input').first().focus()
    await page.keyboard.press('Space')
    await page.locator('.rows li').first().getByText('交本子').waitFor()
    await page.getByRole('button', { name: /拍一叠/ }).or(page.getByRole('link', { name: /拍一叠/ })).first().click()
    await page.locator('.pupils li').first().waitFor()
    await page.locator('input[type="file"]').nth(1).setInputFiles(scanned(5))
    await page.locator('.scan .works > li').nth(4).waitFor() // a page each, until something else is said
    await page.locator('.scan .how select').selectOption('2')
    await page.locator('.scan .works > li').nth(3).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: '不要 第 5 页' }).click()
    await page.locator('.scan .works > li').nth(2).waitFor({ state: 'detached' })
    await page.locator('.scan .who select').nth(1).selectOption({ index: 2 }) // the second pupil was not there
    await page.locator('.scan img').nth(3).waitFor()
    await looked(page, 'a scanned stack', looks)
    await looks.picture(page, 'homework-scan')
    await page.getByRole('button', { name: '收下 2 人的' }).click()
    await page.locator('.scan').waitFor({ state: 'detached' })
    check(await page.locator('.pupils .take').count() === 4, 'two pages each, and the fifth left out')
    await page.locator('input[type="file"]').nth(1).setInputFiles([1, 2, 3].map((n) => picture(`IMG_${n}.png`)))
    await page.getByText('还没分的 3 页').waitFor()
    await looked(page, 'a stack of photographs', looks)
    await page.getByRole('button', { name: '按名单顺序分' }).click()
    await page.locator('.pupils .take').nth(5).click() // the fourth pupil's page is the second's, too
    await page.getByRole('button', { name: /^放到.*名下$/ }).nth(1).click()
    await page.getByRole('button', { name: '保存 4 人' }).click()
    await page.waitForURL(new RegExp(`/homework/${id}`))
    await page.getByText('2 页').first().waitFor()
    await page.getByRole('button', { name: /^其余 \d+ 人全部收齐$/ }).click()
    await page.getByRole('button', { name: '开始批改' }).or(page.getByRole('link', { name: '开始批改' })).first().waitFor()
    await page.locator('.toast', { hasText: /已登记 \d+ 人/ }).getByRole('button', { name: '撤销', exact: true }).click()
    await page.getByText('还没登记').first().waitFor()
    await page.setViewportSize(phone)
    await looked(page, 'the class list on a phone', looks)
    const { body } = await ask(page, '/homework-load')
    check(body.classes.length > 0 && !JSON.stringify(body).includes('pupil'), 'the load tells minutes, never pupils')
    await page.goto('/homework-load')
    await looked(page, 'the load on a phone', looks)
    await withdraw(page, id)
  },
}
