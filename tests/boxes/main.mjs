// One hub, three boxes, one browser for all flows; the boxes join as the flows want them.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { browserFor, out } from '../journeys/browser.mjs'
import { Region } from '../support/region.mjs'
import { suite } from '../support/suite.mjs'

/** Village schools of the demo at 4 Mbit/s, with what their lines lose. */
const lines = { 渔场小学: { rate: 4000, loss: 1 }, 北洲子镇宏发小学: { rate: 4000, loss: 1 }, 北洲子镇永兴小学: { rate: 4000, delay: 60 } }

async function open() {
  const region = await Region.open()
  const [technicians, ...others] = Object.keys(lines)
  await Promise.all(others.map((school) => region.add(school, lines[school])))
  console.log(`lines: ${region.boxes[0].line.mode}`)
  await Promise.all(region.boxes.map((box) => box.settled()))
  const browser = await browserFor(region.hub)
  /** The box of a school, joined if no flow has done so yet. */
  region.box = async (school) => {
    const known = region.boxes.find((one) => one.school === school) ?? (await region.add(school, lines[school]))
    await known.settled()
    return known
  }
  return {
    region, browser, first: { school: technicians, line: lines[technicians] },
    async close() {
      await browser.close()
      mkdirSync(out, { recursive: true })
      writeFileSync(join(out, 'boxes.log'), region.log())
      await region.end()
    },
  }
}

await suite(new URL('.', import.meta.url), 'flow', {
  open, again: true,
  visit: async ({ region, browser, first }, name, flow) => {
    try {
      await browser.visit((tools) => flow({ ...tools, region, first, server: region.hub }), name)
    } catch (error) {
      throw Object.assign(error, { log: region.log().split('\n') })
    } finally {
      for (const box of region.boxes) await box.line.restore()
    }
  },
})
