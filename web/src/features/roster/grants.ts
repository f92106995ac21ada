const bySecurity = ['leader', 'info_office', 'researcher', 'supervisor', 'finance', 'sysadmin', 'secadmin', 'auditor']
const byPrincipal = ['academic', 'registry_clerk', 'research_head', 'homeroom', 'teacher', 'technician']
const byAcademic = ['teacher', 'homeroom', 'research_head', 'technician']

/** Roles that somebody in these posts may give; the server decides, this only keeps the list short. */
export function rolesFor(own: readonly string[]): string[] {
  const roles = new Set<string>()
  const add = (list: readonly string[]) => { for (const role of list) roles.add(role) }
  if (own.includes('secadmin')) add(bySecurity)
  if (own.includes('info_office')) add(['principal'])
  if (own.includes('principal')) add(byPrincipal)
  if (own.includes('academic')) add(byAcademic)
  return [...roles]
}
