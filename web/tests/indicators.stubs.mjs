/** Answers of indicators for pictures; the figures are invented. */
const weeks = [5, 6, 7, 8, 9, 10, 11, 12].map((number) => {
  const monday = new Date(Date.UTC(2014, 8, 1 + (number - 1) * 7))
  const plus = (days) => new Date(monday.getTime() + days * 86_400_000).toISOString().slice(0, 10)
  return { number, monday: plus(0), sunday: plus(6), fixed_after: plus(13), provisional: number >= 11 }
})
export const time = { today: '2014-11-20', term_from: '2014-09-01', term_to: '2015-01-30', current_week: 12, week: weeks.at(-1), weeks, computed_at: 1416445380000 }
const figure = (code, value, more = {}) => ({ code, value, unit: '%', numerator: 2220, denominator: 4236, hidden: false, provisional: true, at_least: true, reach: 'every_school', schools: 20, target: null, target_due: null, declared: null, series: [38.1, 41, 43.6, 45.2, 47.9, 49.5, 50.8, value], ...more })
export const figures = [
  figure('I20', 81.5, { numerator: 530, denominator: 650, target: 90, target_due: '2014-12-31', declared: { value: 92, month: '2014-10', schools: 18, of: 20 }, series: [66, 69, 72, 74, 76, 78, 79.2, 81.5] }),
  figure('I21', 52.4, { reach: 'central_schools', schools: 10, target: 60, target_due: '2014-12-31', declared: { value: 61, month: '2014-10', schools: 9, of: 10 } }),
  figure('I23', 63.1, { numerator: 410, denominator: 650, target: 100, target_due: '2014-12-31', series: [41, 44, 48, 51, 55, 58, 61, 63.1] }),
  figure('I25', 93.4, { numerator: 7864, denominator: 8420, target: 100, target_due: '2015-07-01', series: [93.4, 93.4, 93.4, 93.4, 93.4, 93.4, 93.4, 93.4] }),
  figure('I25U', 12.2, { numerator: 1027, denominator: 8420, target: 80, series: [2, 3, 5, 6, 8, 9, 11, 12.2] }),
  figure('I27', 71, { numerator: 142, denominator: 200, target: 100, series: [40, 46, 50, 55, 60, 64, 68, 71] }),
]
const rooms = figure('ROOMS', 130, { unit: 'rooms', numerator: 130, denominator: 200, provisional: false, target: 200, target_due: '2014-12-31', declared: { value: 138, month: '2014-10', schools: 20, of: 20 }, series: [] })
const even = figure('I62', 0.45, { unit: '', at_least: false, target: 0.3, series: [0.61, 0.58, 0.55, 0.53, 0.5, 0.48, 0.46, 0.45], schools: 19 })
const names = [['第一中学', 't1', '河坝镇', 1, 0.52, 0.44], ['河坝镇中学', 't1', '河坝镇', 1, 0.4, 0.52], ['河坝镇中心小学', 't1', '河坝镇', 1, 0.56, 0.53], ['沙堡洲小学', 't1', '河坝镇', 0, 0.55, 0.36], ['铭新小学', 't1', '河坝镇', 0, 0.58, 0.61],
  ['金盆镇中学', 't2', '金盆镇', 1, 0.18, 0.46], ['金盆镇中心小学', 't2', '金盆镇', 1, 0.09, 0.54], ['大东口小学', 't2', '金盆镇', 0, 0.22, 0.63], ['增福小学', 't2', '金盆镇', 0, 0.1, 0.67],
  ['千山红镇中学', 't3', '千山红镇', 1, 0.47, 0.71], ['千山红镇中心小学', 't3', '千山红镇', 1, 0.34, 0.7], ['种福小学', 't3', '千山红镇', 0, 0.32, 0.86], ['大西港小学', 't3', '千山红镇', 0, 0.51, 0.84],
  ['北洲子镇中学', 't4', '北洲子镇', 1, 0.3, 0.06], ['北洲子镇中心小学', 't4', '北洲子镇', 1, 0.38, 0.15], ['永兴小学', 't4', '北洲子镇', 0, 0.14, 0.16], ['宏发小学', 't4', '北洲子镇', 0, 0.19, 0.25],
  ['渔场学校', 't5', '渔场', 1, 0.65, 0.18], ['渔场小学', 't5', '渔场', 0, 0.79, 0.31], ['南湾湖学校', 't6', '南湾湖办事处', 0, 0.82, 0.7]]
