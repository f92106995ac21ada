/** Pictures, axe and journeys of the teaching screens under the product's CSP: `node tests/teaching.mjs [name…]`. */
import { both, pictures } from './pictures.mjs'
import { answers, asked, classView, current, files, principal, pupil, running, supervisor, teacher } from './teaching-data.mjs'

const say = (condition, text) => { if (!condition) throw new Error(text) }
const over = (more) => Object.fromEntries(Object.entries({ ...answers, ...more }).map(([key, body]) => [key, body?.status ? body : { body }]))
const problem = (status, code, more = {}) => ({ status, body: { status, code, trace_id: 't-1', ...more } })
const room = ['room', 'old', 'phone', 'narrow'] // the wall, an old machine, and what a teacher holds in his hand
const pages = [
  { name: 'today', path: '/', who: teacher, languages: both },
  { name: 'today-empty', path: '/today', who: teacher, over: { 'GET /today': { ...answers['GET /today'], lessons: [], tasks: [], next: null } } },
  { name: 'today-error', path: '/today', who: teacher, over: { 'GET /today': problem(500, 'http.500') } },
  { name: 'prepare', path: '/prepare/plan1', who: teacher, languages: both, wait: '.part', full: true },
  { name: 'prepare-start', path: '/prepare?lesson=l4', who: teacher, languages: both, act: async (page) => { await page.waitForSelector('.cards button') } },
  { name: 'prepare-list', path: '/prepare', who: teacher },
  { name: 'prepare-saved', path: '/prepare/plan1', who: teacher, sizes: ['desk'], act: async (page) => {
    const sent = page.waitForRequest((request) => request.method() === 'PUT')
    await page.fill('.app-card:last-of-type textarea.st-textarea', '画一个平行四边形')
    const body = (await sent).postDataJSON()
    say(body.version === 7 && body.content.homework === '画一个平行四边形', 'autosave names its version')
    await page.waitForSelector('.save.saved')
  } },
  { name: 'prepare-insert', path: '/prepare/plan1', who: teacher, sizes: ['desk'], act: async (page) => {
    await page.click('.part:nth-of-type(3) textarea')
    await page.click('.right .item:has-text("名师课")')
    await page.waitForSelector('.chips :text("名师课")')
  } },
  { name: 'prepare-conflict', path: '/prepare/plan1', who: teacher, over: { 'PUT /lesson-plans/plan1': problem(409, 'teaching.plan_changed') }, act: async (page) => {
    await page.fill('textarea.st-textarea', '别处也改过')
    await page.waitForSelector('.meeting')
  } },
  { name: 'prepare-history', path: '/prepare/plan1', who: teacher, sizes: ['desk'], act: async (page) => { await page.click('text=历史'); await page.waitForSelector('.history') } },
  { name: 'plan-print', path: '/prepare/plan1/print', who: teacher, sizes: ['desk'] },
  { name: 'records', path: '/records', who: teacher, languages: both, full: true },
  { name: 'record', path: '/records?lesson=m2', who: teacher, act: async (page) => { await page.waitForSelector('dialog[open] .log') } },
  { name: 'declare', path: '/records', who: teacher, act: async (page) => { await page.click('button.app-button:has-text("自报") >> nth=0'); await page.waitForSelector('dialog[open]') } },
  { name: 'school-records', path: '/school-records', who: principal, languages: both },
  { name: 'look', path: '/supervision/lesson', who: supervisor, languages: both },
  { name: 'pupil', path: '/', who: pupil, languages: both },
  { name: 'pair', path: '/pair/482913', who: teacher, sizes: ['phone'], languages: both, act: async (page) => { await page.click('button[type=submit]'); await page.waitForSelector('.done') } },
  { name: 'class-start', path: '/classroom', who: teacher, sizes: room, languages: both },
  { name: 'class-outline', path: '/classroom?lesson=l2', who: teacher, sizes: room, languages: both, wait: '.outline' },
  { name: 'class-shown', path: '/classroom', who: teacher, sizes: room, languages: both, over: { 'GET /class-sessions/current': current(running.shown) }, wait: 'canvas', act: async (page) => {
    await page.waitForFunction(() => document.querySelector('.pdf canvas')?.width > 250)
    await page.waitForSelector(':text("2 / 2"), :text("2 of 2")')
    const sent = page.waitForRequest((request) => request.url().endsWith('/show'))
    await page.keyboard.press('PageUp')
    say((await sent).postDataJSON().page === 1, 'a turned page is told to the server')
  } },
  { name: 'class-slides', path: '/classroom', who: teacher, sizes: room, over: { 'GET /class-sessions/current': current(classView({ place: running.place({ resource_id: 'r2', page: 3 }), opened: ['r2'] })) }, wait: 'iframe', act: async (page) => {
    await page.waitForSelector(':text("3 / 6")')
    const sent = page.waitForRequest((request) => request.url().endsWith('/show'))
    await page.click('.turn >> nth=0')
    say((await sent).postDataJSON().page === 2, 'a page that slides turn is told to the server')
    await page.waitForSelector(':text("2 / 6")')
  } },
  { name: 'class-ink', path: '/classroom', who: teacher, sizes: ['room'], over: { 'GET /class-sessions/current': current(running.shown) }, wait: 'canvas', act: async (page) => {
    await page.click('.act:has-text("批注")')
    await page.mouse.move(700, 400); await page.mouse.down(); await page.mouse.move(1100, 500, { steps: 6 }); await page.mouse.up()
  } },
  { name: 'class-question', path: '/classroom', who: teacher, sizes: room, languages: both, over: { 'GET /class-sessions/current': current(running.asking) }, act: async (page) => {
    const sent = page.waitForRequest((request) => request.method() === 'PATCH')
    await page.focus('.bar[role=slider] >> nth=2'); await page.keyboard.press('ArrowRight')
    say((await sent).postDataJSON().counts[2] === 10, 'an arrow key counts one hand')
    const bar = await page.locator('.bar[role=slider]').first().boundingBox()
    await page.mouse.move(bar.x + 4, bar.y + 20); await page.mouse.down(); await page.mouse.move(bar.x + bar.width * 0.5, bar.y + 20, { steps: 4 }); await page.mouse.up()
    await page.waitForSelector('.over')
  } },
  { name: 'class-drawer', path: '/classroom?lesson=l2', who: teacher, sizes: room, wait: '.outline', act: async (page) => { await page.click('.act:has-text("资源")'); await page.fill('input[type=search]', '割补'); await page.waitForSelector('.drawer .item >> nth=6') } },
  { name: 'class-ask', path: '/classroom?lesson=l2', who: teacher, sizes: ['room'], wait: '.outline', act: async (page) => { await page.click('.act:has-text("提问")') } },
  { name: 'class-cut', path: '/classroom', who: teacher, sizes: ['room'], over: { 'GET /class-sessions/current': current(running.shown), 'POST /class-sessions/s-l2/show': problem(503, 'http.503') }, wait: 'canvas', act: async (page) => { await page.waitForSelector(':text("2 / 2")'); await page.keyboard.press('PageUp'); await page.waitForSelector('.badge') } },
  { name: 'class-gone', path: '/classroom', who: teacher, sizes: room, over: { 'GET /class-sessions/current': problem(503, 'http.503') } },
  { name: 'class-resume', path: '/classroom', who: teacher, sizes: ['room'], over: { 'GET /class-sessions/current': current(classView({ questions: [asked], place: running.place({ resource_id: 'r1', page: 2 }), opened: ['r1'] })) }, act: async (page) => {
    await page.waitForSelector(':text("2 / 2")'); await page.reload(); await page.waitForSelector(':text("2 / 2")')
  } },
  { name: 'class-end', path: '/classroom?lesson=l2', who: teacher, sizes: ['room'], wait: '.outline', act: async (page) => { await page.click('.act.end'); await page.waitForSelector('.over') } },
]

await pictures(pages, {
  over,
  async routes(page) {
    for (const [key, one] of Object.entries(files)) await page.route(`**/api/v1${key.slice(4)}`, (route) => route.fulfill({ contentType: one.type, body: one.body() }))
  },
})
