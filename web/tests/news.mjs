/** Pictures of the news screens with axe on each: `node tests/news.mjs [name…]`. Articles are invented for the picture. */
import { both, pictures } from './pictures.mjs'
import * as library from './resources.stubs.mjs'
import { session } from './stubs.mjs'

const school = { id: 's1', name: '河坝镇中心小学' }
const post = (role, place) => ({ role, org_id: place.id, org_name: place.name, org_path: [{ id: 'd1', name: '大通湖区' }, place] })
const teacher = { ...session, home: 'teacher', roles: [post('teacher', school)], permissions: ['news.view', 'news.write'] }
const office = { ...session, home: 'academic', roles: [post('academic', school)], permissions: ['news.view', 'news.write', 'news.withdraw', 'workflow.review', 'resources.view'] }
const ok = (body) => ({ status: 200, body })
const bad = { status: 503, body: { status: 503, code: 'http.503', trace_id: '7f3a' } }
const at = Date.parse('2014-11-17T08:40:00+08:00')
const row = (id, title, more = {}) => ({
  id, kind: 'news', title, summary: '', org_id: 's1', org_name: school.name, byline: '', scope: 'school', audience: 'everyone', state: 'published', change: 'none', mine: false, must_read: false, unread: false, to_confirm: false,
  from_day: null, until_day: null, cover_file_id: null, cover_text: '', published_at: at, updated_at: at, ...more,
})
const rows = [
  row('n1', '片区校本研修第三次活动安排', { kind: 'notice', summary: '中心校和各村小、教学点的老师参加。', must_read: true, unread: true, to_confirm: true, scope: 'area', audience: 'staff' }),
  row('n2', '冬季作息时间调整的通知', { kind: 'notice', summary: '从下周一起，早上推迟 20 分钟到校。', unread: true, until_day: '2015-01-23' }),
  row('n3', '五年级数学公开课开讲', { summary: '剪一剪，拼一拼，平行四边形“变”成了长方形。' }),
  row('n4', '小学数学“图形的面积”联片教研活动小结', { kind: 'research', org_name: '大通湖区教育局', scope: 'district' }),
]
const part = (kind, text, more = {}) => ({ kind, text, items: [], href: '', file_id: null, file_name: '', media_type: '', size: 0, ...more })
const body = [
  part('paragraph', '各位老师：\n第三次研修定于 11 月 27 日（周四）下午 1:30，在中心校录播室。'), part('heading', '内容'), part('list', '', { items: ['听课：三年级语文《富饶的西沙群岛》', '分组评课，每组推一位老师发言'] }),
  part('numbers', '', { items: ['签到', '听课', '评课'] }), part('link', '国家中小学智慧教育平台', { href: 'https://basic.smartedu.cn/' }), part('attachment', '研修安排表', { file_id: 'f1', file_name: '研修安排表.docx', size: 24_576 }), part('paragraph', '<b>村小</b>不能到场的老师可以在本校教室同步参加。'),
]
const may = { edit: false, submit: false, take_back: false, withdraw: false, remove: false, review: false }
const view = (item, more = {}) => ({ item, body, version: 1, current_version: 1, withdrawn_reason: '', created_at: at, confirmed: false, may, review: null, receipts: [], ...more })
const own = row('n5', '班级读书角“开张”了', { mine: true, state: 'returned', published_at: null, summary: '四十本书，是孩子们自己带来的。' })
const list = { items: rows, next: 'x', total: 34, unread: 2 }
const none = { items: [], next: null, total: 0, unread: 0 }
const places = ok({ items: [{ org_id: 's1', name: school.name, bureau: false, scopes: ['school', 'area', 'district', 'public'] }] })
const base = { 'GET /news': ok(list), 'GET /news/n1': ok(view(rows[0])), 'POST /news/n1/seen': ok(view({ ...rows[0], unread: false })), 'GET /my/news/places': places }
const mine = { ...base, 'GET /my/news': ok({ items: [own, row('n6', '“一课三上”：同一节课，三种上法', { mine: true, state: 'in_review', scope: 'district' }), row('n3', '五年级数学公开课开讲', { mine: true, change: 'in_review' })], next: null, states: { returned: 1, in_review: 1, published: 1 }, may_oversee: true }) }
const writing = { ...base, 'GET /news/n5': ok(view(own, { current_version: 0, may: { ...may, edit: true, submit: true }, review: { scope: 'school', round: 1, step_name: '', due_at: null, last_reason: '正文写了几位同学的全名，请改成不写姓名。' } })) }
const refused = { status: 400, body: { status: 400, code: 'core.invalid_input', errors: [{ pointer: '/content/title', code: 'core.required' }, { pointer: '/content/body/4/href', code: 'news.link_not_allowed' }, { pointer: '/content/until_day', code: 'news.days_turned' }] } }
const item = { ...library.review.item, id: 'i0', subject_kind: 'news', subject_id: 'n1', title: rows[0].title, scope: 'area', subject_title: '', facts: { kind: 'notice', version: 2, pictures: 0, must_read: true } }
const line = (key, group, more = {}) => ({ key: `news.check.${key}`, group: `news.check.${group}`, automatic: false, ticked: false, state: 'passed', detail: '', params: {}, found_in: null, ...more })
const review = { ...library.review, item, sheet: [line('days', 'content', { automatic: true, detail: 'news.check.days.open' }), line('true', 'content'), line('wording', 'content', { ticked: true }), line('sources', 'rights'), line('pictures_ours', 'rights'), line('names', 'minors', { automatic: true, state: 'warning', detail: 'news.check.names.found', params: { n: '2' } }), line('no_pupil_names', 'minors'), line('faces_agreed', 'minors')] }
const desk = { ...base, 'GET /reviews': ok({ items: [item, ...library.rows.slice(1, 3)], next: null }), 'GET /reviews/summary': ok({ ...library.figures, kinds: [{ kind: 'notice', count: 1 }, { kind: 'slides', count: 2 }] }), 'GET /reviews/i0': ok(review), 'GET /codes/ZXXKC': ok(library.codes) }
const open = { items: rows.map(({ id, kind, title, summary, org_name, byline }) => ({ id, kind, title, summary, org_name, byline, published_at: at, updated_at: at, cover_text: '', cover_url: '' })), next: null, total: 4 }
const door = { 'GET /open/news': ok(open), 'GET /open/news/n2': ok({ item: open.items[1], body: body.map(({ file_id, ...one }) => ({ ...one, url: file_id ? '/x' : '' })) }) }
const pages = [
  { name: 'news', path: '/news', who: teacher, over: base, languages: both, full: true },
  { name: 'news-none', path: '/news', who: teacher, over: { ...base, 'GET /news': ok(none) } },
  { name: 'news-error', path: '/news', who: teacher, over: { ...base, 'GET /news': bad }, wait: 5000 },
  { name: 'news-one', path: '/news/n1', who: teacher, over: base, languages: both, full: true },
  { name: 'news-own', path: '/news/n5', who: teacher, over: writing, languages: both, full: true },
  { name: 'news-gone', path: '/news/n1', who: teacher, over: { ...base, 'GET /news/n1': { status: 410, body: { status: 410, code: 'news.withdrawn', params: { reason: '菜单有变' } } } } },
  { name: 'news-mine', path: '/news/mine', who: office, over: mine, languages: both },
  { name: 'news-write', path: '/news/write', who: teacher, over: base, languages: both, full: true },
  { name: 'news-mend', path: '/news/write/n5', who: teacher, over: { ...writing, 'PUT /news/n5': refused }, full: true, act: async (page) => { await page.click('button[type=submit]'); await page.waitForSelector('.error-summary') } },
  { name: 'news-review', path: '/review/i0', who: office, over: desk, languages: both },
  { name: 'news-door', path: '/open/news', over: door, languages: both, full: true },
  { name: 'news-door-one', path: '/open/news/n2', over: door, languages: both, full: true },
]

await pictures(pages)
