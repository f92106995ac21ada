/** Invented answers for pictures of the library and review screens. */
import { now } from './stubs.mjs'

const hour = 3_600_000
const day = 24 * hour
const titles = ['平行四边形的面积 剪拼法', '三角形的面积 微课', '小数除法 易错题讲评', '可能性 摸球实验', '角的度量', '百分数 生活里的折扣', '多边形面积 单元练习', '观察物体 教案', '植树问题 课件', '位置 数对', '简易方程 练习课', '掷一掷 互动']
const kinds = ['slides', 'video', 'slides', 'interactive', 'picture', 'plan', 'exercise', 'plan', 'slides', 'audio', 'exercise', 'scorm']
const schools = ['河坝镇中心小学', '金盆镇中心小学', '千山红镇中心小学', '大通湖区第一中学']
export const summaries = titles.map((title, index) => ({
  id: `r${index}`, title, kind: kinds[index], subject: '14', grade_from: index === 8 ? 1 : 5, grade_to: index === 8 ? 6 : 5, chapter_id: 'c2', chapter_title: '平行四边形的面积', scope: index % 5 === 4 ? 'school' : 'district', wished_scope: 'district',
  state: 'published', in_review: false, mine: false, licence: 'cc_by_nc', school_id: `s${index % 4}`, school_name: schools[index % 4], attribution: '', version: 1, media_type: 'application/pdf', size: 3_400_000,
  pages: index % 3 === 0 ? 14 : 0, duration_seconds: index % 3 === 1 ? 372 : 0, thumbnail_file_id: null, uses: index * 7, schools: Math.min(6, index), published_at: now - index * day, updated_at: now - index * day,
}))
const counts = (values) => values.map(([value, count, title = '']) => ({ value, count, title }))
export const library = {
  items: summaries, next: '1.2.r11', total: 1147,
  facets: {
    subject: counts([['14', 320, '数学'], ['13', 290, '语文'], ['41', 180, '英语'], ['15', 90, '科学']]), grade: counts([['5', 148], ['6', 131], ['4', 122]]),
    kind: counts([['slides', 402], ['plan', 231], ['video', 188], ['exercise', 160], ['interactive', 60], ['picture', 52], ['audio', 30], ['scorm', 14], ['link', 10]]), scope: counts([['district', 980], ['school', 167]]),
  },
}
export const textbooks = { items: ['五年级上册', '五年级下册', '六年级上册'].map((name, index) => ({ id: `t${index}`, key: `rj-${index}`, title: `数学${name}`, subject: '14', grade: index === 2 ? 6 : 5, term: (index % 2) + 1, edition: '人教版' })) }
const chapter = (id, parent, title, missing, count) => ({ id, parent_id: parent, title, hours: 3, leaf: parent !== null, count, kinds: { plan: 2, slides: count }, missing })
export const book = {
  textbook: textbooks.items[0], subject_title: '数学',
  chapters: [
    chapter('c1', null, '6 多边形的面积', [], 12), chapter('c2', 'c1', '平行四边形的面积', ['video', 'exercise'], 9), chapter('c3', 'c1', '三角形的面积', ['exercise'], 3), chapter('c4', 'c1', '梯形的面积', ['plan', 'slides', 'video', 'exercise'], 0), chapter('c5', 'c1', '组合图形的面积', [], 6),
    chapter('c6', null, '7 植树问题', [], 4), chapter('c7', 'c6', '两端都栽', [], 4),
  ],
}
export const codes = { name: 'ZXXKC', versions: ['2012'], items: [['13', '语文', 'Chinese'], ['14', '数学', 'Mathematics'], ['41', '英语', 'English']].map(([code, title, title_en], sort) => ({ version: '2012', code, title, title_en, sort })) }
const may = { edit: false, add_version: false, submit: false, withdraw: false, recall: false, remove: false, review: false }
export const resource = {
  item: { ...summaries[0], attribution: '张老师' }, description: '先数方格，再沿高剪开拼成长方形。适合“探究”环节，约 12 分钟。', stage: 'primary', subject_title: '数学', textbook_id: 't0', textbook_title: '数学五年级上册', source: 'own_work', source_note: '配图自绘', language: 'zh-CN', url: '',
  current_version: 2, latest_version: 2, version_note: '', recalled_reason: '', created_at: now - 9 * day, may: { ...may, recall: true }, review: null,
  used_by: [{ school_id: 's1', school_name: '金盆镇中心小学', uses: 6, classes: 2 }, { school_id: 's2', school_name: '千山红镇中心小学', uses: 3, classes: 0 }],
}
export const returned = { ...resource, item: { ...resource.item, state: 'returned', mine: true, scope: 'self', wished_scope: 'district' }, may: { ...may, edit: true, add_version: true, submit: true }, review: { step_name: '', scope: 'district', round: 1, due_at: null, last_reason: '片尾没写配图出处，请补上。' }, used_by: [] }
const entry = (what, step_name, version, text, at) => ({ what, step_name, version, text, at: now - at * day })
export const history = {
  entries: [entry('version', '', 1, '', 9), entry('submit', '', 0, '', 9), entry('return', 'workflow.step.academic', 0, '片尾没写配图出处', 8), entry('version', '', 2, '', 6), entry('resubmit', '', 0, '', 6), entry('approve', 'workflow.step.academic', 0, '剪拼过程讲得清楚。', 5), entry('approve', 'workflow.step.researcher', 0, '', 3), entry('published', '', 2, '', 3)],
  versions: [1, 2].map((number) => ({ number, media_type: 'image/svg+xml', size: 1, pages: 0, duration_seconds: 0, url: '', note: '', created_at: now })),
}
const drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 496 279" width="992" height="558"><rect width="496" height="279" fill="#fbfaf5"/><text x="28" y="44" font-size="20" font-weight="700">平行四边形怎样变成长方形？</text><path d="M76 204L120 108H236L192 204Z" fill="#cfe0fb" stroke="#1f6feb" stroke-width="2"/><path d="M312 108H428V204H312Z" fill="#cfe0fb" stroke="#1f6feb" stroke-width="2"/><text x="180" y="250" font-size="18" fill="#0b4fc2">S = a × h</text></svg>'
export const opened = { viewer: 'picture', title: resource.item.title, version: 2, url: `data:image/svg+xml;base64,${Buffer.from(drawing).toString('base64')}`, download_url: '/api/v1/files/f?save=1', media_type: 'image/svg+xml', file_name: '平行四边形.svg', size: 20_000, pages: 0, duration_seconds: 0, expires_at: now + hour }
export const office = { ...opened, viewer: 'office', file_name: '平行四边形的面积 课件.pptx', size: 4_800_000 }
export const link = { ...opened, viewer: 'link', url: 'https://basic.smartedu.cn/syncClassroom' }
export const rows = summaries.slice(0, 8).map((item, index) => ({
  id: `i${index}`, subject_kind: 'resource', subject_id: item.id, title: item.title, scope: 'district', subject_code: '14', subject_title: '数学', school_id: item.school_id, school_name: item.school_name,
  facts: { kind: item.kind, media_type: 'image/png', pages: item.pages, duration_seconds: item.duration_seconds, grade_from: 5, grade_to: 5, version: index === 0 ? 2 : 1, chapter_title: '' },
  state: 'open', round: index === 7 ? 2 : 1, step_name: 'workflow.step.researcher', due_at: now + (index - 1) * 0.6 * day, step_since: now - 2 * day, handed_to_me: index === 5, ticked: index % 3 ? 2 : 5, to_tick: 5, filled: index % 3 === 0 && index > 0, my_decision: null, decided_at: null,
}))
const line = (name, group, over = {}) => ({ key: `resources.check.${name}`, group: `resources.check.${group}`, automatic: false, ticked: false, state: 'passed', detail: '', params: {}, found_in: null, ...over })
const auto = (name, group, detail, over = {}) => line(name, group, { automatic: true, detail: `resources.check.${detail}`, ...over })
export const review = {
  item: rows[0], step_number: 3, may_decide: true, author_name: '',
  steps: [{ number: 1, name: 'workflow.step.research_head', pool_role: 'research_head', fell_back: false }, { number: 2, name: 'workflow.step.academic', pool_role: 'academic', fell_back: false }, { number: 3, name: 'workflow.step.researcher', pool_role: 'researcher', fell_back: false }],
  events: [['submit', '', ''], ['return', 'workflow.step.academic', '片尾没写配图出处'], ['resubmit', '', ''], ['approve', 'workflow.step.academic', '剪拼过程讲得清楚，四所村小也能直接用。']].map(([decision, step_name, reason], index) => ({ decision, round: index > 1 ? 2 : 1, step_number: index, step_name, reason, at: now - (6 - index) * day, mine: false })),
  sheet: [
    auto('duplicate', 'rights', 'duplicate.found', { state: 'warning', params: { title: '剪拼法 课件' }, found_in: 'r3' }), auto('licence', 'rights', 'licence.cc_by_nc'), auto('source', 'rights', 'source.note', { params: { note: '配图自绘' } }), auto('attribution', 'rights', 'attribution.school'),
    line('media_named', 'rights', { ticked: true }), line('no_pupil', 'rights', { ticked: true }), auto('opens', 'content', 'opens.duration', { params: { minutes: '6', seconds: '12' } }), line('no_error', 'content', { ticked: true }), line('fits_course', 'content'), line('readable', 'content'),
  ],
}
export const figures = { waiting: 12, due_soon: 3, kinds: [{ kind: 'video', count: 5 }, { kind: 'slides', count: 4 }, { kind: 'exercise', count: 3 }], open_in_district: 140, median_days: 1.8, target_days: 3 }
export const coverage = { items: textbooks.items.map((textbook, index) => ({ textbook, chapters: 32, complete: 20 - index * 8, empty: index * 4, holes: { video: 6 + index * 5, exercise: 3 + index } })), needs: ['plan', 'slides', 'video', 'exercise'], subjects: ['14'] }
export const guess = { title: '平行四边形的面积', kind: 'slides', subject: '14', grade: 5, term: 1, textbook_id: 't0', chapter_id: 'c2', chapter_title: '平行四边形的面积' }
export const mine = { items: ['draft', 'in_review', 'returned', 'published', 'recalled'].map((state, index) => ({ ...summaries[index], state, mine: true, in_review: state === 'in_review' })), next: null, total: 5, facets: { state: counts([['draft', 1], ['in_review', 1], ['returned', 1], ['published', 1], ['recalled', 1]]), kind: counts([['slides', 2]]) } }

