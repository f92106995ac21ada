// Checks 15 and 16: a guardian knows his own child, a pupil himself; ids of elsewhere in bodies are refused.
import { check, good, must } from './ground.mjs'
import { settled } from './other_school.mjs'
import { belongings } from './routes.mjs'

const refused = (answer, what) => check([400, 403, 404, 409].includes(answer.status), `${what}: ${answer.status} ${answer.text.slice(0, 200)}`)

export default {
  async '16 a guardian and a pupil see nothing of other children, not even of the same class'(ground) {
    await belongings(ground)
    const { info_office: office, guardian, pupil } = ground.who
    const me = must(await guardian.get('/api/v1/session'), 'session').person_id
    const bond = must(await office.get(`/api/v1/people/${me}`), 'guardian').children[0]
    const child = must(await office.get(`/api/v1/people/${bond.person_id}`), 'child')
    const group = must(await office.get(`/api/v1/classes/${child.enrolments[0].class_id}`), 'class')
    const others = group.pupils.map((one) => one.person_id).filter((id) => id !== child.id)
    check(others.length > 10, 'the class has other children')
    const own = must(await pupil.get('/api/v1/session'), 'session').person_id
    const paths = [`/classes/${group.id}`, `/orgs/${group.id}`, '/orgs', '/orgs/tree', '/schools', '/people', '/search?q=hb0', '/timetable/week',
      `/timetable/week?class_id=${group.id}`, '/timetable/choices', '/pupil/today', '/resources', '/me/counts', `/people/${child.id}`, `/people/${own}`]
    for (const client of [guardian, pupil]) {
      for (const path of paths) {
        const { text } = await client.get(`/api/v1${path}`)
        const found = others.find((id) => text.includes(id) && id !== own)
        check(!found, `${client.name} reads ${found} at ${path}`)
      }
      for (const id of others.slice(0, 5)) {
        if (id !== own) check((await client.get(`/api/v1/people/${id}`)).status === 404, `${client.name} opens another child`)
      }
    }
    check(must(await guardian.get(`/api/v1/people/${child.id}`), 'own child').id === child.id, 'his own child is shown')
  },

  async '16 a brother or sister at another school is not shown to this one'(ground) {
    const own = await belongings(ground)
    const { info_office: office, academic, bAcademic } = ground.who
    const here = must(await office.post('/api/v1/people', { person: { name: '双校家庭学生', sex: 'male' }, enrolment: { class_id: ground.ownGroup.id } }), 'pupil here')
    const there = must(await office.post('/api/v1/people', { person: { name: '他校妹妹', sex: 'female' }, enrolment: { class_id: ground.group.id } }), 'pupil there')
    const bond = must(await office.post(`/api/v1/people/${here.id}/guardians`, { name: '双校家长', phone: '13800002222', relation: '51' }), 'guardian').guardians[0]
    must(await office.post(`/api/v1/people/${there.id}/guardians`, { guardian_id: bond.person_id, name: '', phone: '', relation: '51' }), 'the same guardian')
    const seen = await academic.get(`/api/v1/people/${bond.person_id}`)
    check(good(seen) && seen.text.includes(here.id), 'the own pupil is shown')
    check(!seen.text.includes(there.id) && !seen.text.includes('他校妹妹'), 'a child of another school is shown')
    check((await bAcademic.get(`/api/v1/people/${bond.person_id}`)).text.includes(there.id), 'the other school sees its own')
    check(own.child !== here.id, 'another family')
  },

  async '16 who answers for a child is told to its homeroom teacher and the offices, to no technician and no other teacher'(ground) {
    await belongings(ground)
    const { technician, teacher, homeroom, academic, info_office: office } = ground.who
    const guardian = must(await ground.who.guardian.get('/api/v1/session'), 'session').person_id
    const about = must(await office.get(`/api/v1/people/${guardian}`), 'the guardian')
    const child = must(await office.get(`/api/v1/people/${about.children[0].person_id}`), 'the child')
    const group = child.enrolments[0].class_id
    const paths = [`/people/${child.id}`, `/people/${guardian}`, '/people?limit=200', `/people?q=${encodeURIComponent(about.name)}`, `/people?org=${group}`, `/search?q=${encodeURIComponent(about.name)}`, `/classes/${group}`, `/orgs/${ground.own.id}`]
    for (const client of [technician, teacher]) {
      for (const path of paths) {
        const { text } = await client.get(`/api/v1${path}`)
        check(!text.includes(guardian), `${client.name} reads a guardian at ${path}`)
      }
      const list = await client.get('/api/v1/people', { kind: 'guardian', limit: 200 })
      check(!good(list) || list.json.items.length === 0, `${client.name} lists guardians`)
    }
    for (const client of [homeroom, academic]) check(must(await client.get(`/api/v1/people/${child.id}`), 'the child').guardians.some((one) => one.person_id === guardian), `${client.name} must know whom to ring up`)
  },

  async '15 a school\'s own list neither tells of people of another school nor changes them'(ground) {
    const own = await belongings(ground)
    const { academic, bAcademic, bHomeroom, info_office: office } = ground.who
    const teacher = must(await office.get(`/api/v1/people/${own.staff[6]}`), 'a teacher of another school')
    const pupil = must(await bHomeroom.post(`/api/v1/people/${ground.child}/personal`, { reason: '核对学籍信息' }), 'numbers')
    const child = must(await office.get(`/api/v1/people/${ground.child}`), 'the child')
    const group = must(await academic.get(`/api/v1/classes/${ground.ownGroup.id}`), 'class').name
    const lists = [
      ['staff', `学校,工号,姓名,手机\n${ground.own.name},${teacher.staff_number},猜一猜,13711112222\n`, teacher.name],
      ['staff', `学校,工号,姓名,手机\n${ground.own.name},${teacher.staff_number},${teacher.name},13711112222\n`],
      ['pupils', `学校,班级,姓名,身份证件号,学籍号,出生日期\n${ground.own.name},${group},猜一猜,${pupil.identity_number},${pupil.student_number},\n`, child.name],
      ['pupils', `学校,班级,姓名,出生日期\n${ground.own.name},${group},${child.name},${pupil.birth_date}\n`],
    ]
    for (const [kind, list, name] of lists) {
      await academic.upload(`${kind}.csv`, Buffer.from(list))
      const begun = must(await academic.post('/api/v1/imports', { file_id: academic.lastFile, kind }), 'import')
      must(await academic.post(`/api/v1/imports/${begun.id}/dry-run`), 'dry run')
      await settled(academic, begun.id)
      const rows = must(await academic.get(`/api/v1/imports/${begun.id}/rows`), 'rows').items.filter((row) => row.state !== 'ended')
      check(rows.length > 0, 'rows')
      for (const row of rows) must(await academic.send('PATCH', `/api/v1/imports/${begun.id}/rows/${row.number}`, { body: { cells: [], use_suggestions: false, decision: 'same' } }), 'decision')
      const told = (await academic.get(`/api/v1/imports/${begun.id}/rows`)).text + (await academic.get(`/api/v1/imports/${begun.id}`)).text
      const secrets = [teacher.id, child.id, ground.other.name]
      const leak = [...secrets, name].find((secret) => secret && told.includes(secret))
      check(!leak, `${kind}: the list tells ${leak}`)
      await academic.post(`/api/v1/imports/${begun.id}/write`, { end_in: [] })
      await settled(academic, begun.id)
    }
    const after = must(await office.get(`/api/v1/people/${teacher.id}`), 'the teacher')
    check(JSON.stringify(after.posts) === JSON.stringify(teacher.posts), 'the teacher has a post at the school that named him')
    check(JSON.stringify(after.masked) === JSON.stringify(teacher.masked), 'his phone was changed')
    check((await academic.get(`/api/v1/people/${teacher.id}`)).status === 404, 'the teacher can be seen now')
    check((await bAcademic.get(`/api/v1/people/${ground.child}`)).text.includes(ground.group.id), 'the pupil is where he was')
  },

  async '15 ids of another school in a body change nothing and tell nothing'(ground) {
    const own = await belongings(ground)
    const { academic, principal, head, homeroom, teacher, bTeacher } = ground.who
    const group = ground.ownGroup.id
    const foreign = bTeacher.person
    refused(await academic.post('/api/v1/substitutions', { class_id: group, date: own.tomorrow, period: 3, kind: 'substitute', teacher_id: foreign, reason: '外出学习' }), 'a substitute of another school')
    refused(await academic.post('/api/v1/substitutions', { class_id: group, date: own.tomorrow, period: 3, kind: 'substitute', teacher_id: ground.child, reason: '外出学习' }), 'a pupil as substitute')
    refused(await principal.post('/api/v1/grants', { person_id: foreign, role: 'technician', org_id: ground.own.id }), 'a role for somebody of elsewhere')
    refused(await academic.post(`/api/v1/people/${ground.child}/enrolments`, { class_id: group }), 'a pupil taken over')
    refused(await academic.post(`/api/v1/people/${foreign}/posts`, { org_id: ground.own.id, kind: 'teacher', subject: '13', title: '' }), 'a teacher taken over')
    refused(await academic.change(`/api/v1/orgs/${group}`, { parent_id: ground.other.id }), 'a class pushed into another school')
    refused(await academic.post('/api/v1/orgs', { parent_id: ground.group.id, kind: 'department', name: '处' }), 'a department inside a foreign class')
    refused(await teacher.post('/api/v1/lesson-plans', { title: '计划', subject: '13', grade: 1, usual: 'teaching.template.new_lesson', lesson_ids: [ground.lesson.id] }), 'a plan for a foreign lesson')
    refused(await teacher.post('/api/v1/lesson-plans', { title: '计划', subject: '13', grade: 1, template_id: own.template, lesson_ids: [] }), 'a plan from a foreign template')
    refused(await head.post('/api/v1/lesson-templates', { name: '模板', plan_id: own.headPlan, any_subject: true }), 'a template of a foreign plan')
    refused(await homeroom.post(`/api/v1/classes/${group}/codes`, { pupils: [ground.child] }), 'a code for a foreign pupil through a class of elsewhere')
    refused(await academic.post(`/api/v1/classes/${group}/consents`, { pupils: [ground.child], method: 'paper' }), 'a consent for a foreign pupil')
    refused(await teacher.post('/api/v1/resources', { url: '', file_id: own.file, about: { title: '文件', subject: '13', grade_from: 1, grade_to: 1 } }), 'a foreign file as one\'s own')
    refused(await academic.post('/api/v1/timetables/import', { school_id: ground.own.id, file_id: own.sheet, from: own.tomorrow }), 'a foreign sheet imported')
    const pupils = must(await academic.get('/api/v1/people', { kind: 'pupil', org: group, limit: 1 }), 'own pupil').items
    refused(await academic.post(`/api/v1/people/${pupils[0].id}/guardians`, { guardian_id: ground.who.bGuardian.person, name: '', phone: '', relation: '51' }), 'a foreign guardian')
    refused(await academic.send('DELETE', `/api/v1/people/${pupils[0].id}/guardians/${ground.guardianship}`), 'a foreign guardianship through an own pupil')
    refused(await principal.post(`/api/v1/people/${pupils[0].id}/posts/${own.sparePost}/end`), 'a foreign post through an own person')
  },
}
