/** A journey, check or fault ends here unless this holds. */
export function check(truth, words) {
  if (!truth) throw new Error(words)
}

export const pause = (ms) => new Promise((done) => setTimeout(done, ms))
