import { shallowRef } from 'vue'
import type { Problem } from '@/shared/api/problem'

/** Set when a page could not be shown at all; App.vue then shows the error page in its place. */
export const failure = shallowRef<Problem | null>(null)

let going: { done: Promise<void>; end: () => void } | null = null
export function navigationBegins() {
  if (going) return
  let end = () => {}
  const done = new Promise<void>((resolve) => { end = resolve })
  going = { done, end }
}
export function navigationEnds() {
  going?.end()
  going = null
}
/** Resolved when no way to another page is under way. */
export const settled = () => going?.done ?? Promise.resolve()
