/** How long ago, as an i18n key and a number. */
export function agoKey(ms: number): { key: string; n: number } {
  const minutes = Math.floor(ms / 60_000)
  if (minutes < 1) return { key: 'app.ago.now', n: 0 }
  if (minutes < 60) return { key: 'app.ago.minutes', n: minutes }
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? { key: 'app.ago.hours', n: hours } : { key: 'app.ago.days', n: Math.floor(hours / 24) }
}
