/** What the server answers; the names are those of src/modules/indicators/views.hpp. */
export interface Week { number: number; monday: string; sunday: string; fixed_after: string; provisional: boolean }
export interface TimeLine { today: string; term_from: string; term_to: string; current_week: number; week: Week; weeks: Week[]; computed_at: number }
/** `measured`: of the same month. */
export interface Declared { value: number; month: string; schools: number; of: number; measured: number | null }
export type Reach = 'every_school' | 'central_schools' | 'village_schools'
/** Why a week has no value: kept back, or nothing was counted. */
export type PointState = 'shown' | 'hidden' | 'nothing'
export interface Figure {
  code: string
  value: number | null
  unit: string
  numerator: number
  denominator: number
  hidden: boolean
  provisional: boolean
  at_least: boolean
  reach: Reach
  schools: number
  target: number | null
  target_due: string | null
  declared: Declared | null
  series: (number | null)[]
  points: PointState[]
}
export type Severity = 'bad' | 'warn'
export interface SchoolException {
  org_id: string
  org_name: string
  township: string
  severity: Severity
  kind: 'silent' | 'fell' | 'low' | 'declared' | 'missing'
  indicator: string
  week: number
  facts: Record<string, string>
  subjects: string[]
  action: 'profile' | 'indicator' | 'courses'
}
export interface SchoolMark {
  id: string
  name: string
  short_name: string
  township_id: string
  township: string
  central: boolean
  x: number | null
  y: number | null
  state: 'ok' | 'warn' | 'bad' | 'neutral'
  exceptions: number
  value: number | null
  hidden: boolean
}
export interface Cockpit {
  district_id: string
  district: string
  topic: string
  time: TimeLine
  exceptions: SchoolException[]
  numbers: Figure[]
  schools: SchoolMark[]
  central: (number | null)[]
  village: (number | null)[]
  central_points: PointState[]
  village_points: PointState[]
  declared: (number | null)[]
}
export interface Cell { value: number | null; numerator: number | null; denominator: number | null; hidden: boolean; empty: boolean }
export interface MatrixColumn { key: string; titles: string[] }
export interface MatrixRow { group: string; org_id: string | null; name: string; schools: number; total: Cell; delta: number | null; cells: Cell[] }
export interface Part { key: string; count: number }
export interface IndicatorDetail {
  number: Figure
  time: TimeLine
  org_id: string
  org_name: string
  school: boolean
  by_subject: boolean
  may_list_lessons: boolean
  delta: number | null
  declared_series: (number | null)[]
  gaps: { org_id: string; name: string; declared: number; measured: number; month: string }[]
  denominator_parts: Part[]
  numerator_parts: Part[]
  versions: { version: number; from_date: string; current: boolean }[]
  columns: MatrixColumn[]
  rows: MatrixRow[]
}
export interface IndicatorList { org_id: string; org_name: string; school: boolean; time: TimeLine; items: Figure[] }
export interface LessonRow {
  class_id: string
  class_name: string
  teacher_name: string
  date: string
  period: number
  subject: string
  subject_title: string
  kind: string
  minutes_band: string
  resource_count: number
  reviewed_resource: boolean
}
export interface LessonList { counts: Part[]; hidden: boolean; named: boolean; not_yet_open: number; lessons: LessonRow[] }
export interface Room { name: string; kind: 'classroom' | 'computer_room' | 'special'; equipped: boolean }
export interface DeclarationRow { id: string; indicator: string; month: string; value: number; measured: number | null; note: string; declared_by: string; declared_at: number }
export interface SchoolProfile {
  id: string
  name: string
  short_name: string
  township: string
  kind: string
  central: boolean
  first_grade: number
  last_grade: number
  teachers: number
  pupils: number
  classes: number
  classrooms: number
  equipped: number
  time: TimeLine
  courses_week: Week
  numbers: Figure[]
  exceptions: SchoolException[]
  columns: MatrixColumn[]
  cells: Cell[]
  courses: { subject: string; title: string; held: number }[]
  rooms: Room[]
  declarations: DeclarationRow[]
  own: boolean
  may_declare: boolean
}
export interface LessonException { kind: 'no_teacher' | 'cancelled' | 'not_taught'; class_id: string; class_name: string; period: number; subject_title: string; start_at: number; over: boolean; free_teachers: number }
export interface PrincipalHome {
  school_id: string
  school: string
  topic: string
  time: TimeLine
  now: number
  lessons: number
  running: number
  over: number
  today: LessonException[]
  week: SchoolException[]
  numbers: Figure[]
  numbers_week: Week
  classrooms: number
  equipped: number
  rooms_target: number | null
  rooms_declared: Declared | null
  rooms: Room[]
}
