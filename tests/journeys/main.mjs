// Starts the demo district and runs every journey in a real Chromium; closes with "N passed, N failed".
import { readdir } from 'node:fs/promises'
import { demoServer } from './server.mjs'
import { browserFor } from './browser.mjs'

const wanted = process.argv.slice(2)
const files = (await readdir(new URL('.', import.meta.url))).filter((name) => name.endsWith('.journey.mjs')).sort()
const server = await demoServer()
const browser = await browserFor(server)
let passed = 0
let failed = 0
for (const file of files) {
  const { default: journeys } = await import(`./${file}`)
  for (const [name, journey] of Object.entries(journeys)) {
    if (wanted.length > 0 && !wanted.some((word) => name.includes(word) || file.includes(word))) continue
    const started = Date.now()
    try {
      await browser.visit((tools) => journey({ ...tools, server }), name)
      passed++
      console.log(`ok    ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`)
    } catch (error) {
      failed++
      console.log(`FAIL  ${name}\n      ${String(error.stack ?? error).split('\n').slice(0, 12).join('\n      ')}`)
    }
  }
}
await browser.close()
await server.stop()
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed > 0 || passed === 0 ? 1 : 0)
