// A line of a village school between two programs of this machine (tools/linkem): slow, lossy, cut and restored at will.
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const linkem = fileURLToPath(new URL('../../tools/linkem', import.meta.url))

export class Line {
  /** A line to the address `to` ("http://127.0.0.1:8080"). `mode`: tun where namespaces are allowed, else plain. */
  static async open(to, { rate = 4000, delay = 20, loss = 0, options = [] } = {}) {
    const line = new Line()
    const shape = ['--rate', String(rate), '--delay', String(delay), '--loss', String(loss), ...options]
    line.child = spawn(linkem, ['--mode', 'either', '--to', new URL(to).host, ...shape], { stdio: ['pipe', 'pipe', 'pipe'] })
    let wrong = ''
    line.child.stderr.on('data', (text) => { wrong += text })
    line.ended = new Promise((done) => line.child.once('exit', done))
    line.waiting = []
    const told = new Promise((ready, fail) => {
      createInterface({ input: line.child.stdout }).on('line', (text) => {
        const [word, ...rest] = text.split(' ')
        if (word === 'done' || word === 'count') line.waiting.shift()?.(rest)
        else if (word === 'ready') ready()
        else line[word] = rest.join(' ')
      })
      line.child.once('exit', (code) => fail(new Error(`linkem ended (${code}): ${wrong}`)))
    })
    await told
    return line
  }

  obey(command) {
    return new Promise((done) => {
      this.waiting.push(done)
      this.child.stdin.write(`${command}\n`)
    })
  }

  /** Silence: what the school sends goes nowhere, as behind a digger's shovel. */
  cut = () => this.obey('cut')
  /** The cable is out of the box: every connection ends at once. */
  unplug = () => this.obey('unplug')
  restore = () => this.obey('restore')
  rate = (kbit) => this.obey(`rate ${kbit}`)
  /** {down, up}: packets, bytes, lost, full, cut, arrived. */
  async count() {
    const figures = (await this.obey('count')).map(Number)
    const of = ([packets, bytes, lost, full, cut, arrived]) => ({ packets, bytes, lost, full, cut, arrived })
    return { down: of(figures.slice(0, 6)), up: of(figures.slice(6)) }
  }

  async end() {
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill('SIGTERM')
    await this.ended
  }
}
