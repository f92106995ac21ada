// The thread before the lesson: a resource is uploaded, returned, mended, approved by three, found and opened elsewhere.
import { randomBytes } from 'node:crypto'
import { check } from './browser.mjs'
import { approve, openReview, signInByCode } from './reviewing.mjs'

const word = '雨燕'
const title = `小数乘整数 探究单 ${word}`

/** A PDF of one page, made heavy by a stream that no page shows. */
function heavyPdf(megabytes) {
  const drawing = 'BT /F1 48 Tf 72 700 Td (3.5 x 3 = 10.5) Tj ET 0.1 0.4 0.9 rg 72 400 300 200 re f'
  const ballast = randomBytes(megabytes * 1024 * 1024)
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>',
    `<< /Length ${drawing.length} >>\nstream\n${drawing}\nendstream`,
    [`<< /Length ${ballast.length} >>\nstream\n`, ballast, '\nendstream'],
  ]
  const parts = [Buffer.from('%PDF-1.4\n')]
  const places = []
  let at = parts[0].length
  const put = (bytes) => { parts.push(bytes); at += bytes.length }
  objects.forEach((body, index) => {
    places.push(at)
    put(Buffer.concat([`${index + 1} 0 obj\n`, ...[body].flat(), '\nendobj\n'].map((one) => Buffer.from(one))))
  })
  const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('')
  put(Buffer.from(`xref\n0 6\n0000000000 65535 f \n${table}trailer << /Size 6 /Root 1 0 R >>\nstartxref\n${at}\n%%EOF\n`))
  return Buffer.concat(parts)
}

/** The beginning of a film, and nothing of the film. */
const brokenFilm = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypmp42'), Buffer.alloc(4), Buffer.from('mp42isom')])

