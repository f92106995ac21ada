/** What can be told before asking the server; the server has the last word. */
export function passwordFaults(values: { current: string; next: string; again: string }, name: string): Record<string, string> {
  const faults: Record<string, string> = {}
  if (!values.current) faults.current = 'needed'
  if ([...values.next].length < 10) faults.next = 'short'
  else if (values.next === values.current) faults.next = 'same'
  else if (new Set(values.next).size < 4 || (name && values.next.includes(name))) faults.next = 'simple'
  if (!faults.next && values.again !== values.next) faults.again = 'differs'
  return faults
}
