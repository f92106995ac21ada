// Reviewers at work: signed in by a one-time code where the demo tells no password, with a queue and a sheet.
import { execFileSync } from 'node:child_process'

/** Signs somebody in whose password the demo does not tell: by a one-time code from the machine. */
export async function signInByCode({ server, signInAtDoor }, page, login, password, origin = '') {
  const [, code] = execFileSync(server.program, ['code', login, '--data', server.folder], { encoding: 'utf8' }).trim().split(' ')
  await signInAtDoor(page, { login, password: code }, origin)
  await page.waitForURL('**/first-password**')
  const fields = page.locator('input[type="password"]')
  for (const [index, text] of [password, password].entries()) await fields.nth(index).fill(text)
  await page.getByRole('button', { name: '保存新密码' }).click()
  await page.waitForURL((url) => !url.pathname.startsWith('/first-password'))
}

/** Opens the item of that title in the reviewer's queue. */
export async function openReview({ whole }, page, title) {
  await page.goto('/review')
  await page.getByRole('link', { name: title }).or(page.getByRole('button', { name: title })).first().click()
  await page.locator('.sheet').waitFor()
  await page.locator('.preview h2', { hasText: title }).or(page.locator('.preview', { hasText: title })).first().waitFor()
  await whole(page)
}

/** Ticks what must be ticked of the sheet, and the mark where it is wanted, and approves. */
export async function approve(tools, page, title, mark = false) {
  await openReview(tools, page, title)
  const boxes = page.locator(`.sheet .tick${mark ? '' : ':not(.mark)'} input:not(:checked)`)
  while ((await boxes.count()) > 0) await boxes.first().check()
  await page.locator('.sheet').getByRole('button', { name: /^通过/ }).click()
  await page.getByText(`已通过“${title}”`).waitFor()
}
