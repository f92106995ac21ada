// A school corrects its list: guardians whom it no longer tells are offered for ending, and that can be taken back.
import { check } from './browser.mjs'

const heading = '学校名称,年级,班,姓名,性别,出生年月日,家长姓名,家长电话'
const list = (guardian) => Buffer.from(`${heading}\n河坝镇中心小学,一年级,1班,白鹭洲,男,2008-03-05,${guardian}\n`)

async function tried({ page, whole }, name, bytes) {
  await page.goto('/imports')
  await page.locator('.segmented label', { hasText: '学生' }).click()
  await page.setInputFiles('input[type="file"]', { name, mimeType: 'text/csv', buffer: bytes })
  await page.getByRole('heading', { name: '看一看，每列是什么' }).waitFor()
  await page.getByRole('button', { name: '试运行', exact: true }).click()
  await page.getByRole('heading', { name: /先试一遍，还没写入/ }).waitFor()
  await whole(page)
}
async function written(page, act) {
  await page.getByRole('button', { name: act }).click()
  await page.getByRole('dialog').getByRole('button', { name: act }).click()
  await page.getByRole('heading', { name: '已写入' }).waitFor()
}

export default {
  async 'a corrected list offers a guardian whom it no longer tells; he ends only when ticked, and comes back with one press'(tools) {
    const { page, signIn, ask, accessible, translated, fits, picture, phone, desk } = tools
    await signIn(page, 'academic')
    await tried(tools, '一1班.csv', list('白大山,13800138000'))
    check((await page.getByText('名单里不再提到的家长').count()) === 0, 'nobody is offered at first')
    await written(page, /^写入 1 行$/)
    await tried(tools, '一1班改.csv', list('白大川,13800138001'))
    await page.getByText('名单里不再提到的家长').waitFor()
    const box = page.getByRole('checkbox', { name: /解除：白大山/ })
    check(!(await box.isChecked()), 'he stays unless somebody says otherwise')
    await accessible(page, 'guardians a list leaves out')
    await translated(page, 'guardians a list leaves out')
    await picture(page, 'guardians-1-offered')
    await page.setViewportSize(phone)
    await fits(page, 'guardians a list leaves out on a phone')
    await picture(page, 'guardians-1-offered-phone')
    await page.setViewportSize(desk)
    await written(page, /^写入 1 行$/)
    await page.getByText('照旧', { exact: true }).waitFor()
    const child = (await ask(page, '/people?q=白鹭洲')).body.items[0]
    const guardians = async () => (await ask(page, `/people/${child.id}`)).body.guardians.map((one) => one.name).sort().join()
    check((await guardians()) === ['白大山', '白大川'].sort().join(), `both are there: ${await guardians()}`)
    await tried(tools, '一1班又改.csv', list('白大川,13800138001'))
    await page.getByRole('checkbox', { name: /解除：白大山/ }).check()
    await page.getByRole('button', { name: '解除 1 条监护关系' }).click()
    await picture(page, 'guardians-2-confirm')
    await accessible(page, 'the question before a guardian ends')
    await page.getByRole('dialog').getByRole('button', { name: '解除 1 条监护关系' }).click()
    await page.getByRole('heading', { name: '已写入' }).waitFor()
    await page.getByText('已解除', { exact: true }).waitFor()
    check((await guardians()) === '白大川', `the other is gone: ${await guardians()}`)
    await accessible(page, 'a guardian ended')
    await picture(page, 'guardians-3-ended')
    await page.getByRole('button', { name: '撤回', exact: true }).click()
    await page.getByText('照旧', { exact: true }).waitFor()
    check((await guardians()) === ['白大山', '白大川'].sort().join(), `he is back: ${await guardians()}`)
  },
}