export const schools = names.map(([name, town, township, central, x, y], index) => ({ id: `s${index + 1}`, name, short_name: name.replace(township, ''), township_id: town, township, central: Boolean(central), x, y, state: 'ok', exceptions: 0, value: 30 + index * 2, hidden: index === 18 }))
schools[18].state = 'bad'; schools[18].exceptions = 2
schools[1].state = schools[19].state = 'warn'; schools[1].exceptions = schools[19].exceptions = 1
const exception = (index, kind, severity, facts, more = {}) => ({ org_id: `s${index + 1}`, org_name: names[index][0], township: names[index][2], severity, kind, indicator: 'I21', week: 11, facts, subjects: [], action: 'profile', ...more })
export const exceptions = [
  exception(18, 'silent', 'bad', { held: '118', before: '21.4' }),
  exception(18, 'missing', 'warn', { missing: '2', wanted: '9' }, { subjects: ['音乐', '英语'], action: 'courses' }),
  exception(1, 'declared', 'warn', { declared: '61.0', measured: '34.4', points: '26.6', month: '2014-10' }, { action: 'indicator' }),
  exception(19, 'missing', 'warn', { missing: '1', wanted: '13' }, { subjects: ['音乐'], action: 'courses' }),
]
export const cockpit = { district_id: 'd1', district: '大通湖区', topic: 'cockpit:430971', time, exceptions, numbers: [rooms, figures[1], figures[0], figures[2], figures[4], figures[5], even, figures[3]], schools, central: figures[1].series, village: [12.4, 14, 16.1, 17.5, 19.2, 20.6, 21.4, 22.5], declared: [null, null, null, 61, null, null, null, null] }
const cell = (value, n = 40) => ({ value, numerator: value === null ? null : Math.round((value * n) / 100), denominator: value === null ? null : n, hidden: false, empty: false })
const gone = { value: null, numerator: null, denominator: null, hidden: true, empty: false }
const none = { value: null, numerator: null, denominator: null, hidden: false, empty: true }
const columns = [['13', '语文'], ['14', '数学'], ['41', '英语'], ['g.science', '科学', '物理', '化学', '生物'], ['g.society', '品德与生活（社会）'], ['g.art', '体育与健康', '音乐', '美术'], ['g.technology', '信息技术']].map(([key, ...titles]) => ({ key, titles }))
const row = (name, index, total, cells) => ({ group: '', org_id: `s${index}`, name, schools: 1, total: cell(total, 533), delta: 1.4, cells })
const group = (kind, total, cells) => ({ group: kind, org_id: null, name: '', schools: 10, total: cell(total, kind === 'central' ? 4236 : 1685), delta: kind === 'central' ? 1.6 : null, cells: cells.map((value) => cell(value, 400)) })
export const detail = {
  number: figures[1], time, org_id: 'd1', org_name: '大通湖区', school: false, by_subject: true, may_list_lessons: false, delta: 1.6, declared_series: [null, null, null, 61, null, null, null, null],
  gaps: [{ org_id: 's2', name: '河坝镇中学', declared: 61, measured: 34.4, month: '2014-10' }],
  denominator_parts: [{ key: 'due', count: 4290 }, { key: 'not_held', count: 54 }, { key: 'held', count: 4236 }],
  numerator_parts: [{ key: 'evidence.class_view', count: 1204 }, { key: 'evidence.resource_opened', count: 611 }, { key: 'evidence.helper', count: 376 }, { key: 'evidence.live', count: 29 }, { key: 'evidence.declared', count: 364 }],
  versions: [{ version: 1, from_date: '2014-09-01', current: true }], columns,
  rows: [group('central', 52.4, [54.2, 57.6, 60.9, 55, 48.3, 30.1, 76.4]), group('village', 22.5, [24.1, 27, 31.8, 22.6, 19.4, 9.8, 46.2]),
    row('大通湖区第一中学', 1, 62.3, [63.8, 67.9, 74.5, 65, 58.4, 41.2, 83.1].map((value) => cell(value))),
    row('河坝镇中学', 2, 34.4, [cell(37.7), cell(42.3), cell(38.3), cell(35.4), gone, cell(15.5), gone]),
    row('河坝镇中心小学', 3, 63.8, [cell(61.2), cell(73.6), cell(76.4), cell(68.3), gone, cell(38.4), gone]),
    row('沙堡洲小学', 4, 21.8, [cell(24), cell(27), gone, none, gone, gone, none]),
    { ...row('渔场小学', 19, null, [gone, gone, gone, none, gone, gone, none]), total: gone, delta: null }],
}
export const lessons = { counts: [{ key: 'open', count: 2 }], hidden: false, named: true, not_yet_open: 14, lessons: [
  { class_id: 'c1', class_name: '五(2)班', teacher_name: '演示教师甲', date: '2014-11-10', period: 2, subject: '14', subject_title: '数学', kind: 'class_view', minutes_band: 'b20_30', resource_count: 3, reviewed_resource: true },
  { class_id: 'c2', class_name: '五(1)班', teacher_name: '演示教师乙', date: '2014-11-11', period: 4, subject: '13', subject_title: '语文', kind: 'helper', minutes_band: 'b10_20', resource_count: 0, reviewed_resource: false }] }
