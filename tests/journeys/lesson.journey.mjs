// Flow 4 of the demo: a teacher's lesson, from today's page to the number that moves.
import { check } from './browser.mjs'

const api = (page, path) => page.evaluate(async (where) => (await fetch(`/api/v1${where}`)).json(), path)

export default {
  async 'a teacher opens the lesson that the timetable names, shows a resource, counts hands, and sees it in the own record at once'({ page, server, signIn, accessible, picture, wall, desk }) {
    await signIn(page, 'teacher')
    await page.locator('h1', { hasText: '今天' }).waitFor()
    const before = await api(page, '/today')
    const next = before.next ?? before.lessons.find((item) => item.lesson.state === 'planned')
    check(next, 'the demo begins shortly before a lesson')
    await page.setViewportSize(wall)
    await page.goto('/classroom')
    await page.getByRole('button', { name: /上课|开始/ }).first().click()
    await page.getByRole('button', { name: '资源' }).waitFor()
    await accessible(page, 'classroom')
    await picture(page, 'classroom')
    await page.getByRole('button', { name: '资源' }).click()
    await page.getByRole('dialog').locator('button').filter({ hasText: /平行四边形|割补|方格/ }).first().click()
    await page.waitForTimeout(2500)
    await picture(page, 'classroom-resource')
    const running = await api(page, '/class-sessions/current')
    check(JSON.stringify(running).includes('resource'), 'the server knows what is shown')

    // kill -9 of the server and a reload of the browser: the same lesson goes on without a question
    await server.crash()
    await page.reload()
    await page.getByRole('button', { name: '下课' }).waitFor()
    await page.getByRole('button', { name: '下课' }).click()
    await page.waitForTimeout(800)
    await page.setViewportSize(desk)
    await page.goto('/records')
    await page.locator('h1').waitFor()
    await accessible(page, 'own records')
    await picture(page, 'records')
    const after = await api(page, '/today')
    const lesson = after.lessons.find((item) => item.lesson.id === next.lesson.id)
    check(lesson?.session, 'the lesson stands in the own record at once')
  },

  async 'a colleague of another school cannot open the lesson, the record or its number'({ page, server, signIn }) {
    await signIn(page, 'guardian')
    for (const path of ['/cockpit', '/people?limit=5', '/reviews', '/accounts', '/audit', '/grants']) {
      const status = await page.evaluate(async (where) => (await fetch(`/api/v1${where}`)).status, path)
      check(status === 403 || status === 404, `${path} answered ${status} to a guardian`)
    }
    const outside = await page.evaluate(async () => (await fetch('/api/v1/schools')).json())
    check(!JSON.stringify(outside).includes('金盆'), 'a guardian learns of no other school')
    check(server.accounts.guardian.login.length > 0, 'the guardian has an account')
  },
}
