/** A timer of the classroom screen: it counts down, or up, and goes on where it was after a reload. Times in ms. */
export interface Timer { mode: 'down' | 'up'; total: number; startedAt: number | null; passed: number; sound: boolean }
export const begin = (mode: Timer['mode'], total: number, now: number, sound: boolean): Timer => ({ mode, total, startedAt: now, passed: 0, sound })
export const passedOf = (timer: Timer, now: number) => timer.passed + (timer.startedAt === null ? 0 : Math.max(0, now - timer.startedAt))
export const pause = (timer: Timer, now: number): Timer => ({ ...timer, passed: passedOf(timer, now), startedAt: null })
export const goOn = (timer: Timer, now: number): Timer => ({ ...timer, startedAt: timer.startedAt ?? now })
/** What the screen shows: time left, or time passed; negative: so long over. */
export const shown = (timer: Timer, now: number) => (timer.mode === 'up' ? passedOf(timer, now) : timer.total - passedOf(timer, now))
export const over = (timer: Timer, now: number) => timer.mode === 'down' && shown(timer, now) <= 0
export function words(ms: number): string {
  const seconds = Math.ceil(Math.abs(ms) / 1000 - (ms < 0 ? 0.999 : 0))
  return `${ms < 0 && seconds > 0 ? '−' : ''}${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`
}
export interface Drawn { number: number; surname: string; class_name: string; key: string }
/** The next one to be called: nobody twice before all were called; null when all have been. `chance`: 0–1. */
export function draw(all: readonly Drawn[], called: ReadonlySet<string>, absent: ReadonlySet<string>, chance: number): Drawn | null {
  const left = all.filter((one) => !called.has(one.key) && !absent.has(one.key))
  return left[Math.min(left.length - 1, Math.floor(chance * left.length))] ?? null
}
