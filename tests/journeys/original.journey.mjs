// "Open the original" on the classroom screen, with the real program of a classroom computer: none enrolled, off, opening, opened,
// and no program for it. On a district of its own.
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { check } from './browser.mjs'
import { pause } from '../support/check.mjs'
import { ClassroomComputer } from '../support/classroom_computer.mjs'
import { demoFolder, serve } from '../support/program.mjs'

/** As a page's person would send it. */
const send = (page, method, path, body) => page.evaluate(async ([how, where, what]) => {
  const { session } = await (await fetch('/api/v1/session/current')).json()
  const answer = await fetch(`/api/v1${where}`, { method: how, headers: { 'content-type': 'application/json', 'x-csrf-token': session.csrf }, body: what && JSON.stringify(what) })
  return { status: answer.status, body: await answer.json().catch(() => null) }
}, [method, path, body])
const read = (page, path) => page.evaluate(async (where) => (await fetch(`/api/v1${where}`)).json(), path)

/** What was asked of classroom computers was asked a minute earlier: after 45 seconds an order counts as lost. */
function aMinuteAgo(folder) {
  const db = new DatabaseSync(join(folder, 'santong.db'))
  db.exec('PRAGMA busy_timeout = 10000')
  db.exec('UPDATE room_computer_order SET asked_at = asked_at - 60000')
  db.close()
}

/** A text of the teacher's own, uploaded as his browser would, that a classroom computer opens. */
async function own(page, name, view) {
  const file = await page.evaluate(async ([title, text]) => {
    const { session } = await (await fetch('/api/v1/session/current')).json()
    const bytes = new TextEncoder().encode(text)
    const head = { 'tus-resumable': '1.0.0', 'x-csrf-token': session.csrf }
    const begun = await fetch('/api/v1/uploads', { method: 'POST', headers: { ...head, 'upload-length': String(bytes.length), 'upload-metadata': `filename ${btoa(String.fromCharCode(...new TextEncoder().encode(title)))}` } })
    const sent = await fetch(begun.headers.get('location'), { method: 'PATCH', headers: { ...head, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }, body: bytes })
    return sent.headers.get('santong-file-id')
  }, [name, '平行四边形的面积：底乘高\n'.repeat(500)])
  const about = { title: name, subject: view.lesson.subject, grade_from: view.lesson.grade, grade_to: view.lesson.grade, licence: 'region_teaching', source: 'own_work' }
  const made = await send(page, 'POST', '/resources', { file_id: file, url: '', about })
  check(made.status < 300, `resource: ${JSON.stringify(made.body)}`)
  return made.body.item.id
}

export default {
  async 'the original opens on the computer of the room; where it does not, the screen says what to do'(tools) {
    const { person, signIn, accessible, translated, fits, picture, wall, phone } = tools
    const folder = demoFolder()
    const district = await serve(folder)
    const running = []
    try {
      const screen = await person(wall, district.origin)
      await signIn(screen, 'teacher', `${district.origin}/classroom`)
      await screen.getByRole('button', { name: /^(上课|接着上)$/ }).click()
      await screen.getByRole('button', { name: '工具', exact: true }).waitFor()
      const { running: view } = await read(screen, '/class-sessions/current')
      const technician = await person(undefined, district.origin)
      await signIn(technician, 'technician', district.origin)
      // the demo has a computer in some rooms: this one is without
      for (const one of (await read(technician, `/room-computers?school=${view.session.school_id}`)).computers) {
        if (one.computer.room === view.session.room) await send(technician, 'DELETE', `/room-computers/${one.computer.id}`)
      }
      const resource = await own(screen, '第3课 面积.txt', view)
      await send(screen, 'POST', `/class-sessions/${view.session.id}/show`, { resource_id: resource, page: 1 })
      await screen.reload()
      const button = screen.getByRole('button', { name: '打开原件', exact: true })
      await button.click()
      const card = screen.locator('.stage > .card')
      await card.getByText('还没有登记教室电脑').waitFor()
      check((await card.getByText('下载原件').getAttribute('href')).includes('/f/') || (await card.getByText('下载原件').getAttribute('href')).includes('/files/'), 'it can be saved meanwhile')
      await accessible(screen, 'no computer in the room')
      await translated(screen, 'no computer in the room')
      await picture(screen, 'original-1-none')
      await card.getByRole('button', { name: '关闭' }).click()

      const place = join(folder, 'classroom')
      mkdirSync(place)
      const computer = new ClassroomComputer(place)
      const enrolling = computer.start('enrol', '--server', district.origin)
      running.push(enrolling)
      let code
      for (let tries = 0; !code && tries < 200; tries++) { code = /Code: (\d{6})/.exec(enrolling.said)?.[1]; await pause(100) }
      const approved = await send(technician, 'POST', '/room-computers', { code, school_id: view.session.school_id, room: view.session.room })
      check(approved.status < 300, `approved: ${JSON.stringify(approved.body)}`)
      check((await enrolling.ended) === 0, `enrolled: ${enrolling.said}`)

      const program = computer.start('run')
      running.push(program)
      await button.click()
      await card.getByText('的教室电脑上打开……').waitFor()
      await picture(screen, 'original-2-opening')
      await card.getByText(/^已在 .* 的教室电脑上打开$/).waitFor()
      check(computer.files()[0].endsWith('/第3课 面积.txt'), `opened ${computer.files()}`)
      await accessible(screen, 'the original is open')
      await picture(screen, 'original-3-opened')

      computer.opens(false)
      await card.getByRole('button', { name: '关闭' }).click()
      await button.click()
      await card.getByText('教室电脑没有能打开它的程序').waitFor()
      await accessible(screen, 'no program for the original')
      await picture(screen, 'original-4-no-program')
      computer.opens(true)
      await card.getByRole('button', { name: '再试一次' }).click()
      await card.getByText(/^已在 .* 的教室电脑上打开$/).waitFor()

      program.kill('SIGKILL')
      await program.ended
      await card.getByRole('button', { name: '关闭' }).click()
      await button.click()
      // it was there a moment ago: nobody fetches the order
      await card.getByText('的教室电脑上打开……').waitFor()
      aMinuteAgo(folder)
      await card.getByText(/没有回应|不在线/).waitFor()
      await accessible(screen, 'the computer does not answer')
      await picture(screen, 'original-5-silent')
      await screen.setViewportSize(phone)
      await fits(screen, 'the original on a phone')
      await picture(screen, 'original-6-phone')
    } finally {
      for (const one of running) one.kill('SIGKILL')
      await district.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  },
}
