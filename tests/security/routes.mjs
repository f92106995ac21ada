// The routes of api/openapi.json, and what the checks send to them.
import { readFileSync } from 'node:fs'
import { check, mark, must } from './ground.mjs'
import { otherSchool } from './other_school.mjs'

export const openapi = JSON.parse(readFileSync(new URL('../../api/openapi.json', import.meta.url)))
export const routes = Object.entries(openapi.paths).flatMap(([path, methods]) =>
  Object.entries(methods).filter(([method]) => /^(get|put|post|patch|delete|head|options)$/.test(method)).map(([method, route]) => ({ ...route, name: `${method.toUpperCase()} ${path}`, method: method.toUpperCase(), path })))

/** A path with its names filled in. */
export const filled = (path, values) => path.replace(/\{(\w+)\*?\}/g, (_, name) => {
  check(values[name] !== undefined, `the rule of ${path} says no ${name}`)
  return values[name]
})

/** What the other school keeps, with what only some routes need; made once. */
export async function belongings(ground) {
  return ground.once('otherSchool', async () => {
    const own = await otherSchool(ground)
    const { bHomeroom, bAcademic, info_office: office, principal } = ground.who
    await ground.let_in('bColleague', own.staff[7])
    const seen = must(await bHomeroom.post(`/api/v1/people/${ground.child}/personal`, { reason: '核对学籍信息' }), 'numbers of the child')
    own.number = seen.identity_number || seen.student_number || seen.phone
    check(own.number, 'the child has a number to be found by')
    own.spareName = must(await office.get(`/api/v1/people/${own.spare}`), 'name').name
    const pupil = must(await bAcademic.post('/api/v1/people', { person: { name: `${mark}转学生`, sex: 'female' }, enrolment: { class_id: own.record.class_id } }), 'a pupil')
    own.pupil = pupil.id
    own.bond = must(await bAcademic.post(`/api/v1/people/${own.pupil}/guardians`, { name: `${mark}家长乙`, phone: '13812340719', relation: '51' }), 'bond').guardians[0].id
    own.term = own.terms.items.find((term) => term.id === own.terms.current)
    const { school_year, number, name, from_date, to_date, week_one_monday } = own.term
    own.evaluation = must(await office.get('/api/v1/evaluations'), 'evaluations').items[0].id
    own.termBody = { school_year, number, name, from_date, to_date, week_one_monday }
    const tree = must(await principal.get('/api/v1/orgs/tree', { root: ground.own.id, depth: 1 }), 'own classes')
    ground.ownGroup = tree.roots[0].nodes.find((node) => node.kind === 'class_group')
    return own
  })
}
