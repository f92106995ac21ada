export type LessonState = 'planned' | 'held' | 'cancelled' | 'not_taught'
export type LessonSource = 'timetable' | 'substitution' | 'patrol' | 'unplanned'
export interface Lesson {
  id: string; school_id: string; class_id: string; date: string; week: number; period: number; subject: string
  teacher_id: string | null; room: string; state: LessonState; source: LessonSource; start_at: number; end_at: number
}
export interface WeekLesson { lesson: Lesson; class_name: string; teacher_name: string }
/** A bell that begins on a later day. */
export interface LaterBell { from: string; periods: BellPeriod[] }
export interface BellPeriod { number: number; name: string; start_minute: number; end_minute: number }
export type DayKind = 'holiday' | 'exam' | 'workday'
export interface CalendarDay { org_id: string; date: string; kind: DayKind; name: string; as_weekday: number | null }
export interface WeekView { title: string; week: number; weeks: number; monday: string; bell: BellPeriod[]; lessons: WeekLesson[]; days: CalendarDay[]; published: boolean }
export interface SchoolChoice { id: string; name: string }
export interface ClassOption { id: string; name: string; grade: number }
export interface TeacherChoice { id: string; name: string; subject: string }
export interface Choices {
  today: string; week_one_monday: string; term_to: string; term_name: string; school_id: string | null; district_id: string
  schools: SchoolChoice[]; classes: ClassOption[]; teachers: TeacherChoice[]; own_classes: ClassOption[]; teaches: boolean
}
export type SubstitutionKind = 'cancelled' | 'substitute' | 'swapped' | 'added' | 'self_study'
export interface Substitution { id: string; class_id: string; date: string; period: number; kind: SubstitutionKind; subject: string; teacher_id: string | null; reason: string; created_at: number; act_id: string | null }
export interface SubstitutionView { change: Substitution; class_name: string; teacher_name: string; planned_subject: string; planned_teacher_id: string | null; planned_teacher_name: string; asked_by: string | null; asked_by_name: string; gone: boolean }
export type PatrolFinding = 'not_taught' | 'no_teacher' | 'other_subject'
export interface PatrolException { id: string; class_id: string; date: string; period: number; kind: PatrolFinding; subject: string; note: string; recorded_at: number }
export interface PatrolView { found: PatrolException; class_name: string; planned_subject: string; planned_teacher_name: string }
export interface Candidate { id: string; name: string; subject: string; same_subject: boolean; same_class: boolean; lessons_that_day: number; busy_with: string }
export interface CourseCheckRow { class_id: string; class_name: string; subject: string; required: number; scheduled: number; taught: number }
export interface RefusedCell { sheet: string; cell: string; value: string; reason: string; params: Record<string, string> }
export interface ImportClash { key: string; weekday: number; period: number; first_class: string; second_class: string; teacher_name: string }
export interface ImportResult { entries: number; classes: number; kept: number; left_out: string[]; refused: RefusedCell[]; clashes: ImportClash[]; timetable_id: string | null }
export interface Timetable { id: string; version: number; state: 'draft' | 'published' | 'replaced'; from_date: string; to_date: string | null }
export type ChangeCause = 'leave' | 'training' | 'other'
export type ChangeWay = 'none' | 'substitute' | 'swap' | 'self_study' | 'cancelled'
export type ChangeState = 'open' | 'asked' | 'ready' | 'approved' | 'refused' | 'withdrawn' | 'taken_back'
/** One lesson that its teacher asks to be changed (调代课申请). */
export interface ChangeRequest {
  id: string; batch_id: string; school_id: string; class_id: string; date: string; period: number; subject: string; asked_by: string
  cause: ChangeCause; reason: string; state: ChangeState; way: ChangeWay; colleague_id: string | null; other_subject: string
  swap_date: string | null; swap_period: number | null; swap_subject: string; declined: boolean; word: string; note: string; act_id: string | null; version: number
  third_id: string | null; third_date: string | null; third_period: number | null; third_subject: string; agreed_by: string | null
}
export interface ChangeView { request: ChangeRequest; class_name: string; asker_name: string; colleague_name: string; third_name: string; start_at: number; uncovered: boolean; trouble: string; trouble_params: Record<string, string> }
export interface MyChanges { today: string; first_day: string; last_day: string; asked: ChangeView[]; to_answer: ChangeView[]; answered: ChangeView[]; coming: SubstitutionView[] }
export interface SwapOption { lesson_id: string; date: string; period: number; subject: string; teacher_id: string; teacher_name: string }
/** What is proposed for a lesson while it is being filled in; empty texts = not chosen. */
export interface Wish { way: ChangeWay; colleague_id: string; swap_lesson_id: string; other_subject: string; three: boolean; third_lesson_id: string }
export interface DecidedRequest { id: string; refused: string; params: Record<string, string>; substitution_id: string | null }
export interface ChangeSheet { school_name: string; date: string; items: SubstitutionView[] }
