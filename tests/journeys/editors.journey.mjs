// Those who set what is aimed at: the district's targets and the course plan. Two at once, refusals, taken back, seen by others.
import { check } from './browser.mjs'

const field = (page, label) => page.getByLabel(label, { exact: true })
async function setTarget(page, value, due = '2014-12-15') {
  await field(page, '指标').selectOption('I21')
  await field(page, '到哪天').fill(due)
  await page.getByRole('textbox', { name: /^达到/ }).fill(String(value))
  await page.getByRole('button', { name: '定目标' }).click()
}
const targetOf = async (tools, page) => (await tools.ask(page, '/cockpit')).body.numbers.find((one) => one.code === 'I21').target

export const apart = true

export default {
  async 'a target is set, a second editor is told, the leader sees it, a teacher may not, and it is taken back'(tools) {
    const { page, person, signIn, whole, accessible, ask, picture } = tools
    await signIn(page, 'info_office', '/indicators/targets')
    await whole(page)
    const other = await person()
    await signIn(other, 'info_office', '/indicators/targets')
    await whole(other)
    const leader = await person()
    await signIn(leader, 'leader')
    check((await targetOf(tools, leader)) === 60, 'the leader looks at the target for the end of the year')

    await setTarget(page, 101)
    await page.getByText('比率填 0—100').first().waitFor()
    await setTarget(page, 55)
    await page.getByText('目标已定').waitFor()
    check((await targetOf(tools, leader)) === 55, 'the next target to come counts for the leader')
    await leader.goto('/indicators/I21')
    await whole(leader)
    await leader.getByText('目标 2014年12月15日').waitFor()

    await setTarget(other, 70) // his page still shows none for that day
    await other.getByText('别人刚改过这个目标').first().waitFor()
    await accessible(other, 'a target that somebody else has set')
    await picture(other, 'editors-1-target')
    check((await targetOf(tools, leader)) === 55, 'the first one stands')
    await other.getByRole('button', { name: '定目标' }).click() // he has seen it now and wants his
    await other.getByText('目标已定').waitFor()
    check((await targetOf(tools, leader)) === 70, 'said again, it counts')

    await page.reload()
    await whole(page)
    await page.getByRole('row', { name: /2014年12月15日/ }).getByRole('button', { name: '撤掉' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '撤掉' }).click()
    await page.getByText('目标已撤').waitFor()
    check((await targetOf(tools, leader)) === 60, 'taken back, the one before counts again')

    const teacher = await person()
    await signIn(teacher, 'teacher')
    check((await ask(teacher, '/indicator-targets')).status === 403, 'a teacher sets no targets')
  },

  async 'the course plan is changed, a second editor loses nothing, a school sees it and may not change it'(tools) {
    const { page, person, signIn, whole, accessible, picture } = tools
    const open = async (who) => {
      const own = who === 'info_office' ? await person() : page
      await signIn(own, who, '/timetable/plan')
      await whole(own)
      return own
    }
    const first = await open('info_office')
    const second = await open('info_office')
    const cell = (own, grade, subject) => own.getByLabel(`${grade} ${subject} 每周节数`, { exact: true })
    const was = { chinese: await cell(first, '一年级', '语文').inputValue(), maths: await cell(first, '五年级', '数学').inputValue() }
    const save = (own) => own.getByRole('button', { name: '保存' }).click()

    await cell(first, '一年级', '语文').fill('21')
    check(await first.getByRole('button', { name: '保存' }).isDisabled(), 'more than twenty periods a week are refused')
    await cell(first, '一年级', '语文').fill(String(Number(was.chinese) + 1))
    await save(first)
    await first.getByText('课程计划已保存').waitFor()

    await cell(second, '五年级', '数学').fill(String(Number(was.maths) + 1))
    await save(second)
    await second.getByText('您改的 1 格已放到新的上面').waitFor()
    check((await cell(second, '一年级', '语文').inputValue()) === String(Number(was.chinese) + 1), 'what the first one saved is there')
    check((await cell(second, '五年级', '数学').inputValue()) === String(Number(was.maths) + 1), 'and so is what the second one typed')
    await accessible(second, 'a course plan that somebody else has changed')
    await picture(second, 'editors-2-plan')
    await save(second)
    await second.getByText('课程计划已保存').waitFor()

    const school = await open('academic')
    const row = school.getByRole('row', { name: /^数学/ }).getByRole('cell')
    check((await school.locator('td input').count()) === 0, 'a school reads the plan')
    check((await row.nth(4).innerText()) === String(Number(was.maths) + 1), 'and sees the new one')

    await cell(second, '一年级', '语文').fill(was.chinese)
    await cell(second, '五年级', '数学').fill(was.maths)
    await save(second)
    await second.getByText('课程计划已保存').last().waitFor()
    await school.reload()
    await whole(school)
    check((await row.nth(4).innerText()) === was.maths, 'put back, the old one counts')
  },

  async 'every week of the indicators is shown or says why not; ticks in quick succession arrive; overdue is called overdue'(tools) {
    const { page, person, signIn, whole, accessible, fits, translated, picture, phone } = tools
    await signIn(page, 'leader', '/indicators/I27')
    await whole(page)
    const heads = page.locator('.heads')
    check(/\d\d(\.\d)?%/.test(await heads.locator('.big').innerText()), 'the running week is shown')
    const words = await heads.innerText()
    check(words.includes('100%') && !words.includes('还没有定目标'), 'a target is there or is not')
    await page.getByText('第2版').first().waitFor()
    await page.goto('/indicators/I25U')
    await whole(page)
    await page.getByText('启用：本人登录过一次以上').waitFor()
    await translated(page, 'I25U')
    await accessible(page, 'I25U')
    await page.setViewportSize(phone)
    await fits(page, 'I25U on the phone')
    await picture(page, 'editors-3-spaces')

    const reviewer = await person()
    const refused = []
    reviewer.on('response', (answer) => { if (answer.url().includes('/reviews/') && answer.status() >= 400) refused.push(`${answer.status()} ${answer.url()}`) })
    await signIn(reviewer, 'researcher', '/review')
    await whole(reviewer)
    check(/\d+ 件已逾期，最久 \d+ 天/.test(await reviewer.locator('main').innerText()), 'what is overdue is called so, with its days')
    check(/中位 [\d.]+ 天/.test(await reviewer.locator('main').innerText()), 'reviews that ended give a median')
    await accessible(reviewer, 'the queue with overdue items')
    const rows = reviewer.locator('.rows li')
    const title = await rows.nth(1).locator('strong').innerText()
    await rows.nth(1).locator('button').click()
    await reviewer.locator('.sheet .tick input').first().waitFor()
    const boxes = reviewer.locator('.sheet .tick input:not(:checked)')
    while ((await boxes.count()) > 0) await boxes.first().check()
    await reviewer.locator('.sheet').getByRole('button', { name: /^通过/ }).click()
    await reviewer.getByText(`已通过“${title}”`).waitFor()
    await reviewer.waitForTimeout(500) // a refusal comes behind the word
    check(refused.length === 0, `nothing was refused: ${refused.join(', ')}`)
  },
}
