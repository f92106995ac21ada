// What the other school keeps: one of each thing that a route can be asked for, each with the mark in it.
import { good, mark, must } from './ground.mjs'
import { zip } from '../support/zip.mjs'

const day = (ms) => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 10)

async function people(ground, own) {
  const { bAcademic, info_office: office } = ground.who
  must(await bAcademic.change(`/api/v1/people/${ground.child}`, { name: `${mark}学生` }), 'rename the child')
  must(await bAcademic.change(`/api/v1/people/${ground.who.bGuardian.person}`, { name: `${mark}家长` }), 'rename the guardian')
  const teacher = must(await bAcademic.get(`/api/v1/people/${ground.who.bTeacher.person}`), 'the teacher')
  own.post = teacher.posts[0].id
  const taken = new Set(Object.values(ground.who).map((one) => one.person))
  const spare = (await ground.staff(ground.other.id, 'teacher')).filter((one) => !taken.has(one.id) && one.roles.length === 1)
  own.spare = spare[0].id
  const detail = must(await office.get(`/api/v1/people/${own.spare}`), 'somebody else')
  own.spareAccount = detail.account.id
  own.sparePost = detail.posts[0].id
  const grants = must(await office.get('/api/v1/grants', { person_id: spare[1].id }), 'grants').items
  own.grant = grants[0].id
  own.candidate = spare[2].id
  own.staff = spare.map((one) => one.id)
}

async function timetable(ground, own, now) {
  const { bAcademic, bPrincipal } = ground.who
  const { class_id } = ground.lesson
  own.tomorrow = day(now + 86_400_000)
  own.today = day(now)
  own.later = day(now + 8 * 86_400_000)
  own.substitution = must(await bAcademic.post('/api/v1/substitutions', { class_id, date: own.tomorrow, period: 1, kind: 'cancelled', reason: `${mark}调课` }), 'substitution').id
  own.patrol = must(await bAcademic.post('/api/v1/patrol-exceptions', { class_id, date: own.today, period: 1, kind: 'not_taught', note: `${mark}巡课` }), 'patrol').id
  own.holiday = must(await bPrincipal.send('PUT', '/api/v1/calendar', { body: { org_id: ground.other.id, date: own.later, kind: 'holiday', name: `${mark}校庆` } }), 'calendar').date
  own.bell = must(await bPrincipal.get(`/api/v1/bells/${ground.other.id}`), 'bell').periods
  const sheet = await bAcademic.get('/api/v1/timetables/export.xlsx', { school_id: ground.other.id })
  own.sheet = (await bAcademic.upload(`${mark}课表.xlsx`, sheet.bytes)).file
  const draft = must(await bAcademic.post('/api/v1/timetables/import', { school_id: ground.other.id, file_id: own.sheet, from: own.tomorrow, write: true }), 'draft')
  own.timetable = draft.timetable_id
  if (!own.timetable) throw new Error(`no draft: ${JSON.stringify(draft).slice(0, 400)}`)
}

/** Lessons that their teacher asks to be changed: one to withdraw, one for the office, one that a colleague is asked in. */
async function changes(ground, own) {
  const { bTeacher, bHead } = ground.who
  const { week } = must(await bTeacher.get('/api/v1/timetable/week'), 'week')
  const next = must(await bTeacher.get('/api/v1/timetable/week', { week: week + 1 }), 'next week')
  const lessons = next.lessons.map((one) => one.lesson).filter((one) => one.source === 'timetable' && one.date !== own.later)
  const free = []
  for (const one of lessons) {
    const { items } = must(await bTeacher.get('/api/v1/timetable/candidates', { class_id: one.class_id, date: one.date, period: one.period }), 'candidates')
    if (items.some((other) => other.id === bHead.person && !other.busy_with)) free.push(one)
  }
  const [asked] = free
  const [withdrawn, decided, askable] = lessons.filter((one) => one !== asked)
  if (!asked || !askable) throw new Error(`too few lessons to ask for: ${lessons.length}, ${free.length}`)
  own.askable = askable.id
  const wish = (one, more) => ({ lesson_id: one.id, way: 'none', ...more })
  const made = must(await bTeacher.post('/api/v1/change-requests', { cause: 'leave', reason: `${mark}请假`, lessons: [wish(withdrawn), wish(decided), wish(asked, { way: 'substitute', colleague_id: bHead.person })] }), 'requests').items
  ;[own.withdrawn, own.decided, own.asked] = made.map((one) => one.id)
  own.message = must(await bHead.get('/api/v1/me/messages'), 'messages').items[0].id
}

