/** An import as the server tells it; numbers are invented for the picture. */
const fields = ['school', 'school_code', 'grade', 'class_name', 'class_number', 'name', 'sex', 'birth_date', 'student_number', 'citizen_number', 'entry_month', 'guardian_name', 'guardian_relation', 'guardian_phone', 'phone']
  .map((field) => ({ field, required: field === 'name', personal: ['student_number', 'citizen_number', 'guardian_phone', 'phone'].includes(field) }))
const column = (index, header, field, samples, confidence = 1) => ({ index, header, field, confidence, personal: fields.some((one) => one.field === field && one.personal), samples })
export const totals = { rows: 8420, added: 1372, changed: 941, same: 6093, refused: 14, ask: 3, ended: 27, written: 0, schools: 20, classes: 200, new_classes: 2, lost_characters: 1 }
const at = Date.parse('2014-10-27T08:12:00+08:00')
export const view = {
  id: 'i1', kind: 'pupils', file_name: '2014秋全区学生花名册.xls', file_size: 3_984_588, format: 'xls', encoding: '', sheet: '学生', header_row: 3, first_data_row: 4,
  columns: [
    column(0, '学校名称', 'school', ['河坝镇中学', '金盆镇中心小学']), column(1, '年级', 'grade', ['七', '五']), column(2, '班', 'class_name', ['1401班', '2班']), column(3, '姓名', 'name', ['张三丰', '李小红']),
    column(4, '性别', 'sex', ['男', '女']), column(5, '出生年月日', 'birth_date', ['2001-03-05', '2003.6.12']), column(6, '学籍号', 'student_number', ['G430971**********34', 'G430971**********28']), column(7, '身份证件号', 'citizen_number', ['430971**********34']),
    column(8, '入学时间', 'entry_month', ['2013-09']), column(9, '家长电话', 'guardian_phone', ['138****8000'], 0.5), column(10, '户口性质', null, ['农业']), column(11, '备注', null, []),
  ],
  fields, known_headings: false, absent: 'keep', state: 'checked', totals, job_id: 'j1',
  refused_by_school: [{ key: '河坝镇中学', name: '河坝镇中学', count: 2 }, { key: '渔场学校', name: '渔场学校', count: 1 }],
  refused_by_reason: [{ key: 'roster.student_number_check', name: '', count: 3 }, { key: 'roster.date_no_such_day', name: '', count: 1 }],
  made_by_name: '演示信息办', created_at: at, updated_at: at, written_at: null,
}
const problem = (column, field, value, key, params = {}, suggestion = '', hint = `${key}_hint`) => ({ column, field, value, key, params, hint_key: hint, suggestion })
const row = (number, school_name, problems, more = {}) => ({ number, state: 'refused', school_name, name: '演示学生', problems: [problems].flat(), changes: [], decision: 'none', fixed: false, written: false, ...more })
export const refused = [
  row(217, '河坝镇中学', problem(6, 'student_number', 'G430971**********18', 'roster.student_number_check', { expected: 'X', found: '8' }, '', '')),
  row(218, '河坝镇中学', problem(5, 'birth_date', '2001-02-30', 'roster.date_no_such_day', { year: '2001', month: '2', day: '30', last_day: '28' }, '', '')),
  row(1046, '大通湖区第一中学', problem(2, 'class_name', '1413 班', 'roster.import_class_missing', { school: '大通湖区第一中学', grade: '高一', classes: '高一(1)班、高一(2)班' })),
  row(1377, '大通湖区第一中学', problem(7, 'citizen_number', '430971**********16', 'roster.import_row_twice', { row: '902' })),
  row(2490, '金盆镇中心小学', problem(1, 'grade', '七', 'roster.class_grade_not_taught', { grade: '七年级', first: '一年级', last: '六年级' }, '', '')),
  row(2803, '金盆镇增福小学', problem(3, 'name', '', 'roster.name_missing', {}, '', '')),
  row(3967, '千山红镇中心小学', problem(9, 'guardian_phone', '138****56', 'roster.phone_length', { length: '10' }, '', '')),
  row(4120, '种福小', problem(0, 'school', '种福小', 'roster.import_school_near', { school: '千山红镇种福小学' }, '千山红镇种福小学')),
  row(5208, '北洲子镇中学', problem(8, 'entry_month', '20l2-09', 'roster.date_letter', { value: '20l2-09', suggestion: '2012-09' }, '2012-09', '')),
  row(6011, '北洲子镇宏发小学', problem(3, 'name', '张?宇', 'roster.name_lost_character', { name: '张?宇' }, '', '')),
  row(6874, '渔场学校', problem(6, 'student_number', '4.30971E+18', 'roster.import_number_ruined')),
  row(8193, '南湾湖学校', problem(6, 'student_number', 'G430971**********33', 'roster.import_elsewhere', { school: '金盆镇中学' })),
]
export const ask = [row(512, '河坝镇中心小学', problem(3, 'name', '陈小明', 'roster.import_same_person', { name: '陈小明', place: '河坝镇中心小学 五(1)班', birth: '2003-04-05' }), { state: 'ask', name: '陈小明' })]
export const list = [
  { id: 'i1', kind: 'pupils', file_name: view.file_name, state: 'checked', totals, made_by_name: '演示信息办', created_at: at, written_at: null },
  { id: 'i0', kind: 'staff', file_name: '2014秋教职工.xlsx', state: 'written', totals: { ...totals, rows: 650, added: 12, changed: 4, refused: 0, written: 16 }, made_by_name: '演示信息办', created_at: at - 86_400_000, written_at: at - 86_000_000 },
]
