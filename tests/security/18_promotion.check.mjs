// Checks 18 and 19: nobody raises himself or approves his own; three administrators stay apart.
import { check, good, must } from './ground.mjs'
import { settled } from './other_school.mjs'
import { belongings } from './routes.mjs'

const fail = (faults) => check(faults.length === 0, `${faults.length} faults\n${faults.join('\n')}`)

/** What each of the three may and the other two may not. */
const apart = { sysadmin: ['auth.manage_accounts'], secadmin: ['auth.grant_roles'], auditor: ['auth.view_audit'] }
const mine = { 'auth.grant_roles': ['secadmin'], 'auth.view_audit': ['auditor'] }

export default {
  async '18 nobody gives himself a role, a post or a code'(ground) {
    await belongings(ground)
    const faults = []
    const place = { school: ground.own.id, district: must(await ground.who.info_office.get('/api/v1/session'), 'session').district.id }
    for (const name of ['teacher', 'homeroom', 'head', 'clerk', 'academic', 'principal', 'info_office', 'sysadmin', 'secadmin', 'leader']) {
      const client = ground.who[name]
      const before = must(await client.get('/api/v1/session'), name)
      for (const role of ['principal', 'academic', 'info_office', 'secadmin', 'auditor', 'leader']) {
        for (const org_id of Object.values(place)) {
          const grant = await client.post('/api/v1/grants', { person_id: before.person_id, role, org_id })
          const post = await client.post(`/api/v1/people/${before.person_id}/posts`, { org_id, kind: role, subject: '', title: '' })
          if (good(grant)) faults.push(`${name} gives himself ${role}`)
          if (good(post)) faults.push(`${name} appoints himself ${role}`)
        }
      }
      if (good(await client.post(`/api/v1/people/${before.person_id}/reset-code`))) faults.push(`${name} resets himself`)
      if (good(await client.post(`/api/v1/accounts/${before.account_id}/reset`))) faults.push(`${name} resets his account`)
      const after = must(await client.get('/api/v1/session'), name)
      if (JSON.stringify(after.permissions) !== JSON.stringify(before.permissions)) faults.push(`${name} may more than before`)
    }
    fail(faults)
  },

  async '18 nobody takes over who stands above or beside him'(ground) {
    await belongings(ground)
    const faults = []
    const person = async (name) => must(await ground.who[name].get('/api/v1/session'), name)
    const above = { homeroom: ['academic', 'principal', 'teacher'], academic: ['principal'], clerk: ['academic', 'principal'], principal: ['info_office'],
      info_office: ['leader', 'supervisor', 'sysadmin', 'secadmin', 'auditor', 'researcher'], sysadmin: ['secadmin', 'auditor'] }
    for (const [name, targets] of Object.entries(above)) {
      for (const target of targets) {
        const { person_id, account_id } = await person(target)
        for (const path of [`/people/${person_id}/reset-code`, `/accounts/${account_id}/reset`, `/accounts/${account_id}/disable`]) {
          const answer = await ground.who[name].post(`/api/v1${path}`)
          if (good(answer)) faults.push(`${name} takes over ${target} by ${path}`)
        }
      }
    }
    fail(faults)
  },

  async '18 a list of staff that is imported raises nobody'(ground) {
    await belongings(ground)
    const { academic } = ground.who
    const me = must(await academic.get('/api/v1/session'), 'session')
    const list = `姓名,工号,职务,角色,学校\n${me.name},HB002,校长,principal,${ground.own.name}\n`
    await academic.upload('教职工.csv', Buffer.from(list))
    const begun = must(await academic.post('/api/v1/imports', { file_id: academic.lastFile, kind: 'staff' }), 'import')
    const columns = ['name', 'staff_number', 'post', 'role', 'school'].map((field, index) => ({ index, field }))
    await academic.send('PUT', `/api/v1/imports/${begun.id}/mapping`, { body: { columns, remember: false } })
    for (const step of ['dry-run', 'write']) {
      await academic.post(`/api/v1/imports/${begun.id}/${step}`)
      await settled(academic, begun.id)
    }
    const now = must(await academic.get('/api/v1/session'), 'session')
    check(JSON.stringify(now.permissions) === JSON.stringify(me.permissions), 'the import gave its maker more rights')
  },

  async '18 nobody reviews what he has handed in himself'(ground) {
    await belongings(ground)
    const { bHead } = ground.who
    const subject = must(await bHead.get('/api/v1/session'), 'head').roles.find((role) => role.role === 'research_head').subject
    const about = { title: '教研组长自荐', subject, grade_from: 1, grade_to: 1, licence: 'region_teaching', source: 'own_work' }
    await bHead.upload('自荐.txt', Buffer.from('内容\n'))
    const made = must(await bHead.post('/api/v1/resources', { file_id: bHead.lastFile, url: '', about }), 'resource')
    must(await bHead.post(`/api/v1/resources/${made.item.id}/submit`, { scope: 'school' }), 'submit')
    const queue = must(await bHead.get('/api/v1/reviews', { limit: 100 }), 'queue').items
    check(!queue.some((row) => row.subject_id === made.item.id), 'his own work waits for his own decision')
    let item
    for (const name of ['bAcademic', 'bPrincipal']) {
      item ??= must(await ground.who[name].get('/api/v1/reviews', { limit: 100 }), 'queue').items.find((row) => row.subject_id === made.item.id)
    }
    check(item, 'it waits for somebody else')
    for (const [path, body] of [['decision', { decision: 'approve', reason: '', checklist: [] }], ['delegate', { person_id: bHead.person, reason: '我自己来审' }]]) {
      check(!good(await bHead.post(`/api/v1/reviews/${item.id}/${path}`, body)), `the author may ${path}`)
    }
    const many = await bHead.post('/api/v1/reviews/decisions', { item_ids: [item.id], decision: 'approve', reason: '' })
    check(!(many.json?.rows ?? []).some((row) => row.done), 'the author approves in a batch')
  },

  async '19 system, security and audit administrators have nothing of each other'(ground) {
    await belongings(ground)
    const faults = []
    const held = {}
    for (const name of Object.keys(apart)) held[name] = must(await ground.who[name].get('/api/v1/session'), name).permissions
    for (const [name, needed] of Object.entries(apart)) {
      for (const one of needed) if (!held[name].includes(one)) faults.push(`${name} lacks ${one}`)
    }
    for (const [permission, names] of Object.entries(mine)) {
      for (const name of Object.keys(apart)) if (!names.includes(name) && held[name].includes(permission)) faults.push(`${name} has ${permission}`)
    }
    for (const name of Object.keys(apart)) {
      const deeds = held[name].filter((one) => /edit|import|issue|teach|review|contribute|declare|record|personal|export/.test(one))
      if (deeds.length > 0) faults.push(`${name} works in the district's affairs: ${deeds}`)
    }
    const district = must(await ground.who.secadmin.get('/api/v1/session'), 'session').district.id
    for (const [name, role] of [['sysadmin', 'auditor'], ['sysadmin', 'secadmin'], ['auditor', 'sysadmin']]) {
      const { person_id } = must(await ground.who[name].get('/api/v1/session'), name)
      const answer = await ground.who.secadmin.post('/api/v1/grants', { person_id, role, org_id: district })
      if (answer.status !== 409) faults.push(`${name} becomes ${role} too: ${answer.status}`)
    }
    fail(faults)
  },
}
