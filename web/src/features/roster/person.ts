/** What a form writes of a person; empty fields are not sent, so that they stay as they are. */
export interface PersonForm { name: string; sex: string; birth_date: string; staff_number: string; identity_number: string; student_number: string; phone: string }
export const emptyPerson = (): PersonForm => ({ name: '', sex: '', birth_date: '', staff_number: '', identity_number: '', student_number: '', phone: '' })
export const filled = (form: PersonForm) => Object.fromEntries(Object.entries(form).filter(([, value]) => value.trim() !== ''))

/** 家庭关系 (GB/T 4761), as far as a school asks for it. */
export const relations = [['51', 'father'], ['52', 'mother'], ['61', 'grandfather'], ['62', 'grandmother'], ['63', 'maternalGrandfather'], ['64', 'maternalGrandmother'], ['97', 'relative'], ['99', 'other']] as const
/** Words that lists from schools say for the same. */
const relationWords: Record<string, (typeof relations)[number][1]> = { 父亲: 'father', 爸爸: 'father', 母亲: 'mother', 妈妈: 'mother', 祖父: 'grandfather', 爷爷: 'grandfather', 祖母: 'grandmother', 奶奶: 'grandmother', 外祖父: 'maternalGrandfather', 外公: 'maternalGrandfather', 姥爷: 'maternalGrandfather', 外祖母: 'maternalGrandmother', 外婆: 'maternalGrandmother', 姥姥: 'maternalGrandmother' }
/** The key under `roster.relation` of a code or a usual word; empty for another word that somebody wrote himself. */
export const relationKey = (said: string) => relations.find(([one]) => one === said)?.[1] ?? relationWords[said] ?? ''
