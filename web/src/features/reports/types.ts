/** What the server answers; the names are those of src/modules/reports/service.hpp. */
export type ReportState = 'open' | 'returned' | 'signed_off' | 'arrived'
export interface ReportNumber { indicator: string; numerator: number; denominator: number; above: boolean }
export interface ReportPart { key: string; numerator: number; denominator: number }
export interface ReportRoom { name: string; kind: string; equipped: boolean; lessons: number; last_use: string | null }
export interface CourseGap { subject: string; taught: number; due: number }
export type LineKind = 'room_idle' | 'hours_short' | 'not_taught' | 'declared' | 'cancelled'
export interface ReportLine {
  line: string
  kind: LineKind
  place: string
  class_id: string | null
  date: string | null
  period: number
  courses: CourseGap[]
  declared: number
  measured: number
  lessons: number | null
  note: string | null
}
export interface ReportContent {
  from: string
  to: string
  teachers: number
  pupils: number
  classes: number
  classrooms: number
  equipped: number
  lessons_held: number
  lessons_used: number
  lessons_with_resources: number
  lessons_with_reviewed: number
  rooms: ReportRoom[]
  numbers: ReportNumber[]
  grades: ReportPart[]
  subjects: ReportPart[]
  lines: ReportLine[]
}
export interface Reason { line: string; reason: string }
export interface Policy { due_day: number; seconds_per_field: number }
export interface Change { key: string; before: string; after: string }
export interface Report {
  school_id: string
  school: string
  month: string
  version: number
  preview: boolean
  state: ReportState
  late: boolean
  due_on: string
  today: string
  central_school: string | null
  within: boolean
  content: ReportContent | null
  reasons: Reason[]
  content_hash: string
  effort: { filled: number; typed: number; minutes: number }
  policy: Policy
  signed_by: string
  signed_at: number | null
  passed_by: string
  passed_at: number | null
  return_reason: string
  returned_by: string
  returned_at: number | null
  versions: { version: number; state: ReportState; signed_at: number | null }[]
  changes: Change[]
  may_explain: boolean
  may_sign: boolean
  may_pass_on: boolean
  may_return: boolean
  may_correct: boolean
  above_url: string
}
export interface ReportRow {
  school_id: string
  school: string
  central: boolean
  month: string
  version: number
  state: ReportState
  late: boolean
  due_on: string
  signed_at: number | null
  passed_at: number | null
  return_reason: string
  lines: number | null
  explained: number | null
  numbers: ReportNumber[]
  classrooms: number
  equipped: number
  to_sign: boolean
  to_pass_on: boolean
}
export interface Board {
  month: string
  months: string[]
  running_month: string
  today: string
  due_on: string
  scope: 'district' | 'central' | 'school'
  own_school: string | null
  may_set: boolean
  policy: Policy
  sum: { schools: number; of: number; signed_off: number; arrived: number; late: number; returned: number; classrooms: number; equipped: number; lines: number; numbers: ReportNumber[] }
  rows: ReportRow[]
  making: string | null
}
