/** Beginnings by which the log is filtered, in the order of the screen. */
export const actionGroups = ['session.', 'account.', 'grant.', 'roster.', 'resources.', 'workflow.', 'timetable.', 'teaching.', 'indicators.', 'backup.', 'audit.'] as const

/** Whom, where and when the log is asked about; days as "YYYY-MM-DD", both included. */
export interface AuditFilter { who: string; school: string; from: string; to: string; subject: string }
export const noFilter = (): AuditFilter => ({ who: '', school: '', from: '', to: '', subject: '' })
const keys = ['who', 'school', 'from', 'to', 'subject'] as const
export const filterOf = (query: Record<string, unknown>): AuditFilter => Object.fromEntries(keys.map((key) => [key, typeof query[key] === 'string' ? query[key] : ''])) as unknown as AuditFilter

/**
 * As the server asks for it: a day begins at midnight of the district's zone; the last day is included. `kept` turns a
 * moment as the rows show it into the one they are kept under.
 */
export function auditQuery(filter: AuditFilter, kept = (at: number) => at, zoneMinutes = 480): Record<string, string | number> {
  const at = (day: string, days: number) => kept(Date.parse(`${day}T00:00:00Z`) - zoneMinutes * 60_000 + days * 86_400_000)
  return {
    ...(filter.who && { who: filter.who }), ...(filter.school && { school: filter.school }), ...(filter.subject && { subject: filter.subject }),
    ...(filter.from && { from: at(filter.from, 0) }), ...(filter.to && { to: at(filter.to, 1) }),
  }
}

/** Whether anything is asked for at all. */
export const asksFor = (filter: AuditFilter) => keys.some((key) => filter[key] !== '')

/** Facts and changes of a row in one line. */
export const inOneLine = (row: { facts: { field: string; value: string }[]; changes: { field: string; before: string; after: string }[] }) =>
  [...row.facts.map((fact) => `${fact.field} ${fact.value}`), ...row.changes.map((change) => `${change.field} ${change.before || '—'} → ${change.after || '—'}`)].join(' · ')
