import type { components } from '@/shared/api/schema'
import type { StateKind } from '@/shared/numbers/grammar'

export type NodeRow = components['schemas']['NodeStatus']
export type NodeList = components['schemas']['NodeList']
export type Invitation = components['schemas']['Invitation']
export type OpenInvitation = components['schemas']['OpenInvitation']
export type ParkedList = components['schemas']['ParkedList']
export type OtherVersionList = components['schemas']['OtherVersionList']
export type FieldApart = components['schemas']['FieldApart']
export type OtherVersionView = components['schemas']['OtherVersionView']

/** A box is asked every two seconds; after two minutes its line counts as cut. */
const quietAfter = 120

/** A box of the demo stands in its books only: it was never heard of and will not be. */
export const isDemo = (one: NodeRow) => one.version === 'demo' && one.lag < 0

/** How a place stands: shut out, never heard of, cut off, behind, or up to date. */
export function standing(one: NodeRow): { key: string; kind: StateKind | 'info' } {
  if (one.state === 'revoked') return { key: 'revoked', kind: 'neutral' }
  if (isDemo(one)) return { key: 'demo', kind: 'neutral' }
  if (one.lag < 0) return { key: 'never', kind: 'neutral' }
  if (one.lag > quietAfter) return { key: 'cut', kind: 'warn' }
  if (one.parked > 0) return { key: 'parked', kind: 'warn' }
  if (one.waiting_up + one.waiting_down > 0) return { key: 'behind', kind: 'info' }
  return { key: 'current', kind: 'ok' }
}

/** "5 s", "3 min", "2 h", "4 d": the largest unit that fits. */
export function ago(seconds: number): { unit: 'second' | 'minute' | 'hour' | 'day'; n: number } {
  if (seconds < 60) return { unit: 'second', n: Math.max(0, seconds) }
  if (seconds < 3600) return { unit: 'minute', n: Math.floor(seconds / 60) }
  if (seconds < 86_400) return { unit: 'hour', n: Math.floor(seconds / 3600) }
  return { unit: 'day', n: Math.floor(seconds / 86_400) }
}
