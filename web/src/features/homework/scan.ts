/** What a teacher has said about one page of a scanned stack; nothing = as the count says. */
export interface ScanPage { number: number; off?: boolean; cut?: boolean; pupil?: string }
/** Pages that lie together; `pupil` null: nobody is left to whom they could go. */
export interface ScanGroup { first: number; pupil: string | null; pages: number[] }

/**
 * Cuts a stack into works in the order of the class list: `each` pages to a pupil (0 = only where it was cut by hand). A
 * page that was left out belongs to nobody and is not counted; a work that was given to somebody goes on with the pupil
 * after him.
 */
export function cutStack(pages: readonly ScanPage[], pupils: readonly string[], each: number): ScanGroup[] {
  const groups: ScanGroup[] = []
  let next = 0
  let size = 0
  for (const page of pages) {
    if (page.off) continue
    const group = groups.at(-1)
    const begins = !group || (page.cut ?? (each > 0 && size >= each)) || Boolean(page.pupil && page.pupil !== group.pupil)
    if (!begins) {
      group.pages.push(page.number)
      size++
      continue
    }
    const given = page.pupil ? pupils.indexOf(page.pupil) : -1
    const at = given >= 0 ? given : next
    groups.push({ first: page.number, pupil: pupils[at] ?? null, pages: [page.number] })
    next = at + 1
    size = 1
  }
  return groups
}

/** The same with one page cut off from the one before it, or joined to it. */
export function toggleCut(pages: readonly ScanPage[], groups: readonly ScanGroup[], number: number): ScanPage[] {
  const cut = !groups.some((group) => group.first === number)
  return pages.map((page) => (page.number === number ? { ...page, cut, pupil: cut ? page.pupil : undefined } : page))
}
/** A page that is not wanted (a cover, an empty back) is left out, or comes back. */
export const toggleOff = (pages: readonly ScanPage[], number: number): ScanPage[] =>
  pages.map((page) => (page.number === number ? { number, off: !page.off } : page))
/** The work that begins with a page is somebody's; those behind it follow him. */
export const giveTo = (pages: readonly ScanPage[], first: number, pupil: string): ScanPage[] =>
  pages.map((page) => (page.number === first ? { ...page, cut: true, pupil } : page))

/** How many pages each would have if everybody had handed in; at most what the list offers. */
export const mostEach = 8
export const usualPages = (pages: number, pupils: number) => Math.min(mostEach, Math.max(1, Math.round(pages / Math.max(1, pupils))))
/** What one work holds (homework.too_many_files). */
export const mostOfOne = 12

/** Pages by pupil; two works of one pupil are one. */
export function pagesByPupil(groups: readonly ScanGroup[]): Map<string, number[]> {
  const found = new Map<string, number[]>()
  for (const group of groups) if (group.pupil) found.set(group.pupil, [...(found.get(group.pupil) ?? []), ...group.pages])
  return found
}
export const nobodys = (groups: readonly ScanGroup[]) => groups.filter((group) => !group.pupil).reduce((sum, group) => sum + group.pages.length, 0)
