/** What a form writes of a person; empty fields are not sent, so that they stay as they are. */
export interface PersonForm { name: string; sex: string; birth_date: string; staff_number: string; identity_number: string; student_number: string; phone: string }
export const emptyPerson = (): PersonForm => ({ name: '', sex: '', birth_date: '', staff_number: '', identity_number: '', student_number: '', phone: '' })
export const filled = (form: PersonForm) => Object.fromEntries(Object.entries(form).filter(([, value]) => value.trim() !== ''))

/** 家庭关系 (GB/T 4761), as far as a school asks for it. */
export const relations = [['51', 'father'], ['52', 'mother'], ['61', 'grandfather'], ['62', 'grandmother'], ['63', 'maternalGrandfather'], ['64', 'maternalGrandmother'], ['97', 'relative'], ['99', 'other']] as const
/** The key under `roster.relation` of a code; empty for a word that somebody wrote himself. */
export const relationKey = (code: string) => relations.find(([one]) => one === code)?.[1] ?? ''