export default {
  async 'a film that breaks off is told on the form and on its own page, and everything that is missing at once'({ page, signIn, whole, accessible, picture }) {
    await signIn(page, 'teacher', '/resources/new')
    await whole(page)
    await page.setInputFiles('input[type="file"]', { name: '大视频.mp4', mimeType: 'video/mp4', buffer: brokenFilm })
    await page.getByText('文件不完整，打不开').first().waitFor()
    check((await page.locator('#field-title').inputValue()) === '大视频', 'the title is that of the file')
    await page.locator('#field-kind').selectOption('plan')
    await page.getByText('这个文件是音视频').first().waitFor()
    await page.getByRole('button', { name: '送审' }).click()
    const summary = page.locator('.error-summary')
    await summary.waitFor()
    for (const place of ['年级：', '从哪里来：', '别人可以怎样用：', '文件：', '类型：']) check((await summary.innerText()).includes(place), `${place} is named at once`)
    await accessible(page, 'a form with refusals')
    await picture(page, 'resource-broken')
    // What the name of another file said does not stay.
    page.once('dialog', (dialog) => dialog.accept())
    await page.reload()
    await whole(page)
    await page.setInputFiles('input[type="file"]', { name: '新视频.mp4', mimeType: 'video/mp4', buffer: brokenFilm })
    await page.getByText('文件不完整，打不开').first().waitFor()
    check((await page.locator('#field-title').inputValue()) === '新视频', 'the title is that of the new file')
    await page.locator('#field-kind').selectOption('video')
    await page.locator('#field-grade_from').selectOption('5')
    await page.getByRole('button', { name: '存草稿' }).click()
    await page.waitForURL(/\/resources\/[0-9a-f-]{36}$/)
    await page.getByText('文件不完整，打不开，不能送审').waitFor()
    await page.getByText('这个文件放不出来').waitFor()
    await accessible(page, 'a broken resource')
    await picture(page, 'resource-broken-own')
  },
  async 'a resource: cut upload, description, return, resubmission, three approvals, found by a word and opened at another school'(tools) {
    const { page: teacher, person, server, signIn, whole, settled, ask, accessible, translated, fits, picture, desk } = tools
    await signIn(teacher, 'teacher', '/resources/new')
    await whole(teacher)
    await accessible(teacher, 'a new resource')
    // The server loses power in the middle of the upload; it goes on by itself where it was cut.
    // The page sends a small picture of the file beside it, sooner or later: each upload is looked at alone.
    const offsets = new Map()
    const heavy = () => [...offsets.values()].find((list) => list.length > 1) ?? []
    await teacher.route('**/api/v1/uploads/*', async (route) => {
      if (route.request().method() !== 'PATCH') return route.continue()
      const offset = Number(route.request().headers()['upload-offset'])
      const cut = offset > 0 && heavy().length === 0
      offsets.set(route.request().url(), [...(offsets.get(route.request().url()) ?? []), offset])
      if (!cut) return route.continue()
      await server.halt()
      await route.abort('connectionreset')
      await server.start()
    })
    const file = heavyPdf(20)
    await teacher.setInputFiles('input[type="file"]', { name: '小数乘整数探究单.pdf', mimeType: 'application/pdf', buffer: file })
    await teacher.locator('.files').getByText(/20\.?\d* MB \/ 20\.?\d* MB/).waitFor({ timeout: 90_000 })
    check(heavy().length >= 3 && heavy().lastIndexOf(0) === 0, `the upload went on where it was cut: ${heavy().join(', ')}`)
    await teacher.unroute('**/api/v1/uploads/*')
    await teacher.locator('#field-title').fill(title)
    await teacher.locator('#field-kind').selectOption('exercise')
    const book = teacher.locator('#field-textbook_id')
    await book.selectOption({ label: '数学 五年级上册' })
    await teacher.locator('#field-chapter_id option', { hasText: '小数乘整数' }).first().waitFor({ state: 'attached' })
    await teacher.locator('#field-chapter_id').selectOption({ index: 2 })
    await teacher.locator('#field-description').fill('学生分组探究小数乘整数的算理。')
    await teacher.locator('#field-source').selectOption('own_work')
    await teacher.locator('#field-licence').selectOption('cc_by')
    await teacher.locator('input[type="radio"][value="district"]').check()
    await accessible(teacher, 'a described resource')
    await picture(teacher, 'resource-1-describe')
    await teacher.getByRole('button', { name: '送审' }).click()
    await teacher.waitForURL('**/resources/mine')
    await teacher.getByText(title).first().waitFor()
    await picture(teacher, 'resource-2-mine')

    // The research-group head returns it with a reason.
    const head = await person(desk)
    await signInByCode(tools, head, 'hb006', '大通湖-教研组-组长-六')
    await openReview(tools, head, title)
    await accessible(head, 'a review')
    await picture(head, 'resource-3-review')
    check(!(await head.locator('main').innerText()).includes('李若英'), 'the reviewer does not see whose it is')
    await head.locator('#review-reason').fill('请写清楚每组几个人、要多少时间。')
    await head.getByRole('button', { name: '退回', exact: true }).click()
    await head.getByText(`已退回“${title}”`).waitFor()

    // The teacher finds it among his tasks, mends it, sends it again.
    await teacher.goto('/today')
    await teacher.getByText(`资源被退回：${title}`).waitFor()
    await picture(teacher, 'resource-4-task')
    await teacher.getByRole('link', { name: '去改' }).first().click()
    await teacher.getByText('请写清楚每组几个人').first().waitFor()
    await teacher.locator('#field-description').fill('学生四人一组，用 12 分钟探究小数乘整数的算理。')
    await picture(teacher, 'resource-5-mend')
    await teacher.getByRole('button', { name: '送审' }).click()
    await teacher.waitForURL('**/resources/mine')

    // Three approvals: research group, academic office, district.
    await approve(tools, head, title)
    const academic = await person(desk)
    await signIn(academic, 'academic', '/review')
    await approve(tools, academic, title)
    const researcher = await person(desk)
    await signIn(researcher, 'researcher', '/review')
    await approve(tools, researcher, title)

    // A teacher of another school finds it by a Chinese word and opens it.
    const other = await person(desk)
    await signInByCode(tools, other, 'jp010', '金盆镇-数学-老师-十')
    await other.goto('/resources')
    await other.locator('.tools input[type="search"]').fill(word)
    const card = other.getByRole('link', { name: title }).first()
    await other.waitForURL(/q=/)
    await other.waitForFunction(() => document.querySelectorAll('.cards > li').length === 1)
    await card.waitFor()
    await picture(other, 'resource-6-found')
    await card.click()
    await whole(other)
    await other.locator('h1', { hasText: title }).waitFor()
    await other.locator('iframe, canvas, object, embed').first().waitFor()
    await whole(other)
    await settled(other)
    await accessible(other, 'a resource')
    await fits(other, 'a resource')
    await translated(other, 'a resource')
    await picture(other, 'resource-7-open')
    const id = other.url().split('/').pop()
    const opened = (await ask(other, `/resources/${id}/open`)).body
    check(opened.viewer === 'pdf' && opened.version >= 1, 'it opens as a PDF')
    const size = await other.evaluate(async (url) => (await (await fetch(url)).arrayBuffer()).byteLength, opened.url)
    check(size === file.length, `what comes back is what was sent: ${size} of ${file.length}`)
  },
}
