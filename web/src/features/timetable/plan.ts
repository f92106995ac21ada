export interface PlanRow { school_year: number; grade: number; subject: string; weekly_periods: number }
/** One line of the plan: a subject's name with its code and periods in each grade. */
export interface PlanLine { title: string; periods: Record<number, number>; codes: Record<number, string> }

/** Lines by the subject's name, since a subject may have one code in primary and another in junior school. */
export function linesOf(rows: readonly PlanRow[], title: (code: string) => string): PlanLine[] {
  const lines = new Map<string, PlanLine>()
  for (const row of [...rows].sort((a, b) => a.subject.localeCompare(b.subject))) {
    const name = title(row.subject)
    const line = lines.get(name) ?? { title: name, periods: {}, codes: {} }
    line.periods[row.grade] = (line.periods[row.grade] ?? 0) + row.weekly_periods
    line.codes[row.grade] = row.subject
    lines.set(name, line)
  }
  return [...lines.values()]
}

/** The rows that a plan's lines say; a grade that is new to a subject takes the code of the nearest grade. */
export function rowsOf(lines: readonly PlanLine[], year: number): PlanRow[] {
  return lines.flatMap((line) => Object.entries(line.periods).flatMap(([key, periods]) => {
    const grade = Number(key)
    const near = Object.keys(line.codes).map(Number).sort((a, b) => Math.abs(a - grade) - Math.abs(b - grade))[0]
    return periods > 0 && near !== undefined ? [{ school_year: year, grade, subject: line.codes[near]!, weekly_periods: periods }] : []
  }))
}

export const sumOf = (lines: readonly PlanLine[], grade: number) => lines.reduce((sum, line) => sum + (line.periods[grade] || 0), 0)

/** One cell that somebody changed; without periods it was emptied. */
export interface PlanChange { title: string; grade: number; periods: number | undefined; code: string }

export function changesOf(before: readonly PlanLine[], now: readonly PlanLine[]): PlanChange[] {
  const found: PlanChange[] = []
  for (const line of now) {
    const old = before.find((one) => one.title === line.title)
    for (let grade = 1; grade <= 12; grade++) {
      const periods = line.periods[grade]
      if (periods !== old?.periods[grade]) found.push({ title: line.title, grade, periods, code: line.codes[grade] ?? Object.values(line.codes)[0] ?? '' })
    }
  }
  return found
}

/** A plan with these cells changed; a subject that it lacks comes at its end. */
export function withChanges(lines: readonly PlanLine[], changes: readonly PlanChange[]): PlanLine[] {
  const all = lines.map((line) => ({ ...line, periods: { ...line.periods }, codes: { ...line.codes } }))
  for (const { title, grade, periods, code } of changes) {
    let line = all.find((one) => one.title === title)
    if (!line) all.push((line = { title, periods: {}, codes: {} }))
    line.codes[grade] ??= code
    if (periods === undefined) delete line.periods[grade]
    else line.periods[grade] = periods
  }
  return all
}
