/**
 * Sends evidence in order, again and again until it has arrived; the screen goes on meanwhile. What waits is kept outside
 * the page, so that a reload or a power cut of the classroom computer loses nothing.
 */
import { asProblem, type Problem } from '@/shared/api/problem'

export type LineState = 'ok' | 'waiting' | 'cut'
/** A request as it is sent; one that is sent twice must do nothing the second time. */
export interface Message { key: string; method: 'POST' | 'PATCH'; path: string; body: object; passing?: boolean }
export interface Listener {
  onState: (state: LineState) => void
  onSent?: (message: Message, answer: unknown) => void
  /** A refusal that trying again cannot mend. */
  onRefused: (problem: Problem, message: Message) => void
}
export interface Keeper { load: () => Message[]; save: (waiting: Message[]) => void }
export interface LineOptions { send: (message: Message) => Promise<unknown>; keeper?: Keeper; wait?: (ms: number) => Promise<void> }

const pauses = [1000, 2000, 4000, 8000]
const later = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
/** Worth another try: no answer at all, too busy, or the server just starting. */
export const passing = (status: number) => status === 0 || status === 429 || status >= 500
const nobody: Listener = { onState: () => undefined, onRefused: () => undefined }

export function createLine({ send, keeper, wait = later }: LineOptions) {
  const queue: Message[] = keeper?.load() ?? []
  let listener = nobody
  let busy = false
  let asked: (() => void)[] = []

  const keep = () => keeper?.save(queue.filter((one) => !one.passing))
  const forget = (message: Message) => { queue.splice(queue.indexOf(message), 1); keep() }
  const answer = () => { for (const one of asked.splice(0)) one() }

  async function run() {
    if (busy) return
    busy = true
    for (let tries = 0; queue.length;) {
      const message = queue[0]!
      try {
        const told = await send(message)
        forget(message)
        tries = 0
        listener.onSent?.(message, told)
        listener.onState(queue.length ? 'waiting' : 'ok')
      } catch (error) {
        const problem = asProblem(error)
        if (problem.status === 401) break // it goes on when the same person has signed in again
        if (!passing(problem.status)) {
          forget(message)
          listener.onRefused(problem, message)
          continue
        }
        listener.onState('cut')
        answer()
        await wait(pauses[Math.min(tries++, pauses.length - 1)]!)
      }
    }
    busy = false
    answer()
  }

  /** A message with the key of the last waiting one takes its place: the newest page of the same resource is enough. */
  function post(message: Message) {
    const last = queue.at(-1)
    if (last && last.key === message.key && !(busy && queue.length === 1)) queue[queue.length - 1] = message
    else queue.push(message)
    keep()
    void run()
  }
  /** Tries what waits: done when all of it has arrived, or the server cannot be reached. */
  const settled = () => new Promise<void>((resolve) => {
    if (!queue.length) return resolve()
    asked = [...asked, resolve]
    void run()
  })
  const listen = (next: Listener) => { listener = next }
  return { post, settled, listen, waiting: () => queue.length }
}
export type Line = ReturnType<typeof createLine>
