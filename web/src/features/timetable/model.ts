export type LessonState = 'planned' | 'held' | 'cancelled' | 'not_taught'
export type LessonSource = 'timetable' | 'substitution' | 'patrol' | 'unplanned'
export interface Lesson {
  id: string; school_id: string; class_id: string; date: string; week: number; period: number; subject: string
  teacher_id: string | null; room: string; state: LessonState; source: LessonSource; start_at: number; end_at: number
}
export interface WeekLesson { lesson: Lesson; class_name: string; teacher_name: string }
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
export type SubstitutionKind = 'cancelled' | 'substitute' | 'swapped' | 'added'
export interface Substitution { id: string; class_id: string; date: string; period: number; kind: SubstitutionKind; subject: string; teacher_id: string | null; reason: string; created_at: number }
export interface SubstitutionView { change: Substitution; class_name: string; teacher_name: string; planned_subject: string; planned_teacher_name: string }
export type PatrolFinding = 'not_taught' | 'no_teacher' | 'other_subject'
export interface PatrolException { id: string; class_id: string; date: string; period: number; kind: PatrolFinding; subject: string; note: string; recorded_at: number }
export interface PatrolView { found: PatrolException; class_name: string; planned_subject: string; planned_teacher_name: string }
export interface Candidate { id: string; name: string; subject: string; same_subject: boolean; lessons_that_day: number; busy_with: string }
export interface CourseCheckRow { class_id: string; class_name: string; subject: string; required: number; scheduled: number; taught: number }
export interface RefusedCell { sheet: string; cell: string; value: string; reason: string; params: Record<string, string> }
export interface ImportClash { key: string; weekday: number; period: number; first_class: string; second_class: string; teacher_name: string }
export interface ImportResult { entries: number; classes: number; refused: RefusedCell[]; clashes: ImportClash[]; timetable_id: string | null }
export interface Timetable { id: string; version: number; state: 'draft' | 'published' | 'replaced'; from_date: string; to_date: string | null }
