// Zip archives, honest and lying, and the little of xlsx that a sheet of texts needs.
import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib'

function header(signature, entry, tail) {
  const name = Buffer.from(entry.name)
  const central = signature === 0x02014b50
  const head = Buffer.alloc(central ? 46 : 30)
  let at = head.writeUInt32LE(signature, 0)
  if (central) at = head.writeUInt16LE((entry.unix ? 3 << 8 : 0) | 20, at)
  at = head.writeUInt16LE(20, at)
  at = head.writeUInt16LE(0x0800, at)
  at = head.writeUInt16LE(8, at)
  at = head.writeUInt32LE(0, at)
  at = head.writeUInt32LE(entry.crc, at)
  at = head.writeUInt32LE(entry.packed.length, at)
  at = head.writeUInt32LE(entry.size, at)
  head.writeUInt16LE(name.length, at)
  if (central) {
    head.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 38)
    head.writeUInt32LE(tail, 42)
  }
  return Buffer.concat([head, name])
}

/** An archive of {name, data} entries, or of {name: data}; `size` lies about an entry, `packed` gives its deflated bytes,
    `mode` its kind. */
export function zip(files) {
  const entries = Array.isArray(files) ? files : Object.entries(files).map(([name, data]) => ({ name, data }))
  const parts = []
  const directory = []
  let offset = 0
  for (const { name, data = Buffer.alloc(0), size, packed, mode } of entries) {
    const bytes = Buffer.from(data)
    const entry = { name, crc: crc32(bytes), packed: packed ?? deflateRawSync(bytes), size: size ?? bytes.length, mode, unix: mode !== undefined }
    const local = header(0x04034b50, entry)
    directory.push(header(0x02014b50, entry, offset))
    parts.push(local, entry.packed)
    offset += local.length + entry.packed.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...parts, central, end])
}

/** {name: Buffer} of an honest archive, such as a workbook that the program wrote. */
export function unzip(bytes) {
  const files = {}
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  let at = bytes.readUInt32LE(end + 16)
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    const [method, packed] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20)]
    const [nameSize, extra, comment, local] = [28, 30, 32].map((place) => bytes.readUInt16LE(at + place)).concat(bytes.readUInt32LE(at + 42))
    const name = bytes.toString('utf8', at + 46, at + 46 + nameSize)
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
    const raw = bytes.subarray(start, start + packed)
    files[name] = method === 8 ? inflateRawSync(raw) : raw
    at += 46 + nameSize + extra + comment
  }
  return files
}

/** {name: text} of an honest archive. */
export const unzipTexts = (bytes) => Object.fromEntries(Object.entries(unzip(bytes)).map(([name, data]) => [name, data.toString('utf8')]))

/** A workbook of one sheet from rows of texts; `more` replaces single parts of it. */
export function workbook(rows, more = {}) {
  const escape = (text) => String(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;')
  const cells = (row, number) => row.map((cell, i) => `<c r="${String.fromCharCode(65 + i)}${number}" t="inlineStr"><is><t>${escape(cell)}</t></is></c>`).join('')
  const sheet = more.sheet ?? `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${
    rows.map((row, i) => `<row r="${i + 1}">${cells(row, i + 1)}</row>`).join('')}</sheetData></worksheet>`
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const packages = 'http://schemas.openxmlformats.org/package/2006'
  return zip([
    { name: '[Content_Types].xml', data: `<?xml version="1.0"?><Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>` },
    { name: '_rels/.rels', data: `<?xml version="1.0"?><Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>` },
    { name: 'xl/workbook.xml', data: more.workbook ?? `<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${office}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>` },
    { name: 'xl/_rels/workbook.xml.rels', data: `<?xml version="1.0"?><Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>` },
    more.sheetEntry ?? { name: 'xl/worksheets/sheet1.xml', data: sheet },
  ])
}

/** Rows of a workbook's first sheet, texts only. */
export function readWorkbook(bytes) {
  const files = unzipTexts(bytes)
  const plain = (xml) => xml.replace(/<[^>]+>/g, '').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&amp;/g, '&')
  const shared = [...(files['xl/sharedStrings.xml'] ?? '').matchAll(/<si>(.*?)<\/si>/gs)].map((one) => plain(one[1]))
  return [...files['xl/worksheets/sheet1.xml'].matchAll(/<row [^>]*>(.*?)<\/row>/gs)].map(([, row]) => {
    const cells = []
    for (const [, letters, attributes, body] of row.matchAll(/<c r="([A-Z]+)\d+"([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)) {
      const index = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
      const text = plain(body ?? '')
      cells[index] = attributes.includes('t="s"') ? shared[Number(text)] : text
    }
    return Array.from(cells, (cell) => cell ?? '')
  })
}
