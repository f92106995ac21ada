// Runs the files of a suite one after the other and closes with "N passed, N failed".
import { readdir } from 'node:fs/promises'

const seconds = (from) => ((Date.now() - from) / 1000).toFixed(1)

/** `home` is the folder's URL; its files end with `.${kind}.mjs` and export {sentence: function}.
    `open` makes the place that a file's functions run in, `visit(place, name, work)` runs one, `place.close()` ends it.
    SANTONG_SHARE=1/2 runs every second file only, so that two halves may go side by side.
    Words on the command line choose by sentence or file; `before(a, b)` orders the files; `lines` of a failure are shown;
    `told` may say more at the end.
    With `again` what failed is run once more in a fresh place; both runs are printed, what fails twice has failed. Of a file
    that says `export const apart = true` (none of its functions needs what another one did) the failed ones alone are
    repeated, of any other file all from its beginning to the last that failed. */
export async function suite(home, kind, { open, visit, before = (a, b) => a.localeCompare(b), lines = 12, again = false, told = () => {} }) {
  const wanted = process.argv.slice(2)
  const began = Date.now()
  const chosen = (file, name) => wanted.length === 0 || wanted.some((word) => name.includes(word) || file.includes(word))

  /** Runs these of a file; the names of those that failed. A failure that gets a second go is not called one yet. */
  async function run(works, place, verdict) {
    const wrong = []
    for (const [name, work] of works) {
      const started = Date.now()
      try {
        await visit(place, name, work)
        console.log(`ok    ${name} (${seconds(started)} s)`)
      } catch (error) {
        wrong.push(name)
        const words = String(error.stack ?? error).split('\n').slice(0, lines).concat(error.log ? ['log:', ...error.log] : [])
        console.log(`${verdict}  ${name} (${seconds(started)} s)\n      ${words.join('\n      ')}`)
      }
    }
    return wrong
  }
  /** What has to be run so that these can be run again. */
  const needed = (works, wrong, apart) => (apart ? works.filter(([name]) => wrong.includes(name)) : works.slice(0, works.findIndex(([name]) => name === wrong.at(-1)) + 1))

  let place = await open()
  console.log(`ready in ${seconds(began)} s`)
  let passed = 0
  let failed = 0
  const [share, shares] = (process.env.SANTONG_SHARE ?? '1/1').split('/').map(Number)
  const files = (await readdir(home)).filter((name) => name.endsWith(`.${kind}.mjs`)).sort(before)
  for (const file of files.filter((_, at) => at % shares === share - 1)) {
    const { default: all, apart = false } = await import(new URL(file, home))
    const works = Object.entries(all).filter(([name]) => chosen(file, name))
    let wrong = await run(works, place, again ? 'once' : 'FAIL')
    if (again && wrong.length > 0) {
      console.log(`again ${file}, in a fresh place`)
      await place.close()
      place = await open()
      wrong = await run(needed(works, wrong, apart), place, 'FAIL')
    }
    passed += works.length - wrong.length
    failed += wrong.length
  }
  await place.close()
  told()
  console.log(`took ${seconds(began)} s`)
  console.log(`${passed} passed, ${failed} failed`)
  process.exit(failed > 0 || passed === 0 ? 1 : 0)
}
