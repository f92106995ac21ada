/** Sends evidence in order, again and again until it has arrived; the screen goes on meanwhile. */
import { asProblem } from '@/shared/api/problem'

export type LineState = 'ok' | 'waiting' | 'cut'
export interface Message { key: string; send: () => Promise<unknown> }
export interface LineOptions {
  onState: (state: LineState) => void
  /** The server knows this session no more: a refusal that trying again cannot mend. */
  onRefused: (code: string) => void
  wait?: (ms: number) => Promise<void>
}

const pauses = [1000, 2000, 4000, 8000, 15_000]
const later = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
/** Worth another try: no answer at all, too busy, or the server just starting. */
export const passing = (status: number) => status === 0 || status === 429 || status >= 500

export function createLine({ onState, onRefused, wait = later }: LineOptions) {
  const queue: Message[] = []
  let busy = false
  let stopped = false

  async function run() {
    if (busy) return
    busy = true
    for (let tries = 0; queue.length && !stopped;) {
      const message = queue[0]!
      try {
        await message.send()
        queue.splice(queue.indexOf(message), 1)
        tries = 0
        onState(queue.length ? 'waiting' : 'ok')
      } catch (error) {
        const problem = asProblem(error)
        if (!passing(problem.status)) {
          queue.splice(queue.indexOf(message), 1)
          onRefused(problem.code)
          continue
        }
        onState('cut')
        await wait(pauses[Math.min(tries++, pauses.length - 1)]!)
      }
    }
    busy = false
  }

  /** A message with the key of the last waiting one takes its place: the newest page of the same resource is enough. */
  function post(message: Message) {
    if (stopped) return
    const last = queue.at(-1)
    if (last && last.key === message.key && !(busy && queue.length === 1)) queue[queue.length - 1] = message
    else queue.push(message)
    void run()
  }
  return { post, stop: () => { stopped = true }, waiting: () => queue.length }
}