const roomList = Array.from({ length: 18 }, (_, n) => ({ name: `${1 + Math.floor(n / 6)}0${1 + (n % 6)}`, kind: 'classroom', equipped: n < 14 || n > 15 }))
export const profile = { id: 's3', name: '河坝镇中心小学', short_name: '中心小学', township: '河坝镇', kind: 'central_primary', central: true, first_grade: 1, last_grade: 6, teachers: 56, pupils: 954, classes: 18, classrooms: 18, equipped: 16, time, courses_week: weeks.at(-2),
  numbers: figures.map((one) => ({ ...one, schools: 1 })), exceptions: [exceptions[2]], columns, cells: detail.rows[4].cells,
  courses: ['语文', '数学', '英语', '科学', '品德与生活（社会）', '体育与健康', '音乐', '美术', '信息技术'].map((title, n) => ({ subject: String(n), title, held: n === 6 ? 0 : 90 - n * 8 })), rooms: roomList,
  declarations: [{ id: 'x', indicator: 'I21', month: '2014-10', value: 66, measured: 60.4, note: '', declared_by: '演示教务', declared_at: 1414800000000 }, { id: 'y', indicator: 'ROOMS', month: '2014-10', value: 18, measured: 16, note: '含两间在装', declared_by: '演示教务', declared_at: 1414800000000 }], own: false, may_declare: false }
export const home = { school_id: 's3', school: '河坝镇中心小学', topic: 'cockpit:430971', time, now: 1416446100000, lessons: 104, running: 18, over: 18,
  today: [{ kind: 'no_teacher', class_id: 'c3', class_name: '五(3)班', period: 4, subject_title: '音乐', start_at: 1416453000000, over: false, free_teachers: 12 }, { kind: 'cancelled', class_id: 'c4', class_name: '三(1)班', period: 5, subject_title: '体育与健康', start_at: 1416463200000, over: false, free_teachers: 9 }, { kind: 'not_taught', class_id: 'c1', class_name: '二(2)班', period: 1, subject_title: '美术', start_at: 1416442200000, over: true, free_teachers: 3 }],
  week: [exceptions[2]], numbers: figures.map((one) => ({ ...one, schools: 1, numerator: one.code === 'I20' ? 49 : one.numerator, denominator: one.code === 'I20' ? 56 : one.denominator })), numbers_week: weeks.at(-2), classrooms: 18, equipped: 16, rooms_target: null, rooms_declared: { value: 18, month: '2014-10', schools: 1, of: 1 }, rooms: roomList }
