// News goes the same way as resources: written in a school, returned, mended, reviewed in layers, read on a phone and at
// the public door, and gone everywhere when it is withdrawn.
import { readdirSync } from 'node:fs'
import { check } from './browser.mjs'
import { approve, openReview } from './reviewing.mjs'

const word = '白鹭'
const title = `校园里来了${word}`
const pictures = new URL('../../demo/content/picture/', import.meta.url)
const picture_file = readdirSync(pictures).find((name) => /\.(jpe?g|png)$/.test(name))

/** A new part at the end of the text. */
async function part(page, kind, fill) {
  await page.locator('.editor .add').getByRole('button', { name: kind, exact: true }).click()
  await fill(page.locator('.editor .parts > li').last())
}

/** The language of the account and of this browser. */
async function speak(page, language) {
  await page.evaluate((chosen) => localStorage.setItem('santong.language', chosen), language)
  const csrf = (await (await page.request.get('/api/v1/session')).json()).csrf
  await page.request.patch('/api/v1/me', { data: { language }, headers: { 'X-CSRF-Token': csrf } })
}

export default {
  async 'an article is returned, mended, passes three offices, is read by a guardian and at the door, and withdrawn it is gone'(tools) {
    const { page: teacher, person, signIn, whole, ask, accessible, translated, fits, picture, desk, phone } = tools
    await signIn(teacher, 'teacher')
    await whole(teacher)
    await teacher.locator('.news-card').waitFor()
    check((await teacher.locator('.news-card li').count()) >= 3, 'the newest stand on the home page')
    await teacher.goto('/news/write')
    await whole(teacher)
    // Everything that is missing is said at once.
    await teacher.getByRole('button', { name: '送审' }).click()
    await teacher.locator('.error-summary').waitFor()
    await accessible(teacher, 'an article with nothing in it')
    await picture(teacher, 'news-1-missing')
    await teacher.locator('#field-title').fill(title)
    await teacher.locator('#field-summary').fill('操场边的水塘里住进了一窝。')
    if ((await teacher.locator('.editor .parts > li').count()) === 0) await part(teacher, '段落', async () => {})
    await teacher.locator('.editor textarea').first().fill('三年级一班的某某同学最先看见。<b>它</b>不怕人。')
    await part(teacher, '小标题', (one) => one.locator('input').fill('怎么看'))
    await part(teacher, '列表', (one) => one.locator('textarea').fill('站远一点\n不要喂食'))
    await part(teacher, '链接', async (one) => {
      await one.locator('input').first().fill('湿地里的鸟')
      await one.locator('input').last().fill('javascript:alert(1)')
    })
    await teacher.locator('#field-scope').selectOption('public')
    await teacher.getByRole('button', { name: '存草稿' }).click()
    await teacher.locator('.error-summary').waitFor()
    check((await teacher.locator('main').innerText()).includes('https:// 或 http://'), 'a link that runs something is refused')
    await teacher.locator('.editor input[type="url"]').fill('https://www.forestry.gov.cn/')
    await part(teacher, '图片', async (one) => {
      await one.locator('input[type="file"]').setInputFiles(new URL(picture_file, pictures).pathname)
      await one.locator('img').waitFor()
      await one.locator('input:not([type="file"])').fill('水塘边的芦苇')
    })
    await accessible(teacher, 'an article being written')
    await translated(teacher, 'an article being written')
    await fits(teacher, 'an article being written')
    await picture(teacher, 'news-2-writing')
    await teacher.setViewportSize(phone)
    await fits(teacher, 'an article being written on a phone')
    await picture(teacher, 'news-2-writing-phone')
    await teacher.setViewportSize(desk)
    await teacher.getByRole('button', { name: '送审' }).click()
    await teacher.waitForURL('**/news/mine')
    await whole(teacher)
    const row = teacher.locator('li', { hasText: title })
    check((await row.innerText()).includes('审核中'), 'it is under review')
    await accessible(teacher, 'my articles')
    await picture(teacher, 'news-3-mine')
    await row.getByRole('link').click()
    await teacher.waitForURL(/\/news\/[0-9a-f-]{36}$/)
    await whole(teacher)
    const id = new URL(teacher.url()).pathname.split('/').pop()

    const academic = await person(desk)
    await signIn(academic, 'academic', '/review?of=news')
    await whole(academic)
    check((await academic.locator('.queue li').count()) >= 2, 'the queue holds the demo’s article, too')
    await openReview(tools, academic, title)
    check((await academic.locator('.preview').innerText()).includes('<b>它</b>不怕人'), 'markup stays text')
    await accessible(academic, 'an article under review')
    await translated(academic, 'an article under review')
    await picture(academic, 'news-4-review')
    await academic.locator('#review-reason').fill('正文里写了学生，请改成“有同学”')
    await academic.locator('.sheet').getByRole('button', { name: '退回' }).click()
    await academic.getByText(`已退回“${title}”`).waitFor()

    await teacher.goto(`/news/${id}`)
    await whole(teacher)
    await teacher.locator('main').getByText('请改成“有同学”').first().waitFor()
    await accessible(teacher, 'a returned article')
    await picture(teacher, 'news-5-returned')
    await teacher.goto(`/news/write/${id}`)
    await whole(teacher)
    await teacher.locator('.editor textarea').first().fill('有同学最先看见，它不怕人。')
    await teacher.getByRole('button', { name: '送审' }).click()
    await teacher.waitForURL('**/news/mine')

    await approve(tools, academic, title)
    const office = await person(desk)
    await signIn(office, 'info_office', '/review')
    await approve(tools, office, title)
    const guardian = await person(phone)
    await signIn(guardian, 'guardian', '/news')
    check((await ask(guardian, `/news/${id}`)).status === 404, 'before the last step nobody reads it')
    const leader = await person(desk)
    await signIn(leader, 'leader', '/review')
    await approve(tools, leader, title)

    await guardian.goto('/')
    await guardian.locator('.news-card', { hasText: title }).waitFor()
    await guardian.locator('.news-card').getByRole('link', { name: new RegExp(word) }).click()
    await whole(guardian)
    await guardian.locator('article img').first().waitFor()
    check(await guardian.locator('article img').first().evaluate(async (img) => { await img.decode(); return img.naturalWidth > 0 }), 'the picture is seen')
    await fits(guardian, 'an article on a phone')
    await accessible(guardian, 'an article on a phone')
    await translated(guardian, 'an article on a phone')
    await picture(guardian, 'news-6-guardian')
    await guardian.emulateMedia({ media: 'print' })
    check(!(await guardian.getByRole('button', { name: '打印' }).isVisible()), 'paper shows no buttons')
    await guardian.emulateMedia({ media: 'screen' })

    const stranger = await person(phone)
    await stranger.goto('/open/news')
    await whole(stranger)
    await accessible(stranger, 'news at the door')
    await fits(stranger, 'news at the door')
    await picture(stranger, 'news-7-door')
    await stranger.getByRole('link', { name: new RegExp(word) }).click()
    await whole(stranger)
    check(await stranger.locator('article img').first().evaluate(async (img) => { await img.decode(); return img.naturalWidth > 0 }), 'the picture is seen at the door')
    const address = await stranger.locator('article img').first().getAttribute('src')
    check((await stranger.locator('article a', { hasText: '湿地里的鸟' }).getAttribute('rel')).includes('noopener'), 'a link opens apart')
    await translated(stranger, 'an article at the door')
    await accessible(stranger, 'an article at the door')
    await picture(stranger, 'news-8-door-one')

    await teacher.goto(`/news/${id}`)
    await whole(teacher)
    await teacher.getByRole('button', { name: '撤下' }).click()
    await teacher.locator('#field-recall-reason').fill('水塘要清淤，暂不接待')
    await teacher.locator('dialog, [role="dialog"]').getByRole('button', { name: '撤下' }).click()
    await teacher.getByText('撤下的原因').waitFor()
    await guardian.reload()
    await guardian.getByText('水塘要清淤').waitFor()
    check((await ask(guardian, `/news/${id}`)).status === 410, 'its readers are told that it is gone')
    check(!(await ask(guardian, '/news?limit=60')).body.items.some((one) => one.id === id), 'no list has it')
    check((await ask(guardian, `/news?q=${encodeURIComponent(word)}`)).body.total === 0, 'no search finds it')
    check((await ask(stranger, `/open/news/${id}`)).status === 404, 'the door has it no more')
    check((await stranger.evaluate(async (url) => (await fetch(url)).status, address)) === 404, 'nor its picture')
    await picture(guardian, 'news-9-gone')
  },

  async 'a must-read notice is confirmed by its reader, in English too, and counted for its author alone'({ page: teacher, signIn, whole, ask, accessible, translated, fits, picture, phone }) {
    await signIn(teacher, 'teacher', '/news?unread=true')
    await whole(teacher)
    const before = (await ask(teacher, '/me/counts')).body['news.unread']
    check(before >= 1, `notices wait for the teacher: ${before}`)
    await accessible(teacher, 'unread notices')
    await picture(teacher, 'news-10-unread')
    await speak(teacher, 'en')
    await teacher.goto('/news')
    await whole(teacher)
    await translated(teacher, 'news in English')
    await accessible(teacher, 'news in English')
    await teacher.setViewportSize(phone)
    await fits(teacher, 'news on a phone')
    await picture(teacher, 'news-10-english-phone')
    const must = (await ask(teacher, '/news?kind=notice&limit=60')).body.items.find((one) => one.to_confirm)
    await teacher.goto(`/news/${must.id}`)
    await whole(teacher)
    await teacher.getByRole('button', { name: /我已阅读|I have read this/ }).click()
    await teacher.getByText(/您已确认阅读|You have confirmed it/).waitFor()
    await accessible(teacher, 'a confirmed notice')
    await picture(teacher, 'news-11-confirmed')
    const view = (await ask(teacher, `/news/${must.id}`)).body
    check(view.confirmed && view.receipts.length === 0, 'a reader sees no figures')
    check((await ask(teacher, '/me/counts')).body['news.unread'] === before - 1, 'one fewer waits')
    await speak(teacher, 'zh-CN') // as the other journeys expect
  },
}
