// Chance that can be had again: the same seed gives the same week, as far as two machines run alike.
export function chance(seed) {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    next,
    below: (n) => Math.floor(next() * n),
    pick: (all) => all[Math.floor(next() * all.length)],
    between: (from, to) => from + next() * (to - from),
    seed: () => Math.floor(next() * 2 ** 31),
  }
}
