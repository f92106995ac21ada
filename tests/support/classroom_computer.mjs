// A classroom computer with the real helper program: a folder of its own, slides in front, and a system that opens files by
// writing down which.
import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

export const helper = resolve(process.env.SANTONG_HELPER ?? 'build/santong-helper')

export class ClassroomComputer {
  /** `opens`: false for a computer on which no program opens anything. */
  constructor(place, { opens = true } = {}) {
    this.data = join(place, 'data')
    this.opened = join(place, 'opened')
    const bin = join(place, 'bin')
    mkdirSync(bin, { recursive: true })
    this.opener = join(bin, 'xdg-open')
    this.opens(opens)
    this.environment = { ...process.env, HOME: place, PATH: `${bin}:${process.env.PATH}`, SANTONG_HELPER_FRONT: "printf 'POWERPNT.EXE\\n机密.pptx\\n'" }
  }
  opens(able) {
    writeFileSync(this.opener, able ? `#!/bin/sh\nprintf '%s\\n' "$1" >>'${this.opened}'\n` : '#!/bin/sh\nexit 3\n')
    chmodSync(this.opener, 0o755)
  }
  start(...words) {
    const child = spawn(helper, [...words, '--data', this.data, '--language', 'en'], { env: this.environment, stdio: ['ignore', 'pipe', 'pipe'] })
    child.said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => { child.said += text })
    child.ended = new Promise((done) => child.once('exit', (code) => done(code)))
    return child
  }
  async says(...words) {
    const child = this.start(...words)
    const code = await child.ended
    return { code, text: child.said }
  }
  journal = () => readFileSync(join(this.data, 'use.log'), 'utf8')
  files = () => (existsSync(this.opened) ? readFileSync(this.opened, 'utf8').trim().split('\n') : [])
}
