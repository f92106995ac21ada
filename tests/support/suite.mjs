// Runs the files of a suite one after the other and closes with "N passed, N failed".
import { readdir } from 'node:fs/promises'

const seconds = (from) => ((Date.now() - from) / 1000).toFixed(1)

/** `home` is the folder's URL; its files end with `.${kind}.mjs` and export {sentence: function}.
    `open` makes the place that a file's functions run in, `visit(place, name, work)` runs one, `place.close()` ends it.
    SANTONG_SHARE=1/2 runs every second file only, so that two halves may go side by side.
    Words on the command line choose by sentence or file; `before(a, b)` orders the files; `lines` of a failure are shown.
    With `again` a file with a failure is run once more in a fresh place; both runs are printed, what fails twice has failed. */
export async function suite(home, kind, { open, visit, before = (a, b) => a.localeCompare(b), lines = 12, again = false }) {
  const wanted = process.argv.slice(2)
  const began = Date.now()
  const chosen = (file, name) => wanted.length === 0 || wanted.some((word) => name.includes(word) || file.includes(word))

  /** Runs what is chosen of one file; [passed, failed]. A failure that gets a second go is not called one yet. */
  async function run(file, place, verdict) {
    const { default: all } = await import(new URL(file, home))
    const counts = [0, 0]
    for (const [name, work] of Object.entries(all).filter(([name]) => chosen(file, name))) {
      const started = Date.now()
      try {
        await visit(place, name, work)
        counts[0]++
        console.log(`ok    ${name} (${seconds(started)} s)`)
      } catch (error) {
        counts[1]++
        const told = String(error.stack ?? error).split('\n').slice(0, lines).concat(error.log ? ['log:', ...error.log] : [])
        console.log(`${verdict}  ${name} (${seconds(started)} s)\n      ${told.join('\n      ')}`)
      }
    }
    return counts
  }

  let place = await open()
  console.log(`ready in ${seconds(began)} s`)
  let passed = 0
  let failed = 0
  const [share, shares] = (process.env.SANTONG_SHARE ?? '1/1').split('/').map(Number)
  const files = (await readdir(home)).filter((name) => name.endsWith(`.${kind}.mjs`)).sort(before)
  for (const file of files.filter((_, at) => at % shares === share - 1)) {
    let counts = await run(file, place, again ? 'once' : 'FAIL')
    if (again && counts[1] > 0) {
      console.log(`again ${file}, in a fresh place`)
      await place.close()
      place = await open()
      counts = await run(file, place, 'FAIL')
    }
    passed += counts[0]
    failed += counts[1]
  }
  await place.close()
  console.log(`took ${seconds(began)} s`)
  console.log(`${passed} passed, ${failed} failed`)
  process.exit(failed > 0 || passed === 0 ? 1 : 0)
}
