// What stands in the way of a start is said in words that somebody at a terminal can act on.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { freePort } from '../support/program.mjs'
import { check, command } from './node.mjs'

const run = (...words) => spawnSync('./run', words, { encoding: 'utf8' })

export default {
  async 'a taken port is named by the program, and by ./run before it builds anything'({ node, top }) {
    const server = await node().start()
    const taken = command('serve', '--data', `${top}/other`, '--port', String(server.port), '--package-port', String(server.packagePort))
    check(taken.code === 1 && taken.err.includes(`port ${server.port} of 127.0.0.1 is taken by another program`), `${taken.code} ${taken.err}`)
    const port = await freePort()
    const second = command('serve', '--data', `${top}/other`, '--port', String(port), '--package-port', String(server.packagePort))
    check(second.code === 1 && second.err.includes(`port ${server.packagePort} of`) && second.err.includes('with --package-port'), `${second.code} ${second.err}`)
    const early = run('--port', String(server.port))
    check(early.status === 2 && early.stderr.includes(`port ${server.port} is taken`) && early.stdout === '', `${early.status} ${early.stderr}`)
  },

  async 'help runs nothing, and a mistyped folder or name makes nothing'({ top, folder }) {
    const missing = `${top}/mistyped`
    for (const words of [['help'], ['help', 'serve'], ['help', 'import', 'oneroster'], ['help', 'help'], ['serve', '--help']]) {
      const { code, out } = command(...words)
      check(code === 0 && out.includes('santong'), `${words}: ${code} ${out}`)
    }
    const refused = [
      ['help', 'nonsense'], ['code', 'hb006', '--data', missing], ['export', 'oneroster', `${top}/x.zip`, '--data', missing],
      ['audit', 'verify', '--data', missing], ['backup', `${top}/x.bak`, '--data', missing], ['demo', '--data', missing, '--accounts'],
      ['restore', `${top}/none.bak`, '--data', missing], ['serve', '--data', missing, '--config', `${top}/none.toml`],
      ['serve', '--data', missing, '--database', 'mysql://x'], ['code', 'nobody', '--data', folder], ['node', 'invite', 'nobody', '--data', folder],
      ['join', 'AAAA-BBBB-CCCC', '--parent', 'http://127.0.0.1:9', '--data', `${top}/joins`], ['demo', '--data', folder],
      ['export', 'oneroster', `${top}/x.zip`, '--data', folder, '--district', '999999'],
      ['pack', 'export', '--school', '金盆镇中心小学', '--to', `${top}/x.stpack`, '--data', folder],
    ]
    for (const words of refused) {
      const { code, err } = command(...words)
      check(code === 2 && err.trim().split('\n').length === 1, `${words}: ${code} ${err}`)
    }
    check(!existsSync(missing) && !existsSync(`${top}/x.zip`) && !existsSync(`${top}/x.bak`) && !existsSync(`${top}/x.stpack`), 'nothing was made')
    const unreachable = command('serve', '--data', missing, '--database', 'postgresql://santong@127.0.0.1:9/none')
    check(unreachable.code === 1 && !existsSync(missing), `${unreachable.code} ${unreachable.err}`)
  },

  async './run refuses what it does not know, with the place to look'() {
    for (const words of [['--port'], ['--port', 'many'], ['--port', '70000'], ['--data'], ['--database', ''], ['--fast']]) {
      const { status, stderr } = run(...words)
      check(status === 2 && stderr.startsWith('run: ') && stderr.trim().split('\n').length === 1, `${words}: ${status} ${stderr}`)
    }
    const help = run('--help')
    check(help.status === 0 && help.stdout.includes('--build-only'), help.stdout)
  },
}
