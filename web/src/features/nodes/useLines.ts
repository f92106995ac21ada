import { useQuery } from '@tanstack/vue-query'
import { computed, reactive, ref } from 'vue'
import { api } from '@/shared/api/client'
import { asProblem, fieldText, type Problem } from '@/shared/api/problem'
import { kbit, mbit, type Entry, type Line, type LineList, type Medium } from './links'

/** A row of the table while it is edited: rates as they are typed, in Mbit/s. */
export interface Draft { medium: Medium; down: string; up: string; operator_name: string; since: string; ipv6: '' | 'yes' | 'no'; windows: string; cap: string; share: string; note: string }
export const rowKey = (line: Line) => `${line.link.org_id}|${line.link.tier}`

export function draftOf({ link }: Line): Draft {
  return {
    medium: link.medium, down: link.down_kbit ? mbit(link.down_kbit) : '', up: link.up_kbit ? mbit(link.up_kbit) : '', operator_name: link.operator_name,
    since: link.since ?? '', ipv6: link.ipv6 === true ? 'yes' : link.ipv6 === false ? 'no' : '', windows: link.windows, cap: mbit(link.cap_kbit),
    share: typeof link.day_percent === 'number' ? String(link.day_percent) : '', note: link.note,
  }
}

/** The row as it is typed; a cell that is no number stays in it as NaN. */
export function entryOf(line: Line, draft: Draft): Entry {
  return {
    org_id: line.link.org_id, tier: line.link.tier, medium: draft.medium, down_kbit: kbit(draft.down) ?? 0, up_kbit: kbit(draft.up) ?? 0, operator_name: draft.operator_name.trim(),
    since: draft.since || null, ipv6: draft.ipv6 === '' ? null : draft.ipv6 === 'yes', windows: draft.windows.trim(), cap_kbit: kbit(draft.cap),
    day_percent: draft.share.trim() === '' ? null : Math.max(-1000, Math.min(1000, Math.round(Number(draft.share)))), note: draft.note.trim(),
  }
}
const numbers = ['down_kbit', 'up_kbit', 'cap_kbit', 'day_percent'] as const
export const notNumbers = (entry: Entry) => numbers.filter((key) => Number.isNaN(entry[key] ?? 0))
/** What is sent: what is no number goes as one that no line has, so that the server refuses it together with all else. */
export function sent(entry: Entry): Entry {
  const copy = { ...entry }
  for (const key of notNumbers(entry)) copy[key] = -1
  return copy
}
/** What the server says of each row, by field; what was no number is called that. */
export function rowErrors(problem: Problem, entries: readonly Entry[], notANumber: string): Record<string, string>[] {
  const found: Record<string, string>[] = entries.map(() => ({}))
  for (const one of problem.fields) {
    const [, at, field] = /^\/items\/(\d+)\/(\w+)$/.exec(one.pointer) ?? []
    const row = found[Number(at)]
    if (row && field) row[field] = fieldText(one)
  }
  entries.forEach((entry, at) => { for (const field of notNumbers(entry)) found[at]![field] = notANumber })
  return found
}
/** The column that a field of an entry stands in. */
export const columnOf: Record<string, string> = { medium: 'medium', down_kbit: 'down', up_kbit: 'up', operator_name: 'operator', since: 'since', ipv6: 'ipv6', windows: 'windows', cap_kbit: 'cap', day_percent: 'share', note: 'note' }
/** Where the summary of errors leads to; the cell has this id behind "field-". */
export const cellName = (row: string, field: string) => `${row}-${field}`

/** The register: rows, what was changed in them, and saving all or none. */
export function useLines(notANumber: () => string) {
  const query = useQuery({ queryKey: ['lines'], queryFn: ({ signal }) => api.get<LineList>('/links', { signal }) })
  const drafts = reactive(new Map<string, Draft>())
  const errors = ref<Record<string, Record<string, string>>>({})
  const problem = ref<Problem | null>(null)
  const busy = ref(false)
  const rows = computed(() => query.data.value?.items ?? [])
  const changed = computed(() => rows.value.filter((line) => {
    const draft = drafts.get(rowKey(line))
    return draft !== undefined && JSON.stringify(draft) !== JSON.stringify(draftOf(line))
  }))
  function edit(line: Line): Draft {
    const key = rowKey(line)
    if (!drafts.has(key)) drafts.set(key, draftOf(line))
    return drafts.get(key)!
  }
  function undo() {
    drafts.clear()
    errors.value = {}
    problem.value = null
  }
  async function save(): Promise<number | undefined> {
    if (busy.value) return undefined
    const lines = changed.value
    const items = lines.map((line) => entryOf(line, edit(line)))
    errors.value = {}
    problem.value = null
    busy.value = true
    try {
      const answer = await api.put<{ changed: number }>('/links', { items: items.map(sent) })
      // First the rows as they are now: a table that is still edited makes its drafts anew from what it shows.
      await query.refetch()
      undo()
      return answer.changed
    } catch (error) {
      problem.value = asProblem(error)
      rowErrors(problem.value, items, notANumber()).forEach((row, at) => {
        if (Object.keys(row).length) errors.value[rowKey(lines[at]!)] = row
      })
      return undefined
    } finally {
      busy.value = false
    }
  }
  return { query, rows, changed, errors, problem, busy, edit, undo, save }
}
