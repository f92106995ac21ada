// kill -9 while a disc is taken in and while it is given to the library.
import { zip } from '../support/zip.mjs'
import { check, pause } from './node.mjs'

const files = 240
const pdf = (n) => `%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n2 0 obj << /Type /Pages /Count 1 >> endobj\n3 0 obj << /Type /Page /Parent 2 0 R >> endobj\n% ${n}\ntrailer << /Root 1 0 R >>\nstartxref\n0\n%%EOF\n`

export default {
  async 'a disc of 240 files is whole in the library though the server is killed over and over'({ node, accounts }) {
    const server = await node().start()
    let teacher = await server.signIn(accounts.teacher)
    const bytes = zip(Array.from({ length: files }, (_, n) => ({ name: `数学/五年级/练习 断电 ${n}.pdf`, data: pdf(n) })))
    const meta = (text) => Buffer.from(text).toString('base64')
    const begun = await teacher.post('/api/v1/uploads', undefined, { 'tus-resumable': '1.0.0', 'upload-length': String(bytes.length), 'upload-metadata': `filename ${meta('盘.zip')},purpose ${meta('collection')}` })
    const sent = await teacher.piece(begun.headers.get('location'), 0, bytes)
    const made = await (await teacher.post('/api/v1/intakes', { name: '旧盘', file_id: sent.file, entries: [] })).json()
    const look = async () => (await teacher.get(`/api/v1/intakes/${made.id}`)).json()
    const crash = async () => {
      await server.end('SIGKILL')
      await server.start()
      teacher = await server.signIn(accounts.teacher)
    }
    /** Kills the server each time that it has gone on a little, then lets it end. */
    const through = async (progress) => {
      for (let kills = 0, before = 0; ; ) {
        const view = await look()
        if (view.state === 'ready') return { view, kills }
        check(view.state === 'working' || view.state === 'submitting', `it goes on by itself: ${JSON.stringify(view)}`)
        if (kills < 3 && progress(view) > before) {
          before = progress(view)
          kills += 1
          await crash()
        } else await pause(20)
      }
    }
    const taken = await through((view) => view.files + (view.counts.sure ?? 0))
    check(taken.kills > 0, 'it was killed on the way')
    check(taken.view.files === files && taken.view.counts.sure === files, JSON.stringify(taken.view.counts))
    await teacher.post(`/api/v1/intakes/${made.id}/submit`, { review: false, scope: 'school', licence: 'none', source: 'legacy', source_note: '', attribution: '' })
    const given = await through((view) => view.counts.taken ?? 0)
    check(given.kills > 0 && given.view.counts.taken === files, JSON.stringify(given.view.counts))
    const found = await (await teacher.get('/api/v1/resources?mine=true&q=断电&limit=1')).json()
    check(found.total === files, `${found.total} drafts of ${files} files`)
  },
}
