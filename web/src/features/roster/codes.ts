import { currentLanguage } from '@/shared/i18n'
import type { CodeItem } from './types'

/** Version of what the district has added itself. */
export const ownVersion = 'own'
export const isOwn = (item: CodeItem) => item.version === ownVersion
export const codeTitle = (item: CodeItem) => (currentLanguage() === 'en' && item.title_en ? item.title_en : item.title)

/** Entries whose code or name holds what was typed. */
export function foundCodes(items: readonly CodeItem[], typed: string): CodeItem[] {
  const wanted = typed.trim().toLowerCase()
  return items.filter((one) => !wanted || [one.code, one.title, one.title_en].some((text) => text.toLowerCase().includes(wanted)))
}

/** The first of L01 … L99 that was never given; empty when all were. */
export function nextCode(items: readonly CodeItem[]): string {
  const given = new Set(items.map((one) => one.code))
  for (let n = 1; n < 100; n++) {
    const code = `L${String(n).padStart(2, '0')}`
    if (!given.has(code)) return code
  }
  return ''
}
