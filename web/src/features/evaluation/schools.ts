/** Schools of an evaluation run: all, a group, or some. Nothing chosen is all, as the server reads it. */
export interface SchoolChoice { id: string; name: string; central: boolean }
export type Which = 'all' | 'central' | 'village' | 'some'

export const within = (which: Which, schools: readonly SchoolChoice[], picked: readonly string[]): string[] => {
  if (which === 'all') return []
  if (which === 'some') return schools.filter((one) => picked.includes(one.id)).map((one) => one.id)
  return schools.filter((one) => one.central === (which === 'central')).map((one) => one.id)
}
/** Whether the choice names any school at all. */
export const chosen = (which: Which, schools: readonly SchoolChoice[], picked: readonly string[]) => which === 'all' || within(which, schools, picked).length > 0
