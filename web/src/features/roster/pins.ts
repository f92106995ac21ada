/** PINs as a table: a tab behind each keeps the noughts at its beginning in a spreadsheet. */
export function pinTable(slips: readonly { name: string; pin: string }[], head: readonly [string, string]): string {
  const cell = (text: string) => `"${text.replace(/"/g, '""').replace(/^([=+@-])/, "'$1")}"`
  const rows = slips.map((slip) => `${cell(slip.name)},${cell(`${slip.pin}\t`)}`)
  return `\ufeff${[head.map(cell).join(','), ...rows].join('\r\n')}\r\n`
}
