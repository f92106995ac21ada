/** Character maps for Chinese PDFs whose fonts are not inside the file; each is fetched only when a file needs it. */
const files = import.meta.glob<string>(
  ['/node_modules/pdfjs-dist/cmaps/{GB,GBK,GBKp,GBpc,UniGB,Adobe-GB1}*.bcmap'],
  { query: '?url', import: 'default' },
)

export class chineseMaps {
  async fetch({ name }: { name: string }) {
    const load = files[`/node_modules/pdfjs-dist/cmaps/${name}.bcmap`]
    if (!load) throw new Error(`no character map ${name}`)
    const answer = await fetch(await load())
    return { cMapData: new Uint8Array(await answer.arrayBuffer()), isCompressed: true }
  }
}
