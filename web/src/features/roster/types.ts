/** Answers of the roster's routes, as `src/modules/roster/*_views.hpp` describes them. */
export type OrgKind = 'province' | 'city' | 'county' | 'township' | 'school' | 'teaching_point' | 'grade' | 'class_group' | 'department' | 'alliance'
export type AccountStatus = 'active' | 'dormant' | 'disabled'
export type PersonKind = 'staff' | 'pupil' | 'guardian'

export interface OrgNode { id: string; kind: OrgKind; name: string; short_name: string; children: number; nodes: OrgNode[] }
export interface OrgStep { id: string; kind: OrgKind; name: string }
export interface PostView { id: string; person_id: string; person_name: string; org_id: string; org_name: string; kind: string; subject: string; title: string; from_date: string; to_date?: string | null }
export interface SchoolFacts { kind: string; first_grade: number; last_grade: number; school_code: string; central: boolean; rural: boolean; login_prefix: string }
export interface OrgDetail {
  id: string; kind: OrgKind; name: string; short_name: string; code: string; sort: number; to_date?: string | null; version: number
  path: OrgStep[]; figures: { schools: number; classes: number; pupils: number; staff: number }
  school?: SchoolFacts | null; children: OrgNode[]; posts: PostView[]
  history: { name: string; parent_name: string; from_date: string; to_date?: string | null }[]; may: string[]
}
export interface ClassItem { id: string; name: string; grade: number; number: number; pupils: number; room: string; multigrade: boolean; homeroom: string }
export interface SchoolDetail { org: OrgDetail; classes: ClassItem[]; rooms: number; equipped_rooms: number }

export interface ClassPupil {
  person_id: string; name: string; sex?: string | null; pupil_number?: string | null; account?: AccountStatus | null
  has_password?: boolean | null; has_pin?: boolean | null; consent_needed?: boolean | null; consent_at?: number | null
}
export interface ClassDetail {
  id: string; name: string; grade: number; number: number; school_id: string; school_name: string; room: string; multigrade: boolean
  teachers: { person_id: string; name: string; subject: string; staff_number: string; homeroom: boolean }[]
  pupils: ClassPupil[]; open_until?: number | null; may: string[]
}
export interface Consents { under_fourteen: boolean; history: { method: 'paper' | 'online'; given_at: number; given_by: string; recorded_by: string; withdrawn_at?: number | null; withdrawn_by: string }[] }
export interface SkippedSlip { person_id: string; name: string; why: 'no_account' | 'consent_needed' | 'has_password' | 'disabled' }
export interface CodeSlip { person_id: string; name: string; login: string; code: string }
export interface CodeSlips { school_name: string; class_name: string; issued_at: number; slips: CodeSlip[]; skipped: SkippedSlip[] }
export interface PinSlips { school_name: string; class_name: string; issued_at: number; slips: { person_id: string; name: string; pin: string }[]; skipped: SkippedSlip[] }

export interface PersonItem { id: string; name: string; kind: PersonKind; number: string; subject: string; org_id: string; org_name: string; school_name: string; roles: string[] }
export interface EnrolmentView { id: string; school_id: string; school_name: string; class_id: string; class_name: string; from_date: string; to_date?: string | null; status: string }
export interface BondView { id: string; person_id: string; name: string; relation: string }
export interface PersonalFields { identity_number: string; student_number: string; phone: string; birth_date?: string | null }
export interface PersonDetail {
  id: string; name: string; sex: string; kinds: PersonKind[]; staff_number?: string | null; pupil_number?: string | null; subject: string; ended_at?: number | null; version: number
  posts: PostView[]; enrolments: EnrolmentView[]; guardians: BondView[]; children: BondView[]
  consent_at?: number | null; consent_needed: boolean
  account?: { id: string; login: string; status: AccountStatus; has_password: boolean; last_sign_in_at?: number | null } | null
  masked?: PersonalFields | null; may: string[]
}

export interface Term { id: string; school_year: number; number: number; name: string; from_date: string; to_date: string; week_one_monday: string }
export interface TermList { items: Term[]; current?: string | null; week: number; today: string }
export interface CodeItem { version: string; code: string; title: string; title_en: string; valid_from?: string | null; valid_to?: string | null }
export interface CodeTable { name: string; versions: string[]; items: CodeItem[] }
export interface CodeTableLine { name: string; codes: number; own: number; room: boolean }

export interface AccountItem { id: string; person_id: string; name: string; login: string; status: AccountStatus; has_password: boolean; totp_enrolled: boolean; last_sign_in_at?: number | null }
export interface GrantItem { id: string; person_id: string; person_name: string; role: string; org_id: string; org_name: string; subject: string; from_date: string; to_date?: string | null }
export interface AuditItem {
  number: number; at: number; account_id: string; person_id: string; person_name: string; by: 'person' | 'terminal' | 'program' | 'nobody'; actor: string
  action: string; action_name: string; subject: string; subject_name: string; detail: unknown; client: string; trace_id: string; hash: string
  facts: { field: string; value: string }[]; changes: { field: string; before: string; after: string }[]
}
export interface AuditVerdict { fault: 'none' | 'changed' | 'missing' | 'truncated' | 'head_forged'; number: number; rows: number }
