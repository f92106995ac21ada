// Every journey in a real Chromium over the demo district. What failed is run once more, on a fresh demo: a busy machine may
// be too slow for a lesson's minutes.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { demoServer } from '../support/program.mjs'
import { suite } from '../support/suite.mjs'
import { browserFor, out, spent } from './browser.mjs'

/** The program with the demo and a browser, both fresh. */
async function open() {
  const server = await demoServer()
  const browser = await browserFor(server)
  return {
    server, browser,
    async close() {
      await browser.close()
      mkdirSync(out, { recursive: true })
      writeFileSync(join(out, `server${(process.env.SANTONG_SHARE ?? '').replace('/', '-')}.log`), server.log())
      await server.stop()
    },
  }
}

// The demo's day begins minutes before the lesson, so that journey comes first; the one that gives it away comes last.
const rank = (name) => (name.startsWith('lesson') ? 0 : name.startsWith('substitute') ? 2 : 1)
await suite(new URL('.', import.meta.url), 'journey', {
  open, again: true,
  before: (a, b) => rank(a) - rank(b) || a.localeCompare(b),
  told: () => console.log(`of these ${Object.entries(spent).sort((a, b) => b[1][0] - a[1][0]).map(([name, [seconds, times]]) => `${name} ${seconds.toFixed(0)} s (${times})`).join(', ')}`),
  visit: ({ server, browser }, name, journey) => browser.visit((tools) => journey({ ...tools, server }), name),
})
