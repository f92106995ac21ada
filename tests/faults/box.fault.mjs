// The box of a village school on a disk of its own: killed, without power, full. The long form is bench/run POWER.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { LoopDisk } from '../support/loop_disk.mjs'
import { Box, must, Region } from '../support/region.mjs'
import { full, Wear } from '../support/wear.mjs'

const school = '渔场小学'

export default {
  async 'a box killed ten times, cut from power three times and full for once loses and doubles nothing, nor does its hub'({ top }) {
    mkdirSync(join(top, 'disks'))
    const disk = LoopDisk.make(join(top, 'disks'), 'ext4')
    const there = disk instanceof LoopDisk
    if (!there) console.log(`      no power cuts and no full disk: ${disk}`)
    const region = await Region.open()
    try {
      const teacher = await region.account(school, 'teacher')
      const box = new Box(region, school, there ? join(disk.folder, 'data') : undefined)
      region.boxes.push(box)
      await box.join(region.invite(school), { rate: 8000 })
      await box.settled()
      const wear = new Wear(region, box, teacher)
      for (let n = 0; n < 10; n++) await wear.round(wear.kill)
      if (there) {
        for (let n = 0; n < 3; n++) await wear.round(wear.cut(disk))
        const principal = await region.account(school, 'principal')
        await full(wear, disk, await region.person(principal), principal.org)
      }
      const result = await wear.count(teacher.org)
      console.log(`      ${result.acknowledged} writes acknowledged, ${result.lost.length} lost, ${result.doubled.length} doubled`)
      wear.verdict(result)
      must(await (await wear.signIn()).get('/api/v1/lesson-plans'), 'and the box serves')
    } finally {
      await region.end()
      if (there) disk.remove()
    }
  },
}
