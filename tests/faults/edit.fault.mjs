// What people type, and two of them at once.
import { check } from './node.mjs'

const json = async (answer) => ({ status: answer.status, body: await answer.json() })

export default {
  async 'two browsers save one lesson plan: the second is answered 409 with both versions, and nothing is overwritten'({ node, accounts }) {
    const server = await node().start()
    const desk = await server.signIn(accounts.teacher)
    const phone = await server.signIn(accounts.teacher)
    const made = await json(await desk.post('/api/v1/lesson-plans', { title: '面积', subject: '14', grade: 5, lesson_ids: [] }))
    check(made.status < 300, `a plan is made (${made.status})`)
    const { id, version, content, sharing } = made.body.plan
    const save = (client, homework) => client.request('PUT', `/api/v1/lesson-plans/${id}`, { version, content: { ...content, homework }, sharing })
    const [one, two] = await Promise.all([save(desk, '课本第 90 页'), save(phone, '画一个平行四边形')])
    check([one.status, two.status].sort().join() === '200,409', `${one.status} and ${two.status}`)
    const refused = await (one.status === 409 ? one : two).text()
    check(refused.includes('课本第 90 页') && refused.includes('画一个平行四边形'), 'both versions stand in the answer')
    const kept = await json(await desk.get(`/api/v1/lesson-plans/${id}`))
    check(kept.body.plan.content.homework === (one.status === 200 ? '课本第 90 页' : '画一个平行四边形'), 'the first one is kept')
  },

  async 'two offices save one school: the second is answered 409 with who was faster and what he changed'({ node, accounts }) {
    const server = await node().start()
    const [one, two] = [await server.signIn(accounts.info_office), await server.signIn(accounts.info_office)]
    const { id } = (await json(await one.get('/api/v1/schools'))).body.items[0]
    const { version } = (await json(await one.get(`/api/v1/orgs/${id}`))).body
    const answers = await Promise.all([one.request('PATCH', `/api/v1/orgs/${id}`, { short_name: '甲校', version }), two.request('PATCH', `/api/v1/orgs/${id}`, { sort: 77, version })])
    check(answers.map((answer) => answer.status).sort().join() === '200,409', answers.map((answer) => answer.status).join())
    const { body } = await json(answers.find((answer) => answer.status === 409))
    check(body.code === 'roster.changed_meanwhile' && body.params.by && ['short_name', 'sort'].includes(body.params.fields), JSON.stringify(body))
  },

  async 'an emoji, quotes and SQL in a name come back as they were; 31 February is refused with its place'({ node, accounts }) {
    const server = await node().start()
    const teacher = await server.signIn(accounts.teacher)
    for (const title of ['😀 O\'Brien "三通" \\ ', "'); DROP TABLE lesson_plan; --", '<b>粗</b> & 𠮷野家']) {
      const made = await json(await teacher.post('/api/v1/lesson-plans', { title, subject: '14', grade: 5, lesson_ids: [] }))
      check(made.status < 300 && made.body.plan.content.title === title.trim(), `${title}: ${made.status} ${made.body.plan?.content.title}`)
      const again = await json(await teacher.get(`/api/v1/lesson-plans/${made.body.plan.id}`))
      check(again.body.plan.content.title === title.trim(), `${title} is kept`)
    }
    const office = await server.signIn(accounts.info_office)
    const person = (await json(await office.get('/api/v1/people?limit=1'))).body.items[0].id
    const { version } = (await json(await office.get(`/api/v1/people/${person}`))).body
    const dated = await json(await office.request('PATCH', `/api/v1/people/${person}`, { birth_date: '2003-02-31', version }))
    check(dated.status === 400 && dated.body.errors[0].pointer === '/birth_date', JSON.stringify(dated))
  },
}
