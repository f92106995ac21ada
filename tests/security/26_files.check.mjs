// Checks 26 to 30: archives and workbooks that mean harm, addresses that are fetched, formulas in what is exported.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { scratch } from '../support/program.mjs'
import { unzipTexts, workbook, zip } from '../support/zip.mjs'
import { send } from './client.mjs'
import { check, good, must } from './ground.mjs'
import { settled } from './other_school.mjs'
import { belongings } from './routes.mjs'

const mebi = 1024 * 1024
const fail = (faults) => check(faults.length === 0, `${faults.length} faults\n${faults.join('\n')}`)

/** Memory that the program needed at most since the last look, above what it has now; CPU seconds. */
class Gauge {
  constructor(pid) {
    this.pid = pid
    writeFileSync(`/proc/${pid}/clear_refs`, '5')
    this.before = this.read('VmRSS')
    this.cpu = this.seconds()
  }
  read(name) {
    return Number(readFileSync(`/proc/${this.pid}/status`, 'utf8').match(new RegExp(`${name}:\\s+(\\d+)`))[1]) * 1024
  }
  seconds() {
    const fields = readFileSync(`/proc/${this.pid}/stat`, 'utf8').split(') ')[1].split(' ')
    return (Number(fields[11]) + Number(fields[12])) / 100
  }
  /** What is too much; empty if nothing is. */
  excess() {
    const grown = this.read('VmHWM') - this.before
    const spent = this.seconds() - this.cpu
    return [grown > 64 * mebi && `${Math.round(grown / mebi)} MiB`, spent > 2 && `${spent.toFixed(1)} s`].filter(Boolean).join(', ')
  }
}

/** 192 MiB of zeros, packed into a thousandth of that. */
const zeros = () => {
  return { packed: deflateRawSync(Buffer.alloc(192 * mebi)), size: 192 * mebi }
}

