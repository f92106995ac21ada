/** Answers of the teaching screens for pictures and checks; a Thursday of the demo. Lives in tests only. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

const content = new URL('../../demo/content/', import.meta.url)
const file = (name) => readFileSync(new URL(name, content))
const inside = (zip, name) => execFileSync('unzip', ['-p', new URL(zip, content).pathname, name])
export const at = (day, hour, minute) => Date.UTC(2014, 10, day, hour - 8, minute)
export const now = at(20, 9, 3)
const school = { id: 's1', name: '河坝镇中心小学' }
export const teacher = {
  csrf: 'token', account_id: 'a1', person_id: 'p1', name: '李文静', language: 'zh-CN', demo: true, now, zone: 'Asia/Shanghai', district: { id: 'd1', name: '大通湖区' }, home: 'teacher',
  roles: [{ role: 'teacher', org_id: 's1', org_name: school.name, org_path: [{ id: 'd1', name: '大通湖区' }, { id: 't1', name: '河坝镇' }, school] }],
  permissions: ['teaching.teach', 'teaching.prepare', 'teaching.view_own_records', 'teaching.manage_templates', 'auth.approve_screen'], must_change_password: false, totp_enrolled: false,
}
const as = (role, permissions, name) => ({ ...teacher, home: role, name, permissions, roles: [{ ...teacher.roles[0], role }] })
export const pupil = as('pupil', ['teaching.view_class_resources'], '学生 12')
export const principal = as('principal', ['teaching.view_school_records'], '周校长')
export const supervisor = as('supervisor', ['teaching.supervise'], '督学')

const bell = [['第1节', 500], ['第2节', 550], ['第3节', 620], ['第4节', 670], ['第5节', 850], ['第6节', 900], ['第7节', 950]].map(([name, start], index) => ({ number: index + 1, name, start_minute: start, end_minute: start + 40 }))
const lesson = (id, day, period, name, grade, subject, state = 'planned') => {
  const start = Date.UTC(2014, 10, day, 0, bell[period - 1].start_minute - 480)
  return { id, school_id: 's1', class_id: `c${name}`, class_name: name, grade, pupils: 53, date: `2014-11-${day}`, week: 12, period, subject, room: '302 教室', state, unplanned: false, start_at: start, end_at: start + 40 * 60_000 }
}
const l1 = lesson('l1', 20, 1, '五（1）班', 5, '14', 'held')
const l2 = lesson('l2', 20, 2, '五（2）班', 5, '14')
const l4 = lesson('l4', 20, 4, '四（1）班', 4, '61')
const l5 = lesson('l5', 20, 5, '四（3）班', 4, '18')
const session = (row, more = {}) => ({ id: `s-${row.id}`, lesson_id: row.id, class_id: row.class_id, subject: row.subject, date: row.date, week: 12, period: row.period, room: row.room, plan_id: 'plan1', started_at: row.start_at, ended_at: row.end_at, kind: 'class_view', minutes_band: 'b20_30', state: 'provisional', released_at: null, correct_until: at(28, 0, 0), present: 52, resource_count: 2, reviewed_resource: true, note: '', ...more })
const brief = (id, title, kind, more = {}) => ({ id, title, kind, scope: 'school', reviewed: true, readable: true, mine: false, version: 1, media_type: '', pages: 0, duration_seconds: 0, has_thumbnail: false, ...more })
export const resources = [
  brief('r1', '花坛比大小', 'slides', { mine: true, pages: 12, media_type: 'application/pdf' }), brief('r2', '平行四边形数方格', 'interactive'),
  brief('r3', '割补法动画', 'interactive', { scope: 'district' }), brief('r4', '平行四边形 12 题', 'exercise', { pages: 2 }), brief('r5', '名师课：割补与转化', 'video', { duration_seconds: 720, scope: 'district' }),
]
const found = [...resources, brief('r6', '拉一拉：周长与面积', 'interactive', { scope: 'district' })].map((one) => ({ ...one, state: 'published', school_name: school.name }))
const use = (id, more = {}) => ({ resource_id: id, for_pupils: false, ...more })
const question = { text: '拉动长方形框，周长不变，面积变不变？', options: ['变大了', '变小了', '不变', '说不准'], answer: 1 }
const sections = [
  { key: 'goals', title: '', minutes: 0, text: '用割补的办法推出平行四边形的面积公式。\n会用 S = ah 算面积，能说清底和高要对应。\n体会“把新图形变成学过的图形”这个想法。', resources: [], questions: [] },
  { key: 'lead_in', title: '', minutes: 5, text: '两块花坛，一块长方形、一块平行四边形，哪块大？先猜。', resources: [use('r1', { page_from: 1, page_to: 3 })], questions: [] },
  { key: 'explore', title: '', minutes: 15, text: '数方格 → 剪一剪、拼一拼 → 找底、高和长、宽的关系。', resources: [use('r2', { for_pupils: true }), use('r3')], questions: [] },
  { key: 'ask', title: '', minutes: 8, text: '拉动长方形框，周长不变，面积变不变？', resources: [], questions: [question] },
  { key: 'practise', title: '', minutes: 10, text: '课本第 89 页 1–3 题，第 3 题先说底和高再算。', resources: [use('r4')], questions: [] },
  { key: 'sum_up', title: '', minutes: 2, text: '今天把平行四边形变成了什么？', resources: [], questions: [] },
]
const content1 = { title: '平行四边形的面积', hours: 1, sections, homework: '课本第 90 页 4、6 题；选做：画一个面积 12 cm² 的平行四边形。' }
export const plan = { id: 'plan1', owner_person: 'p1', school_id: 's1', subject: '14', grade: 5, textbook_id: 'b1', chapter_id: 'c6-1', content: content1, sharing: 'own', readiness: 'ready', version: 7, made_at: at(18, 20, 0), updated_at: at(20, 8, 12) }
const view = { plan, mine: true, owner_name: '李文静', lessons: [l1, l2], resources: resources.slice(0, 4), chapter_title: '平行四边形的面积', textbook_title: '人教版 数学 五年级上册' }
const planBrief = (readiness, title, count) => ({ id: `plan-${title}`, title, subject: '14', grade: 5, hours: 1, minutes: 40, resources: count, chapter_id: null, readiness, sharing: 'own', mine: true, owner_name: '李文静', updated_at: now })
const record = (row, more = {}) => ({ session: session(row, more), days_left: 7, can_change: true, open_to_school: false, resources: [{ id: 'r1', title: '花坛比大小', reviewed: true, removed: false, minutes_band: 'b10_20' }, { id: 'r2', title: '平行四边形数方格', reviewed: true, removed: false, minutes_band: 'b0_10' }], questions: 1, changes: [], looks: [] })
const past = (id, day, period, name, mark) => {
  const row = lesson(id, day, period, name, 5, '14', 'held')
  const declared = mark === 'declared'
  return { lesson: row, mark, can_declare: mark === 'chalk', record: mark === 'chalk' ? null : { ...record(row, declared ? { kind: 'declared', note: '自己的 PPT' } : {}), days_left: day - 13, looks: id === 'm2' ? [{ name: '周督学', reason: '核查 10 月公开课', at: at(19, 15, 0) }] : [], changes: id === 'm2' ? [{ kind: 'correct', at: at(18, 9, 0), reason: '动画没用上', before: {}, after: {} }] : [] } }
}
const rows = [past('m1', 17, 1, '五（1）班', 'used'), past('m2', 17, 2, '五（2）班', 'used'), past('m3', 17, 5, '四（3）班', 'chalk'), past('t1', 18, 1, '五（1）班', 'used'), past('t2', 18, 2, '五（2）班', 'chalk'), past('t3', 18, 4, '四（1）班', 'used'), past('w1', 19, 1, '五（1）班', 'used'), past('w2', 19, 2, '五（2）班', 'used'), past('w3', 19, 3, '五（1）班', 'declared'), past('w4', 19, 5, '四（3）班', 'used'),
  { lesson: l1, mark: 'used', can_declare: false, record: record(l1) }, ...[l2, l4, l5].map((row) => ({ lesson: row, mark: 'ahead', can_declare: false, record: null }))]
const week = { week: 12, weeks: 22, monday: '2014-11-17', today: '2014-11-20', used: 8, used_last_week: 7, declared: 1, chalk: 2, goal: 2, rows }
export const today = {
  date: '2014-11-20', week: 12, now, bell, next: 'l2', running: null, records: week,
  lessons: [{ lesson: l1, plan: { ...planBrief('ready', '平行四边形的面积', 4), id: 'plan1' }, missing_resources: 0, references: 0, session: session(l1) }, { lesson: l2, plan: { ...planBrief('ready', '平行四边形的面积', 4), id: 'plan1' }, missing_resources: 0, references: 0, session: null }, { lesson: l4, plan: null, missing_resources: 0, references: 1, session: null }, { lesson: l5, plan: planBrief('half', '声音是怎样产生的', 2), missing_resources: 1, references: 0, session: null }],
  tasks: [{ kind: 'resource_returned', title: '割补法微课', detail: '第 2 分钟的图没写出处', id: 'r9', count: 1, at: now }, { kind: 'plan_missing', title: '四（1）班', detail: '61', id: 'l4', count: 4, at: l4.start_at }, { kind: 'plan_half', title: '四（3）班', detail: '声音是怎样产生的', id: 'plan-x', count: 5, at: l5.start_at }, { kind: 'records_due', title: '', detail: '', id: '', count: 2, at: at(21, 23, 59) }],
}
const leaf = (id, title, state, more = {}) => ({ id, parent_id: 'c6', title, hours: 1, leaf: true, state, done: 0, total: 0, missing_resources: false, plan_id: state === 'none' ? null : id === 'c6-1' ? 'plan1' : `p-${id}`, ...more })
const unit = (id, title, done, total) => ({ id, parent_id: null, title, hours: 0, leaf: false, state: 'none', done, total, missing_resources: false, plan_id: null })
const filler = (id, count, state) => Array.from({ length: count }, (_, index) => leaf(`${id}-${index}`, `第 ${index + 1} 课`, state, { parent_id: id }))
const tree = {
  textbooks: [{ id: 'b1', title: '人教版 数学 五年级上册', subject: '14', grade: 5, term: 1 }], textbook_id: 'b1', hours: 62, prepared_hours: 46, missing: 2,
  chapters: [unit('c1', '一 小数乘法', 12, 12), ...filler('c1', 12, 'taught'), unit('c2', '二 位置', 2, 2), ...filler('c2', 2, 'taught'), unit('c3', '三 小数除法', 11, 11), ...filler('c3', 11, 'taught'), unit('c4', '四 可能性', 3, 3), ...filler('c4', 3, 'taught'), unit('c5', '五 简易方程', 16, 16), ...filler('c5', 16, 'taught'),
    unit('c6', '六 多边形的面积', 2, 8), leaf('c6-1', '平行四边形的面积', 'ready'), leaf('c6-2', '平行四边形 · 练习课', 'ready'), leaf('c6-3', '三角形的面积', 'half'), leaf('c6-4', '三角形 · 练习课', 'none'), leaf('c6-5', '梯形的面积', 'none'), leaf('c6-6', '组合图形的面积', 'none', { missing_resources: true }), leaf('c6-7', '不规则图形', 'none', { missing_resources: true }), leaf('c6-8', '整理和复习', 'none', { hours: 2 }),
    unit('c7', '七 植树问题', 0, 4), ...filler('c7', 4, 'none'), unit('c8', '八 总复习', 0, 5), ...filler('c8', 5, 'none')],
}
const templates = { usual: [['new_lesson', ['goals', 'lead_in', 'explore', 'ask', 'practise', 'sum_up']], ['exercise', ['goals', 'review', 'practise', 'discuss', 'sum_up']], ['revision', ['goals', 'review', 'ask', 'practise', 'sum_up']], ['experiment', ['goals', 'lead_in', 'safety', 'experiment', 'discuss', 'sum_up']]].map(([name, keys]) => ({ id: '', name: `teaching.template.${name}`, subject: '', sections: keys.map((key) => ({ key, title: '', minutes: 5, text: '', resources: [], questions: [] })) })), own: [{ id: 'own1', name: '本校数学新授课', subject: '14', sections: sections.map((part) => ({ ...part, text: '' })) }], may_manage: true }
const place = (more = {}) => ({ resource_id: null, page: 1, question_id: null, seen_at: now, bell_at: l2.end_at, heartbeat_seconds: 15, ...more })
export const classView = (more = {}) => ({ session: session(l2, { ended_at: null, resource_count: 0 }), lesson: l2, plan_id: 'plan1', title: content1.title, sections, resources: resources.slice(0, 4), opened: [], questions: [], place: place(), ...more })
export const asked = { id: 'q1', session_id: 's-l2', number: 1, ...question, present: 52, counts: [6, 29, 9, 3], done: false }
export const current = (running) => ({ running, lesson: l2, today: [l2, l4, l5], classes: ['五（1）班', '五（2）班', '四（1）班', '四（3）班'].map((name) => ({ id: name, name })), now })
export const running = { shown: classView({ place: place({ resource_id: 'r1', page: 2 }), opened: ['r1'] }), asking: classView({ questions: [asked], place: place({ question_id: 'q1' }) }), place }
const version = (id, kind, saved, number) => ({ id, plan_id: 'plan1', version: number, kind, content: content1, saved_at: saved })

export const answers = {
  'GET /today': today, 'GET /my/records': week, 'GET /prepare/tree': tree, 'GET /prepare/lost-resources': [], 'GET /prepare/lessons': [{ lesson: l2, plan_id: 'plan1' }, { lesson: l4, plan_id: null }, { lesson: l5, plan_id: null }],
  'GET /lesson-plans/plan1': view, 'GET /lesson-templates': templates, 'GET /lesson-plans': { items: [{ ...planBrief('ready', '平行四边形的面积', 3), mine: false, owner_name: '周敏' }], next: null },
  'GET /lesson-plans/plan1/versions': [version('v3', 'saved', at(20, 8, 12), 7), version('v2', 'unmerged', at(19, 21, 4), 5), version('v1', 'saved', at(18, 20, 30), 2)],
  'PUT /lesson-plans/plan1': { ...plan, version: 8 }, 'GET /resources': { items: found, next: null, total: 14, facets: { kind: [{ value: 'slides', count: 4 }, { value: 'video', count: 3 }, { value: 'interactive', count: 3 }, { value: 'exercise', count: 4 }] } },
  'GET /codes/ZXXKC': { items: [{ code: '14', title: '数学', title_en: 'Mathematics' }, { code: '61', title: '综合实践', title_en: 'Project work' }, { code: '18', title: '科学', title_en: 'Science' }] },
  'GET /class-sessions/current': current(null), 'POST /class-sessions': classView(),
  'POST /class-sessions/s-l2/show': place(), 'POST /class-sessions/s-l2/heartbeat': place(), 'POST /class-sessions/s-l2/end': session(l2), 'POST /class-sessions/s-l2/questions': asked, 'PATCH /class-sessions/s-l2/questions/q1': asked,
  'GET /resources/r1/open': { viewer: 'pdf', title: '花坛比大小', version: 1, url: '/api/v1/test/sheet.pdf', download_url: '', media_type: 'application/pdf', pages: 12, duration_seconds: 0 },
  'GET /resources/r2/open': { viewer: 'package', title: '三角形的面积', version: 1, url: '/api/v1/test/slides/index.html', download_url: '', media_type: 'application/zip', pages: 6, duration_seconds: 0 },
  'GET /pupil/today': { date: '2014-11-20', week: 12, now, class_name: '五（2）班', lessons: [['13', 1, '王老师'], ['14', 2, '李文静'], ['41', 3, '陈老师'], ['18', 4, '刘老师']].map(([subject, period, name]) => ({ period, subject, teacher_name: name, room: '302', state: 'planned', start_at: Date.UTC(2014, 10, 20, 0, bell[period - 1].start_minute - 480), end_at: Date.UTC(2014, 10, 20, 0, bell[period - 1].end_minute - 480) })), resources: [{ resource: resources[1], subject: '14', lesson_title: '平行四边形的面积', date: '2014-11-20' }, { resource: resources[4], subject: '14', lesson_title: '平行四边形 · 练习课', date: '2014-11-19' }, { resource: resources[0], subject: '14', lesson_title: '平行四边形的面积', date: '2014-11-18' }], shown: resources.slice(2, 4).map((resource) => ({ resource, subject: '14', lesson_title: '', date: '2014-11-19' })) },
  'GET /people/p1': { id: 'p1', name: '学生 12', pupil_number: 'HB0412', guardians: [{ id: 'g1', name: '家长甲' }], enrolments: [{ school_name: '河坝镇中心小学', class_name: '五（2）班', status: 'active', to_date: null }], consent_at: at(1, 9, 0), consent_needed: true },
  'GET /school-records': { week: 12, weeks: 22, monday: '2014-11-17', totals: [{ school_id: 's1', subject: '14', week: 12, measured: 27, declared: 2, teachers: 8 }, { school_id: 's1', subject: '18', week: 12, measured: 9, declared: 0, teachers: 3 }], not_yet_open: 34, lessons: [{ session: session(rows[0].lesson, { state: 'released' }), class_name: '五（1）班', teacher_name: '李文静', resources: rows[0].record.resources }] },
  'GET /schools': { items: [school], next: null }, 'GET /schools/s1': { classes: [{ id: 'c1', name: '五（1）班' }] }, 'POST /supervision/looks': { session: session(rows[0].lesson, { state: 'fixed' }), class_name: '五（1）班', teacher_name: '李文静', resources: rows[0].record.resources },
  'POST /classroom/pairings/482913/approve': {}, 'POST /my/records/s-l1/discard': record(l1, { state: 'discarded' }),
}
const slides = Object.fromEntries([['index.html', 'text/html'], ['style.css', 'text/css'], ['main.js', 'text/javascript']].map(([name, type]) => [`GET /test/slides/${name}`, { type, body: () => inside('html/triangle-slides.zip', name) }]))
export const files = {
  ...slides, 'GET /test/sheet.pdf': { type: 'application/pdf', body: () => file('pdf/parallelogram-plan.pdf') } }
