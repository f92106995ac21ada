/** Pure rules of the plan page. */
import type { ChapterNode, PlanContent, PlanQuestion, PlanResource, Section } from './types'

export const emptySection = (): Section => ({ key: 'own', title: '', minutes: 5, text: '', resources: [], questions: [] })
export const minutesOf = (content: PlanContent) => content.sections.reduce((sum, part) => sum + (Number(part.minutes) || 0), 0)
/** Minutes of one period; what is planned is set beside `hours` of them. */
export const periodMinutes = 40
export const longestPart = 90
/** A number of minutes as it is typed, if a part may take so many. */
export function minutesTyped(text: string): number | null {
  const n = /^\d{1,2}$/.test(text.trim()) ? Number(text) : -1
  return n >= 0 && n <= longestPart ? n : null
}
const blank = (text: string) => !text.trim()
/** Whether a question can be asked: words, and every option has some. */
export const askable = (one: PlanQuestion) => !blank(one.text) && one.options.length >= 2 && !one.options.some(blank)
/** What of the plan can be saved now: a field that is not finished keeps its last good value, the rest goes on. */
export function savable(now: PlanContent, saved: PlanContent): PlanContent {
  return {
    ...now,
    title: blank(now.title) ? saved.title : now.title,
    sections: now.sections.map((part) => ({ ...part, questions: part.questions.filter(askable), resources: part.resources.map(wholePages) })),
  }
}
/** Pages as they are typed: none, or whole numbers in their order. */
function wholePages(one: PlanResource): PlanResource {
  const page = (value: unknown) => (Number.isInteger(value) && Number(value) >= 1 ? Number(value) : null)
  const from = page(one.page_from)
  const to = page(one.page_to)
  if ((one.page_from ?? null) === from && (one.page_to ?? null) === to) return one
  return { ...one, page_from: from, page_to: to }
}
export type Fit = { kind: 'exact' | 'over' | 'under'; by: number }
export function fit(content: PlanContent): Fit {
  const by = minutesOf(content) - content.hours * periodMinutes
  return { kind: by === 0 ? 'exact' : by > 0 ? 'over' : 'under', by: Math.abs(by) }
}
export const hasResource = (content: PlanContent, id: string) => content.sections.some((part) => part.resources.some((one) => one.resource_id === id))
/** Puts a resource into a part, once. */
export function attach(section: Section, id: string): boolean {
  if (section.resources.some((one) => one.resource_id === id)) return false
  const added: PlanResource = { resource_id: id, for_pupils: false }
  section.resources.push(added)
  return true
}
/** Puts another resource into every place of one; its pages begin anew. How many parts it was. */
export function replaceIn(content: PlanContent, lost: string, by: string): number {
  let places = 0
  for (const part of content.sections) {
    const at = part.resources.findIndex((one) => one.resource_id === lost)
    if (at < 0) continue
    places += 1
    const same = part.resources.find((one) => one.resource_id === by)
    if (same) same.for_pupils ||= part.resources[at]!.for_pupils
    else part.resources[at] = { resource_id: by, for_pupils: part.resources[at]!.for_pupils }
    part.resources = part.resources.filter((one) => one.resource_id !== lost)
  }
  return places
}
/** "1 会用…" lines of the goals, for print and for reading. */
export const lines = (text: string) => text.split('\n').map((line) => line.trim()).filter(Boolean)
export const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
/** Which parts of two versions differ. */
export function differences(mine: PlanContent, theirs: PlanContent): { title: string; mine: string; theirs: string }[] {
  const text = (part: Section | undefined) => (part ? [part.text, ...part.resources.map((one) => `〔${one.resource_id.slice(-4)}〕`), ...part.questions.map((one) => one.text)].join('\n') : '')
  const found = Array.from({ length: Math.max(mine.sections.length, theirs.sections.length) }, (_, index) => ({ index, mine: mine.sections[index], theirs: theirs.sections[index] }))
    .filter((pair) => !same(pair.mine, pair.theirs))
    .map((pair) => ({ title: `section ${pair.index}`, mine: text(pair.mine), theirs: text(pair.theirs) }))
  if (mine.title !== theirs.title) found.unshift({ title: 'title', mine: mine.title, theirs: theirs.title })
  if (mine.homework !== theirs.homework) found.push({ title: 'homework', mine: mine.homework, theirs: theirs.homework })
  return found
}

export interface TreeUnit { node: ChapterNode; leaves: ChapterNode[] }
/** Chapters as units with their lessons; a unit without lessons is one itself. */
export function units(chapters: readonly ChapterNode[]): TreeUnit[] {
  const known = new Map(chapters.map((one) => [one.id, one]))
  const rootOf = (node: ChapterNode): ChapterNode => {
    const up = node.parent_id ? known.get(node.parent_id) : undefined
    return up ? rootOf(up) : node
  }
  const found = new Map<string, TreeUnit>()
  for (const node of chapters) {
    const root = rootOf(node)
    if (!found.has(root.id)) found.set(root.id, { node: root, leaves: [] })
    if (node.leaf && node.id !== root.id) found.get(root.id)!.leaves.push(node)
  }
  return [...found.values()]
}