const doctype = (entity) => `<?xml version="1.0"?><!DOCTYPE x [${entity}]>`
const laughs = Array.from({ length: 10 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('')
const sheetOf = (head, cell) => `${head}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>${cell}</t></is></c></row></sheetData></worksheet>`

/** Sends a file through every reader that the office has for it; the texts of all answers. */
async function readers(ground, name, bytes) {
  const { academic } = ground.who
  const own = ground.belongings ?? await belongings(ground)
  academic.lastFile = undefined
  const uploaded = await academic.upload(name, bytes)
  const texts = [uploaded.text]
  check(uploaded.status < 500, `${name}: ${uploaded.status}`)
  if (!academic.lastFile) return texts.join('')
  const file_id = academic.lastFile
  const asked = []
  for (const kind of ['pupils', 'staff']) asked.push(await academic.post('/api/v1/imports', { file_id, kind }))
  asked.push(await academic.post('/api/v1/timetables/import', { school_id: ground.own.id, file_id, from: own.tomorrow }))
  asked.push(await academic.get(`/api/v1/files/${file_id}/package`))
  for (const answer of asked) {
    check(answer.status < 500, `${name}: ${answer.status} ${answer.text.slice(0, 200)}`)
    texts.push(answer.text)
  }
  return texts.join('\n')
}

/** A listener on this machine that nobody should call. */
async function trap() {
  const calls = []
  const server = createServer((request, response) => {
    calls.push(request.url)
    response.end('<!ENTITY x "trapped">')
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { calls, url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() }
}

export default {
  async '26 archives and workbooks that unpack without end cost little'(ground) {
    await belongings(ground)
    const faults = []
    const bomb = zeros()
    const page = { name: 'index.html', data: '<!doctype html><p>x' }
    const files = {
      '包.zip': zip([page, { name: 'big.bin', ...bomb }]),
      '谎.zip': zip([page, { name: 'big.bin', packed: bomb.packed, size: 100 }]),
      '多.zip': zip([page, ...Array.from({ length: 30000 }, (_, i) => ({ name: `f${i}.txt`, data: 'x' }))]),
      '表.xlsx': workbook([], { sheetEntry: { name: 'xl/worksheets/sheet1.xml', ...bomb } }),
      '字.xlsx': workbook([['姓名']], { sheet: sheetOf('<?xml version="1.0"?>', 'x'.repeat(80 * mebi)) }),
      '行.xlsx': workbook([], { sheet: `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${'<row><c t="inlineStr"><is><t>a</t></is></c></row>'.repeat(1_500_000)}</sheetData></worksheet>` }),
      '远.xlsx': workbook([], { sheet: '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>a</t></is></c></row></sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>' }),
      '名.csv': Buffer.from(`姓名,班级\n${'a'.repeat(40 * mebi)}\n`),
      '列.csv': Buffer.from(`${'列,'.repeat(500_000)}\n`),
    }
    for (const [name, bytes] of Object.entries(files)) {
      const gauge = new Gauge(ground.server.pid())
      await readers(ground, name, bytes)
      const excess = gauge.excess()
      if (excess) faults.push(`${name} (${Math.round(bytes.length / 1024)} KiB): ${excess}`)
    }
    fail(faults)
  },

  async '27 no name in a package or an address leads out of its folder'(ground) {
    await belongings(ground)
    const { teacher } = ground.who
    const faults = []
    const page = { name: 'index.html', data: '<!doctype html><p>ok' }
    const names = ['../evil.txt', '../../../../tmp/santong-evil', '/tmp/santong-evil', 'C:\\evil.txt', '..\\evil.txt', 'a/../../evil.txt', './../evil.txt']
    for (const name of names) {
      teacher.lastFile = undefined
      await teacher.upload('课件.zip', zip([page, { name, data: 'evil' }]))
      if (!teacher.lastFile) continue
      const opened = await teacher.get(`/api/v1/files/${teacher.lastFile}/package`)
      if (good(opened)) faults.push(`a package with ${JSON.stringify(name)} opens`)
    }
    teacher.lastFile = undefined
    await teacher.upload('链接.zip', zip([page, { name: 'link', data: '/etc/passwd', mode: 0o120777 }]))
    if (teacher.lastFile && good(await teacher.get(`/api/v1/files/${teacher.lastFile}/package`))) faults.push('a package with a link opens')
    await teacher.upload('好课件.zip', zip([page]))
    const { url } = must(await teacher.get(`/api/v1/files/${teacher.lastFile}/package`), 'an honest package')
    const base = new URL(url).pathname.replace(/index\.html$/, '')
    const outs = ['../../../../etc/passwd', '..%2f..%2f..%2fetc%2fpasswd', '%2e%2e/%2e%2e/etc/passwd', '....//....//etc/passwd', '..%5c..%5cetc%5cpasswd', '%00', 'index.html%00.txt', '/etc/passwd', '']
    for (const out of outs) {
      for (const [origin, path] of [[ground.server.packages, base + out], [ground.origin, `/assets/${out}`], [ground.origin, `/${out}`]]) {
        const answer = await send(origin, 'GET', path)
        if (/root:/.test(answer.text) || answer.status >= 500) faults.push(`${path}: ${answer.status}`)
      }
    }
    fail(faults)
  },

  async '28 declarations, entities and addresses in workbooks and manifests are never followed'(ground) {
    await belongings(ground)
    const snare = await trap()
    const faults = []
    const kinds = {
      file: { head: doctype('<!ENTITY e SYSTEM "file:///etc/hostname">'), cell: '&e;' },
      passwd: { head: doctype('<!ENTITY e SYSTEM "file:///etc/passwd">'), cell: '&e;' },
      http: { head: doctype(`<!ENTITY e SYSTEM "${snare.url}/e">`), cell: '&e;' },
      dtd: { head: `<?xml version="1.0"?><!DOCTYPE x SYSTEM "${snare.url}/d">`, cell: 'x' },
      parameter: { head: doctype(`<!ENTITY % p SYSTEM "${snare.url}/p"> %p;`), cell: 'x' },
      laughs: { head: doctype(`<!ENTITY l0 "ha">${laughs}`), cell: '&l10;' },
    }
    const secret = readFileSync('/etc/hostname', 'utf8').trim()
    for (const [kind, { head, cell }] of Object.entries(kinds)) {
      const manifest = `${head}<manifest xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"><organizations default="o"><organization identifier="o"><title>${cell}</title><item identifierref="r"/></organization></organizations><resources><resource identifier="r" type="webcontent" href="index.html"/></resources></manifest>`
      const files = {
        [`${kind}.xlsx`]: workbook([], { sheet: sheetOf(head, cell) }),
        [`${kind}2.xlsx`]: workbook([['姓名']], { workbook: `${head}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheets><sheet name="${cell}" sheetId="1"/></sheets></workbook>` }),
        [`${kind}.zip`]: zip([{ name: 'imsmanifest.xml', data: manifest }, { name: 'index.html', data: '<!doctype html><p>x' }]),
        [`${kind}.svg`]: Buffer.from(`${head}<svg xmlns="http://www.w3.org/2000/svg"><text>${cell}</text></svg>`),
        [`${kind}.xls`]: Buffer.from(`${head}<html><table><tr><td>姓名</td></tr><tr><td>${cell}</td></tr></table></html>`),
      }
      for (const [name, bytes] of Object.entries(files)) {
        const gauge = new Gauge(ground.server.pid())
        const told = await readers(ground, name, bytes)
        const excess = gauge.excess()
        if (excess) faults.push(`${name}: ${excess}`)
        if (/root:.*:0:0/.test(told) || (kind === 'file' && secret.length > 3 && told.includes(secret)) || told.includes('trapped')) faults.push(`${name} is told what it asked for`)
      }
    }
    snare.close()
    if (snare.calls.length > 0) faults.push(`fetched ${snare.calls}`)
    fail(faults)
  },

  async '29 no address that somebody types is fetched, and none but known platforms is linked'(ground) {
    await belongings(ground)
    const snare = await trap()
    const port = new URL(snare.url).port
    const about = { title: '链接', subject: '13', grade_from: 1, grade_to: 1 }
    const taken = []
    const urls = [snare.url, `http://localhost:${port}/`, `http://[::1]:${port}/`, `http://0x7f000001:${port}/`, `http://2130706433:${port}/`, `https://127.0.0.1:${port}/`,
      `https://basic.smartedu.cn@127.0.0.1:${port}/`, `https://basic.smartedu.cn:443@127.0.0.1:${port}/`, `https://smartedu.cn.127.0.0.1.nip.io:${port}/`, 'https://evil-smartedu.cn/',
      'https://basic.smartedu.cn\\@127.0.0.1/', `https://127.0.0.1:${port}#.smartedu.cn/`, `https://127.0.0.1:${port}?.smartedu.cn`, 'file:///etc/passwd', 'gopher://127.0.0.1/', 'javascript:alert(1)',
      'data:text/html,<script>1</script>', 'http://169.254.169.254/latest/meta-data/', 'https://smartedu.cn.evil.example/', '//127.0.0.1/', 'https://basic.smartedu.cn\r\nHost: x/']
    for (const url of urls) {
      const answer = await ground.who.teacher.post('/api/v1/resources', { url, about })
      check(answer.status < 500, `${url}: ${answer.status}`)
      if (good(answer)) taken.push(url)
    }
    const known = await ground.who.teacher.post('/api/v1/resources', { url: 'https://basic.smartedu.cn/syncClassroom', about })
    check(good(known), 'the national platform is linked')
    await new Promise((resolve) => setTimeout(resolve, 300))
    snare.close()
    check(taken.length === 0, `linked: ${taken}`)
    check(snare.calls.length === 0, `fetched: ${snare.calls}`)
  },

  async '30 no cell of any export is a formula'(ground) {
    const own = await belongings(ground)
    const faults = []
    const formulas = ['=HYPERLINK("http://x")', '+1+1', '-2+3', '@SUM(1)', '\t=1', '=cmd|\' /C calc\'!A0']
    const { academic, info_office: office, principal } = ground.who
    for (const [i, text] of formulas.entries()) {
      await academic.post('/api/v1/people', { person: { name: text, staff_number: text.slice(0, 20) }, post: { org_id: ground.own.id, kind: 'teacher', subject: '13', title: text.slice(0, 20) } })
      await academic.post('/api/v1/orgs', { parent_id: ground.own.id, kind: 'class_group', name: '', class_group: { grade: 2, number: 10 + i, name: text, room: text } })
    }
    const list = `姓名,性别,班级\n${formulas.map((text) => `"${text.replaceAll('"', '""')}",男,"${text.replaceAll('"', '""')}"`).join('\n')}\n`
    await academic.upload('公式.csv', Buffer.from(list))
    const begun = must(await academic.post('/api/v1/imports', { file_id: academic.lastFile, kind: 'pupils' }), 'import')
    await academic.post(`/api/v1/imports/${begun.id}/dry-run`)
    await settled(academic, begun.id)
    const books = [[academic, '/people/export?reason=核对名单信息'], [academic, `/imports/${begun.id}/refused.xlsx`], [academic, `/timetables/export.xlsx?school_id=${ground.own.id}`],
      [academic, `/timetables/template.xlsx?school_id=${ground.own.id}`], [academic, `/course-check/export.xlsx?school_id=${ground.own.id}`], [academic, '/import-templates/pupils'],
      [principal, `/indicators/I21/export.xlsx?org=${ground.own.id}`], [office, '/cockpit/export.xlsx']]
    let seen = 0
    for (const [client, path] of books) {
      const answer = await client.get(encodeURI(`/api/v1${path}`))
      if (!good(answer)) {
        faults.push(`${path}: ${answer.status}`)
        continue
      }
      for (const [name, xml] of Object.entries(unzipTexts(answer.bytes))) {
        if (/<f[ >]/.test(xml)) faults.push(`${path} ${name} has a formula`)
        if (/<externalLink|ddeLink/.test(xml)) faults.push(`${path} ${name} links outside`)
        if (formulas.some((text) => xml.includes(text.replace(/"/g, '&quot;')) || xml.includes(text))) seen++
      }
    }
    check(seen > 0, 'hostile words came into a workbook')
    check(own, 'the district is there')
    faults.push(...csvFaults(ground))
    fail(faults)
  },
}

/** The roster's own CSV files: what a spreadsheet would calculate is written with a sign before it. */
function csvFaults(ground) {
  const { folder, remove } = scratch('csv')
  const file = join(folder, 'roster.zip')
  const place = process.env.SANTONG_DATABASE ? ['--database', process.env.SANTONG_DATABASE] : []
  execFileSync(ground.server.program, ['export', 'oneroster', file, '--data', ground.server.folder, ...place])
  const faults = []
  for (const [name, text] of Object.entries(unzipTexts(readFileSync(file)))) {
    const cells = text.match(/(?<=^|,)("(?:[^"]|"")*"|[^,\r\n]*)/gm) ?? []
    const bad = cells.find((cell) => /^"?[=+@\t]/.test(cell) || /^"?-(?![\d.]+"?$)/.test(cell))
    if (bad) faults.push(`${name} has the cell ${bad}`)
  }
  remove()
  return faults
}
