// Every check of tests/security against the demo district.
import { demoServer } from '../support/program.mjs'
import { suite } from '../support/suite.mjs'
import { Ground } from './ground.mjs'

await suite(new URL('.', import.meta.url), 'check', {
  open: async () => new Ground(await demoServer()), lines: 40, visit: (ground, _, check) => check(ground),
})
