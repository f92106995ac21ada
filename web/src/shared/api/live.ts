import { onScopeDispose, readonly, ref } from 'vue'

type Handler = (data: unknown) => void

const state = ref<'off' | 'connecting' | 'open' | 'lost'>('off')
const handlers = new Map<string, Set<Handler>>()
let source: EventSource | null = null
let grace: ReturnType<typeof setTimeout> | undefined

function listen(type: string) {
  source?.addEventListener(type, (event) => {
    let data: unknown = (event as MessageEvent<string>).data
    try { data = JSON.parse(data as string) } catch { /* plain text */ }
    for (const handler of handlers.get(type) ?? []) handler(data)
  })
}

let onRefused: () => void = () => {}
/** Called by the session store only: the server ends the stream of a session that is over, and takes no new one. */
export function whenRefused(act: () => void) { onRefused = act }

/** Opens the one event stream of this page, with the topics that every page hears; the browser reconnects by itself. */
export function openLive(topics: readonly string[] = []) {
  if (source) return
  state.value = 'connecting'
  source = new EventSource(topics.length ? `/api/v1/events?topics=${topics.map(encodeURIComponent).join(',')}` : '/api/v1/events')
  source.onopen = () => {
    clearTimeout(grace)
    state.value = 'open'
  }
  source.onerror = () => {
    // the browser tries again within seconds; only a longer silence is worth saying
    clearTimeout(grace)
    if (source?.readyState === EventSource.CLOSED) {
      closeLive('lost')
      onRefused()
    }
    else grace = setTimeout(() => { state.value = 'lost' }, 12_000)
  }
  for (const type of handlers.keys()) listen(type)
}

export function closeLive(to: 'off' | 'lost' = 'off') {
  clearTimeout(grace)
  source?.close()
  source = null
  state.value = to
}

export const liveState = readonly(state)

/** Calls `handler` for each live event of a type while the component lives. */
export function useLive(type: string, handler: Handler) {
  const known = handlers.has(type)
  const set = handlers.get(type) ?? new Set<Handler>()
  set.add(handler)
  handlers.set(type, set)
  if (!known) listen(type)
  onScopeDispose(() => set.delete(handler))
}

interface Topic { source: EventSource; handlers: Set<Handler> }
const topics = new Map<string, Topic>()

/** Listens to one topic such as "cockpit:430971" while the component lives; the stream is shared and closed with its last listener. */
export function useTopic(name: string, handler: Handler) {
  let topic = topics.get(name)
  if (!topic) {
    const made: Topic = { source: new EventSource(`/api/v1/events?topics=${encodeURIComponent(name)}`), handlers: new Set() }
    made.source.addEventListener(name, (event) => {
      let data: unknown = null
      try { data = JSON.parse((event as MessageEvent<string>).data) } catch { /* nothing to read */ }
      for (const one of made.handlers) one(data)
    })
    topics.set(name, (topic = made))
  }
  const own = topic
  own.handlers.add(handler)
  onScopeDispose(() => {
    own.handlers.delete(handler)
    if (own.handlers.size > 0) return
    own.source.close()
    topics.delete(name)
  })
}