const file = (number, path, verdict, more = {}) => ({
  number, path, size: 184320 * number, media_type: 'application/pdf', verdict, reason: '', doubt: '', twin_number: 0, twin_id: null, twin_title: '',
  title: '', kind: 'document', fits: ['plan', 'slides', 'exercise', 'document'], subject: '', grade_from: 0, grade_to: 0, chapter_id: null, chapter_title: '', resource_id: null, ...more,
})
export const batch = {
  id: 'b1', name: '2009 年数学光盘', state: 'ready', archive: true, school_name: '河坝镇中心小学', files: 412, bytes: 734003200,
  counts: { sure: 268, unsure: 71, duplicate: 34, refused: 21, junk: 12, taken: 6 }, job_id: null, error_key: '', created_at: 1416448800000, updated_at: 1416452400000,
}
export const batchRows = [
  file(1, '数学/五年级上册/第6单元 多边形的面积/平行四边形的面积 课件.ppt', 'sure', { title: '平行四边形的面积 课件', kind: 'slides', subject: '14', grade_from: 5, grade_to: 5, chapter_title: '平行四边形的面积' }),
  file(2, '数学/五年级上册/第6单元 多边形的面积/三角形的面积 教案.doc', 'taken', { title: '三角形的面积 教案', kind: 'plan', subject: '14', grade_from: 5, grade_to: 5, chapter_title: '三角形的面积', resource_id: 'r0' }),
  file(3, '其他/奥数题精选.pdf', 'unsure', { title: '奥数题精选', subject: '14', doubt: 'grade', kind: 'exercise' }),
  file(4, '备份/平行四边形的面积 课件 - 副本.ppt', 'duplicate', { title: '平行四边形的面积 课件', kind: 'slides', subject: '14', twin_number: 1 }),
  file(5, '共享/面积动画.pdf', 'duplicate', { title: '面积动画', twin_id: 'r0', twin_title: '多边形面积的推导' }),
  file(6, '工具/播放器/setup.exe', 'refused', { reason: 'files.executable' }),
  file(7, '数学/Thumbs.db', 'junk', { reason: 'resources.intake.junk_system' }),
]
export const folder = { ...batch, name: '优盘资料', state: 'receiving', archive: false, files: 58, bytes: 98304000, counts: { expected: 43, junk: 5, refused: 10 } }
export const atWork = { ...batch, state: 'working', job_id: 'j1', counts: { waiting: 310, junk: 12 } }
