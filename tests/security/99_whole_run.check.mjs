// Check 42 over everything that was asked before: nothing broke, and no answer told of the inside.
import { broken } from './client.mjs'
import { check } from './ground.mjs'

export default {
  '42 in the whole run no answer was 500 or told of the inside'() {
    check(broken.length === 0, `${broken.length} answers\n${broken.slice(0, 30).join('\n')}`)
    return Promise.resolve()
  },
}
