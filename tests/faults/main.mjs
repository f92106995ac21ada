// Every fault on a copy of one demo folder.
import { suite } from '../support/suite.mjs'
import { program, Worlds } from './node.mjs'

async function visit(worlds, _, fault) {
  const world = worlds.copy()
  try {
    await fault({ ...world, program })
  } catch (error) {
    throw Object.assign(error, { log: world.log().split('\n').slice(-8) })
  } finally {
    await world.end()
  }
}

await suite(new URL('.', import.meta.url), 'fault', { open: () => new Worlds(), visit })