async function imports(ground, own) {
  const { bAcademic } = ground.who
  const list = `姓名,性别,班级\n${mark}新生甲,男,一(1)班\n${mark}新生乙,某,没有这个班\n`
  await bAcademic.upload(`${mark}花名册.csv`, Buffer.from(list))
  own.list = bAcademic.lastFile
  const begun = must(await bAcademic.post('/api/v1/imports', { file_id: own.list, kind: 'pupils' }), 'import')
  own.import = begun.id
  own.columns = begun.columns.map((column) => ({ index: column.index, field: column.field }))
  must(await bAcademic.send('PUT', `/api/v1/imports/${own.import}/mapping`, { body: { columns: own.columns, remember: true } }), 'mapping')
  const running = must(await bAcademic.post(`/api/v1/imports/${own.import}/dry-run`), 'dry run')
  own.job = running.job_id
  await settled(bAcademic, own.import)
}

/** An import whose job has ended. */
export async function settled(client, id) {
  for (let tries = 0; tries < 600; tries++) {
    const view = must(await client.get(`/api/v1/imports/${id}`), 'import')
    if (!['checking', 'writing'].includes(view.state)) return view
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('the import does not end')
}

async function teaching(ground, own) {
  const { bTeacher, bHead } = ground.who
  const plan = must(await bTeacher.post('/api/v1/lesson-plans', { title: `${mark}教案`, subject: ground.lesson.subject, grade: 1, usual: 'teaching.template.new_lesson', lesson_ids: [ground.lesson.id] }), 'plan')
  own.plan = plan.plan.id
  const saved = must(await bTeacher.send('PUT', `/api/v1/lesson-plans/${own.plan}`, { body: { version: plan.plan.version, content: { ...plan.plan.content, homework: `${mark}作业` }, sharing: 'school' } }), 'plan saved')
  own.planVersion = saved.version
  own.version = must(await bTeacher.get(`/api/v1/lesson-plans/${own.plan}/versions`), 'versions')[0].id
  own.headPlan = must(await bHead.post('/api/v1/lesson-plans', { title: `${mark}范例`, subject: ground.lesson.subject, grade: 1, usual: 'teaching.template.new_lesson', lesson_ids: [] }), 'plan of the head').plan.id
  own.template = must(await bHead.post('/api/v1/lesson-templates', { name: `${mark}模板`, plan_id: own.headPlan, any_subject: true }), 'template').id
  const view = must(await bTeacher.post('/api/v1/class-sessions', { lesson_id: ground.lesson.id }), 'class')
  own.session = view.session.id
  own.question = must(await bTeacher.post(`/api/v1/class-sessions/${own.session}/questions`, { text: `${mark}提问`, options: ['是', '否'] }), 'question').id
  own.enrol = async (room) => {
    const { code } = must(await bTeacher.post('/api/v1/room-computer/enrolments', { name: `${mark}电脑`, system: 'Linux', version: '0.1.0' }), 'code of a computer')
    return must(await ground.who.bPrincipal.post('/api/v1/room-computers', { code, school_id: ground.other.id, room }), 'computer')
  }
  own.computer = (await own.enrol('102')).id
  const records = must(await bTeacher.get('/api/v1/my/records'), 'records')
  own.declarable = records.rows.find((row) => row.can_declare)?.lesson.id
  const first = must(await ground.who.bPrincipal.get('/api/v1/school-records', { school: ground.other.id, week: 8 }), 'school records')
  own.record = first.lessons[0]?.session
}

async function homework(ground, own) {
  const { bTeacher, bPupil } = ground.who
  const about = { title: `${mark}作业`, text: `${mark}要求`, form: 'either', written: true, due_on: own.tomorrow, minutes: 20, attachments: [], class_ids: [ground.group.id] }
  own.homeworkContent = about
  const made = must(await bTeacher.post('/api/v1/homework', { subject: ground.lesson.subject, content: about }), 'homework')
  own.homework = made.homework.id
  own.homeworkVersion = made.homework.version
  await bPupil.upload(`${mark}答案.txt`, Buffer.from(`${mark}的答案\n`))
  own.work = bPupil.lastFile
  must(await bPupil.post(`/api/v1/my/homework/${own.homework}/hand-in`, { text: `${mark}答案`, files: [own.work] }), 'hand in')
  const board = must(await bTeacher.get(`/api/v1/homework/${own.homework}/classes/${ground.group.id}`), 'class board')
  own.workOf = board.rows.find((row) => row.pupil_id === ground.child).submission_id
}

/** An article of the other school: a draft, one under review, one that its school reads. */
async function press(ground, own) {
  const { bTeacher, bAcademic } = ground.who
  const part = { kind: 'paragraph', text: `${mark}正文`, items: [], href: '', file_id: null, file_name: '', media_type: '', size: 0 }
  const content = (title) => ({ kind: 'notice', title, summary: `${mark}摘要`, byline: '', body: [part], cover_file_id: null, cover_text: '', scope: 'school', audience: 'everyone', from_day: null, until_day: null, must_read: title.endsWith('通知') })
  const write = async (title) => must(await bTeacher.post('/api/v1/news', { org_id: ground.other.id, content: content(title) }), title).item.id
  own.articleContent = content(`${mark}通知改`)
  own.article = await write(`${mark}通知草稿`)
  own.articleSubmitted = await write(`${mark}通知待审`)
  own.articlePublished = await write(`${mark}通知`)
  for (const id of [own.articleSubmitted, own.articlePublished]) must(await bTeacher.post(`/api/v1/news/${id}/submit`), 'submit')
  const row = must(await bAcademic.get('/api/v1/reviews', { subject_kind: 'news', limit: 100 }), 'reviews').items.find((one) => one.subject_id === own.articlePublished)
  const sheet = must(await bAcademic.get(`/api/v1/reviews/${row.id}`), 'review').sheet
  must(await bAcademic.post(`/api/v1/reviews/${row.id}/decision`, { decision: 'approve', reason: '', checklist: sheet.map((line) => line.key) }), 'approve')
}

async function library(ground, own) {
  const { bTeacher, bHead, info_office: office } = ground.who
  const head = must(await bHead.get('/api/v1/session'), 'head').roles.find((role) => role.role === 'research_head')
  const write = async (title) => {
    await bTeacher.upload(`${title}.txt`, Buffer.from(`${title}的内容\n`))
    const about = { title, subject: head.subject || ground.lesson.subject, grade_from: 1, grade_to: 1, licence: 'region_teaching', source: 'own_work' }
    return must(await bTeacher.post('/api/v1/resources', { file_id: bTeacher.lastFile, url: '', about }), title).item.id
  }
  own.draft = await write(`${mark}草稿`)
  own.file = bTeacher.lastFile
  own.submitted = await write(`${mark}待审`)
  must(await bTeacher.post(`/api/v1/resources/${own.submitted}/submit`, { scope: 'school' }), 'submit')
  own.published = await write(`${mark}校内`)
  must(await bTeacher.post(`/api/v1/resources/${own.published}/submit`, { scope: 'school' }), 'submit')
  for (const name of ['bHead', 'bAcademic', 'bPrincipal']) {
    for (const row of must(await ground.who[name].get('/api/v1/reviews', { limit: 100 }), 'reviews').items) {
      if (row.subject_id === own.submitted) Object.assign(own, { review: row.id, reviewer: name })
      if (row.subject_id !== own.published) continue
      const sheet = must(await ground.who[name].get(`/api/v1/reviews/${row.id}`), 'review').sheet
      const checklist = sheet.map((line) => line.key)
      const done = await ground.who[name].post(`/api/v1/reviews/${row.id}/decision`, { decision: 'approve', reason: '', checklist })
      if (!good(done)) throw new Error(`approve: ${done.text}`)
    }
  }
  const packed = zip([{ name: 'index.html', data: `<!doctype html><title>${mark}</title><p>${mark}课件</p>` }])
  await bTeacher.upload(`${mark}互动.zip`, packed)
  own.package = bTeacher.lastFile
  const manifest = `<manifest><organizations><organization identifier="o"><title>${mark}课程</title><item identifier="i" identifierref="r"/></organization></organizations><resources><resource identifier="r" type="webcontent" scormtype="sco" href="index.html"/></resources></manifest>`
  await bTeacher.upload(`${mark}课程.zip`, zip([{ name: 'imsmanifest.xml', data: manifest }, { name: 'index.html', data: '<p>' }]))
  own.course = must(await bTeacher.post('/api/v1/resources', { file_id: bTeacher.lastFile, url: '', about: { title: `${mark}课程`, subject: ground.lesson.subject, grade_from: 1, grade_to: 12 } }), 'course').item.id
  own.collection = must(await bTeacher.post('/api/v1/collections', { name: `${mark}收藏` }), 'collection').about
  own.intake = must(await bTeacher.post('/api/v1/intakes', { name: `${mark}光盘`, entries: [{ path: `${mark}.pdf`, size: 3 }] }), 'batch').id
  const begun = await bTeacher.send('POST', '/api/v1/uploads', { headers: { 'tus-resumable': '1.0.0', 'upload-length': '100', 'upload-metadata': `filename ${Buffer.from(`${mark}.txt`).toString('base64')}` } })
  own.upload = begun.headers.location.split('/').pop()
  own.address = must(await bTeacher.get(`/api/v1/files/${own.file}/about`), 'about').address.url
  own.textbook = must(await office.get('/api/v1/textbooks'), 'textbooks').items[0].id
  own.chapter = must(await office.get(`/api/v1/textbooks/${own.textbook}/chapters`), 'chapters').chapters.at(-1).id
  own.pack = must(await bTeacher.post('/api/v1/packs', { chapter_id: own.chapter, title: `${mark}资源包`, description: '', items: [{ resource_id: own.published, role: 'other', note: '' }] }), 'pack')
}

/** A push order for the other school, of something that everybody may find. */
async function pushing(ground, own, now) {
  const { info_office: office } = ground.who
  const [thing] = must(await office.get('/api/v1/resources', { scope: 'district', kind: 'slides', limit: 1 }), 'something of the district').items
  own.pushed = thing.id
  own.pushWish = { title: `${mark}推送`, resources: [thing.id], schools: [ground.other.id], school_kinds: [], grade_from: 0, grade_to: 0, priority: 'usual', due: 'weekday', due_at: now + 3_600_000 }
  own.push = must(await office.post('/api/v1/push/orders', own.pushWish), 'push order').order
  own.pushRule = { title: `${mark}规则`, active: false, school_kinds: [], grade_from: 1, grade_to: 12, subject: thing.subject, chapter_id: null, what: 'packs', due: 'lesson', weekday: 1, minute: 450, days_ahead: 7, priority: 'usual' }
  own.rule = must(await office.post('/api/v1/push/rules', own.pushRule), 'push rule').rule
}

/** Everything at once; the ids by name. */
export async function otherSchool(ground) {
  await ground.callers()
  const own = {}
  const now = must(await ground.who.info_office.get('/api/v1/session'), 'session').now
  await people(ground, own)
  await timetable(ground, own, now)
  await changes(ground, own)
  await imports(ground, own)
  await teaching(ground, own)
  await homework(ground, own)
  await library(ground, own)
  await press(ground, own)
  await pushing(ground, own, now)
  must(await ground.who.bPrincipal.post('/api/v1/declarations', { indicator: 'I20', org_id: ground.other.id, month: own.today.slice(0, 7), value: 50, note: `${mark}自报` }), 'declaration')
  const second = ground.client('bTeacher elsewhere')
  must(await second.signIn(ground.who.bTeacher.login, ground.who.bTeacher.password), 'second session')
  const sessions = must(await second.get('/api/v1/me/sessions'), 'sessions').items
  own.browser = sessions.find((one) => one.current)?.id ?? sessions[0].id
  own.terms = must(await ground.who.info_office.get('/api/v1/terms'), 'terms')
  return own
}
