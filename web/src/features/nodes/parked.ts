/** A change that was set aside, in words of who deals with it; what the server says of it stands behind. */
export interface ParkedChange { id: string; type: string; entity_id: string; reason: string; at: number }

const kinds: readonly [RegExp, string][] = [
  [/^teaching\.LessonPlan$/, 'plan'], [/^teaching\./, 'lesson'], [/^roster\./, 'roster'], [/^auth\./, 'account'], [/^homework\./, 'homework'], [/^resources\./, 'resource'],
  [/^timetable\./, 'timetable'], [/^push\./, 'push'], [/^news\./, 'news'], [/^messages\./, 'message'], [/^(reports|indicators)\./, 'report'], [/^workflow\./, 'review'], [/^nodes\./, 'line'],
]
/** What kind of thing it is of. */
export const kindOf = (type: string) => kinds.find(([known]) => known.test(type))?.[1] ?? 'other'

const reasons: readonly [RegExp, string][] = [
  [/does not know/, 'unknown'],
  [/from below|not decided at this place|review above|further than it was|reviewed one|withdraws nothing|is not changed/, 'above'],
  [/another (school|place|entity)|outside of its subtree|of this school| is not of /, 'elsewhere'],
  [/cannot be read/, 'unreadable'],
]
/** Why it could not be applied. */
export const whyOf = (reason: string) => reasons.find(([known]) => known.test(reason))?.[1] ?? 'failed'
