// The academic office's timetable: a file of one class takes nothing away from the others.
import { check } from './browser.mjs'

export default {
  async 'a timetable of one class leaves the other classes their lessons, and is shown in its first week'({ page, signIn, whole, ask, accessible, fits, picture, phone, desk }) {
    await signIn(page, 'academic')
    const { body: choices } = await ask(page, '/timetable/choices')
    const [first, other] = choices.classes
    const nextMonday = (date) => {
      const day = new Date(`${date}T00:00:00Z`)
      day.setUTCDate(day.getUTCDate() + 8 - (day.getUTCDay() || 7))
      return day.toISOString().slice(0, 10)
    }
    const from = nextMonday(choices.today)
    const week = Math.round((Date.parse(from) - Date.parse(choices.week_one_monday)) / 604_800_000) + 1
    const lessonsOf = async (group) => (await ask(page, `/timetable/week?class_id=${group.id}&week=${week}`)).body.lessons.length
    const before = await lessonsOf(other)
    check(before > 5, `another class has lessons: ${before}`)
    await page.goto('/timetable/import')
    await whole(page)
    await page.setInputFiles('input[type="file"]', { name: '一个班.csv', mimeType: 'text/csv', buffer: Buffer.from(`班级,星期,节次,学科\n${first.name},周一,1,数学\n`) })
    await page.getByText(`另外 ${choices.classes.length - 1} 个班现在有课`).waitFor()
    await page.locator('input[type="date"]').fill(from)
    await accessible(page, 'a timetable of one class')
    await page.setViewportSize(phone)
    await fits(page, 'a timetable of one class')
    await page.setViewportSize(desk)
    await picture(page, 'timetable-1-part')
    // Replacing the whole school names the classes that lose their lessons; nobody does it unasked.
    await page.getByText('全校都换', { exact: true }).click()
    await page.getByRole('button', { name: '发布，全校都换' }).click()
    await page.getByRole('dialog').getByText(other.name).waitFor()
    await page.getByRole('dialog').getByRole('button', { name: '取消' }).click()
    await page.getByText('只换这些班', { exact: true }).click()
    await page.getByRole('button', { name: '发布，只换这些班' }).click()
    const asked = await page.getByRole('dialog').innerText()
    check(!asked.includes(from), `the day is not shown as a machine writes it: ${asked}`)
    await page.getByRole('dialog').getByRole('button', { name: '发布，只换这些班' }).click()
    await page.waitForURL((url) => url.pathname === '/timetable' && url.searchParams.get('week') === String(week))
    await whole(page)
    await picture(page, 'timetable-2-first-week')
    check((await lessonsOf(first)) === 1, 'the class of the file has its new lesson')
    check((await lessonsOf(other)) === before, 'the other class has what it had')
  },
}
