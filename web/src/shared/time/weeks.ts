/** Plain date math on "YYYY-MM-DD": school weeks run Monday to Sunday and are counted from the term's first week. */
const day = 86_400_000
const utc = (date: string) => Date.parse(`${date}T00:00:00Z`)
const iso = (time: number) => new Date(time).toISOString().slice(0, 10)

/** The calendar date at a moment, in the zone of the district. */
export function dateIn(moment: number, zone = 'Asia/Shanghai'): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(moment)
  const part = (type: string) => parts.find((p) => p.type === type)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')}`
}

export const addDays = (date: string, days: number) => iso(utc(date) + days * day)

/** 1 = Monday … 7 = Sunday */
export const weekday = (date: string) => ((new Date(utc(date)).getUTCDay() + 6) % 7) + 1

export const mondayOf = (date: string) => addDays(date, 1 - weekday(date))

/** Week of term of a date; 1 for the week that holds the term's first day, 0 or less before it. */
export function weekOfTerm(date: string, termStart: string): number {
  return Math.round((utc(mondayOf(date)) - utc(mondayOf(termStart))) / (7 * day)) + 1
}

export interface Week { number: number; from: string; to: string }

export function weekByNumber(number: number, termStart: string): Week {
  const from = addDays(mondayOf(termStart), (number - 1) * 7)
  return { number, from, to: addDays(from, 6) }
}

export function weeksOfTerm(termStart: string, termEnd: string): Week[] {
  const last = weekOfTerm(termEnd, termStart)
  return Array.from({ length: Math.max(0, last) }, (_, index) => weekByNumber(index + 1, termStart))
}
