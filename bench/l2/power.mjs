// The last line is "POWER value X": acknowledged writes that were lost or doubled, and tables in which hub and box differ.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { LoopDisk } from '../../tests/support/loop_disk.mjs'
import { scratch } from '../../tests/support/program.mjs'
import { Box, Region } from '../../tests/support/region.mjs'
import { full, Wear } from '../../tests/support/wear.mjs'
import { chance } from './chance.mjs'

const words = Object.fromEntries(process.argv.slice(2).map((word) => word.split('=')))
const { cuts = 50, kills = 200, seed = 1 } = Object.fromEntries(Object.entries(words).map(([name, value]) => [name, Number(value)]))
const random = chance(seed)
const school = '渔场小学'
let bad = 0

/** A hub and a box on a disk of this kind; what `work` does to it is counted. */
async function on(kind, what, work) {
  const place = scratch('power')
  mkdirSync(join(place.folder, 'disks'))
  const disk = LoopDisk.make(join(place.folder, 'disks'), kind, 600)
  if (!(disk instanceof LoopDisk)) {
    console.log(`${kind}: left out, ${disk}`)
    place.remove()
    return
  }
  const region = await Region.open()
  try {
    const [teacher, principal] = [await region.account(school, 'teacher'), await region.account(school, 'principal')]
    const box = new Box(region, school, join(disk.folder, 'data'))
    region.boxes.push(box)
    await box.join(region.invite(school), { rate: 8000, loss: 1 })
    await box.settled()
    const wear = new Wear(region, box, teacher, random.next)
    const began = Date.now()
    await work(wear, disk, { office: () => region.person(principal), org: principal.org })
    const result = await wear.count(teacher.org)
    for (const one of [...result.lost, ...result.doubled, ...result.differ].slice(0, 8)) console.log(`  ${one}`)
    bad += result.lost.length + result.doubled.length + result.differ.length + box.status().parked
    console.log(`${kind}: ${what}: ${result.acknowledged} writes acknowledged, ${result.refused} refused, ${result.lost.length} lost, ${result.doubled.length} doubled, ${result.differ.length} tables differ, ${box.status().parked} set aside (${((Date.now() - began) / 1000).toFixed(0)} s)`)
  } finally {
    await region.end()
    disk.remove()
    place.remove()
  }
}

console.log(`seed ${seed}`)
for (const kind of ['ext4', 'xfs']) {
  await on(kind, `power cut ×${cuts}`, async (wear, disk) => {
    for (let n = 0; n < cuts; n++) await wear.round(wear.cut(disk), { from: 20, to: 500 })
  })
}
await on('ext4', `kill -9 ×${kills}`, async (wear) => {
  for (let n = 0; n < kills; n++) await wear.round(wear.kill, { from: 5, to: 250 })
})
await on('ext4', 'full disk ×3', async (wear, disk, { office, org }) => {
  for (let n = 0; n < 3; n++) {
    await full(wear, disk, await office(), org)
    await wear.round(wear.kill)
  }
})
console.log(`POWER value ${bad}`)
process.exit(bad === 0 ? 0 : 1)
