import type { HistoryEntry } from './types'

export interface ProvenanceStep { state: 'done' | 'back' | 'now' | 'todo'; what: string; stepName: string; version: number; text: string; at: number | null }

/** The way a resource took, as steps: submitted, returned, passed, published, recalled; versions only where they were the reason. */
export function provenance(entries: readonly HistoryEntry[], waitingAt?: { stepName: string; dueAt: number | null }): ProvenanceStep[] {
  const steps: ProvenanceStep[] = []
  let version = 1
  for (const entry of entries) {
    if (entry.what === 'version') {
      version = entry.version
      continue
    }
    if (entry.what === 'delegate') continue
    const back = entry.what === 'return' || entry.what === 'recalled' || entry.what === 'unmarked' // an author who takes his own back was not refused
    steps.push({ state: back ? 'back' : 'done', what: entry.what, stepName: entry.step_name, version: entry.version || version, text: entry.text, at: entry.at })
  }
  if (waitingAt) steps.push({ state: 'now', what: 'waiting', stepName: waitingAt.stepName, version, text: '', at: waitingAt.dueAt })
  return steps
}
