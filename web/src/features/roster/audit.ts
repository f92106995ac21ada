/** Acts whose names stand under `roster.audit.action`; the key is the action with "_" for ".". */
export const actionKey = (action: string) => action.replace(/\./g, '_')
/** Beginnings by which the log is filtered, in the order of the screen. */
export const actionGroups = ['session.', 'account.', 'grant.', 'roster.', 'resources.', 'workflow.', 'timetable.', 'teaching.', 'indicators.'] as const

/** What a log line says beside its action: plain values of its detail, in one line. */
export function detailText(detail: unknown): string {
  if (detail === null || typeof detail !== 'object') return ''
  return Object.entries(detail as Record<string, unknown>)
    .filter(([, value]) => value !== null && value !== '' && typeof value !== 'object')
    .map(([key, value]) => `${key}: ${String(value)}`).join(' · ')
}
