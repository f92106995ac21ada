/** Two texts, each cut into what they share and the stretch in which they differ. */
export interface Cut { before: string; apart: string; after: string }

/** What both begin and end with, by characters; the middle is what differs. Texts with little in common are left whole. */
export function cutApart(here: string, other: string): [Cut, Cut] {
  const left = Array.from(here)
  const right = Array.from(other)
  const least = Math.min(left.length, right.length)
  let start = 0
  while (start < least && left[start] === right[start]) start += 1
  let end = 0
  while (end < least - start && left[left.length - 1 - end] === right[right.length - 1 - end]) end += 1
  const cut = (all: string[]): Cut => ({ before: all.slice(0, start).join(''), apart: all.slice(start, all.length - end).join(''), after: all.slice(all.length - end).join('') })
  if (!least || start + end < least / 4) return [{ before: here, apart: '', after: '' }, { before: other, apart: '', after: '' }]
  return [cut(left), cut(right)]
}
