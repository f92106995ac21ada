// A disc and a folder given to the library as a whole; office files shown as PDF with the original beside.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zip } from '../support/zip.mjs'
import { check } from './browser.mjs'

const pdf = (words) => `%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n2 0 obj << /Type /Pages /Count 1 >> endobj\n3 0 obj << /Type /Page /Parent 2 0 R >> endobj\n% ${words}\ntrailer << /Root 1 0 R >>\nstartxref\n0\n%%EOF\n`
const docx = (words) => zip({
  '[Content_Types].xml': '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
  '_rels/.rels': '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
  'word/document.xml': `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>${words}</w:t></w:r></w:p></w:body></w:document>`,
})

/** Removes the batch that is open, and what it has become. */
async function tidy({ ask }, page) {
  const id = new URL(page.url()).pathname.split('/').pop()
  const { csrf } = (await ask(page, '/session')).body
  for (const row of (await ask(page, `/intakes/${id}/rows?limit=200`)).body.items) if (row.resource_id) await page.request.delete(`/api/v1/resources/${row.resource_id}`, { headers: { 'X-CSRF-Token': csrf } })
  await page.getByRole('button', { name: '删除批次' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '删除批次' }).click()
  await page.waitForURL('**/resources/intakes')
}
const chip = (page, name) => page.locator('.facets button', { hasText: name })

export default {
  async 'an old disc is given as a whole: junk aside, duplicates found, what lacks is said once for many, and a document shows as PDF'(tools) {
    const { page, signIn, whole, ask, accessible, translated, fits, picture, phone } = tools
    await signIn(page, 'teacher', '/resources/mine')
    await page.getByRole('link', { name: '批量导入' }).click()
    await whole(page)
    await accessible(page, 'batches')
    await translated(page, 'batches')
    await picture(page, 'intake-list')
    const disc = zip({
      'AUTORUN.INF': '[autorun]', '安装程序.exe': 'MZ\u0001 program', '数学/Thumbs.db': 'junk',
      '数学/五年级上册/小数乘整数 教案 灰鸥.docx': docx('小数乘整数'), '数学/五年级上册/平行四边形的面积 练习 灰鸥.pdf': pdf('一'),
      '数学/五年级上册/备份/平行四边形 练习 灰鸥(1).pdf': pdf('一'), '其他/鸟的故事 灰鸥.pdf': pdf('二'), '其他/湖的故事 灰鸥.pdf': pdf('三'), '其他/坏的 灰鸥.pdf': '%PDF-1.4 cut',
    })
    await page.locator('.drop input[type="file"]').setInputFiles({ name: '旧光盘.zip', mimeType: 'application/zip', buffer: disc })
    await page.waitForURL(/\/resources\/intakes\/[0-9a-f-]{36}/)
    await page.getByRole('button', { name: '提交信息齐全的 2 个' }).waitFor()
    await page.getByText('小数乘整数 教案 灰鸥', { exact: true }).waitFor()
    for (const [name, n] of [['待补充', 2], ['重复', 1], ['不能收', 2], ['无用文件', 2]]) check((await chip(page, name).innerText()).includes(String(n)), `${name}: ${await chip(page, name).innerText()}`)
    await whole(page)
    await accessible(page, 'a batch')
    await translated(page, 'a batch')
    await fits(page, 'a batch')
    await picture(page, 'intake-batch')
    await chip(page, '待补充').click()
    await page.waitForURL(/verdict=unsure/)
    await page.getByText('小数乘整数 教案 灰鸥', { exact: true }).waitFor({ state: 'detached' })
    await page.locator('th input[type="checkbox"]').focus()
    await page.keyboard.press('Space')
    await page.locator('.edit select').nth(1).selectOption('13')
    await page.locator('.edit select').nth(2).selectOption('3')
    await accessible(page, 'many files at once')
    await picture(page, 'intake-edit')
    await page.locator('.edit select').nth(2).press('Tab')
    await page.getByRole('button', { name: '应用' }).click()
    await page.getByText('已修改 2 个文件').waitFor()
    await page.getByRole('button', { name: '提交信息齐全的 4 个' }).click()
    const dialog = page.locator('dialog[open]')
    await dialog.getByRole('button', { name: '提交信息齐全的 4 个' }).click()
    await dialog.getByText('选择别人可以怎样用').or(dialog.locator('[role="alert"]')).first().waitFor()
    await picture(page, 'intake-give')
    await dialog.getByLabel('先放到我的草稿').check()
    await dialog.getByRole('button', { name: '提交信息齐全的 4 个' }).click()
    await page.getByText('4 个文件正在提交').waitFor()
    await chip(page, '已进入资源库').waitFor()
    const here = page.url()
    const report = await page.request.get(await page.getByRole('link', { name: '下载结果表' }).getAttribute('href'))
    check((await report.text()).includes('系统自动生成的文件'), 'the table says why something was left aside')
    const rows = (await ask(page, `${new URL(here).pathname.replace('/resources', '')}/rows?verdict=taken`)).body.items
    const document = rows.find((row) => row.path.endsWith('.docx'))
    await page.goto(`/resources/${document.resource_id}`)
    await page.getByRole('link', { name: /下载原件/ }).waitFor()
    await page.locator('iframe.frame').waitFor()
    await whole(page)
    await picture(page, 'intake-document')
    await page.goto(here)
    await page.setViewportSize(phone)
    await whole(page)
    await fits(page, 'a batch on a phone')
    await picture(page, 'intake-phone')
    await tidy(tools, page)
  },

  async 'a folder comes file by file and goes on after a cut'(tools) {
    const { page, signIn, whole } = tools
    const folder = join(mkdtempSync(join(tmpdir(), 'santong-folder-')), '旧资料')
    mkdirSync(join(folder, '语文'), { recursive: true })
    for (const [name, text] of [['语文/三年级 古诗 朗读稿 灰鸥.txt', '床前明月光\n'], ['语文/desktop.ini', '[x]'], ['三年级 语文 测试 灰鸥.pdf', pdf('四')], ['清单 灰鸥.xyz', 'x']]) writeFileSync(join(folder, name), text)
    await signIn(page, 'teacher', '/resources/intakes')
    await whole(page)
    let cut = true
    await page.route('**/api/v1/intakes/*/files', (route) => (cut ? route.abort() : route.continue()))
    await page.locator('.pick input[type="file"]').setInputFiles(folder)
    await page.waitForURL(/\/resources\/intakes\/[0-9a-f-]{36}/)
    await page.getByText('还有 2 个文件没有上传').waitFor()
    cut = false
    tools.complaints.length = 0 // the cut itself
    await page.reload()
    await whole(page)
    await page.locator('input[webkitdirectory]').setInputFiles(folder)
    await page.getByRole('button', { name: /提交信息齐全的/ }).waitFor()
    await page.getByText('无用文件').first().waitFor()
    await tidy(tools, page)
    rmSync(join(folder, '..'), { recursive: true })
  },
}
