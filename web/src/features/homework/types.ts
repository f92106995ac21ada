/** What the server of homework says; the C++ structs of src/modules/homework are the source. Times are ms, dates "YYYY-MM-DD". */
export type Form = 'paper' | 'online' | 'either'
export type State = 'open' | 'handed_in' | 'returned' | 'correction'
export type How = 'online' | 'paper' | 'photo'
export type Result = 'none' | 'read' | 'a' | 'b' | 'c' | 'd' | 'star_1' | 'star_2' | 'star_3' | 'star_4' | 'star_5'

export interface Attachment { resource_id?: string | null; file_id?: string | null; name: string; media_type: string }
export interface Content { title: string; text: string; form: Form; written: boolean; due_on: string; minutes: number; attachments: Attachment[]; class_ids: string[] }
export interface Homework { id: string; school_id: string; teacher_id: string; subject: string; content: Content; set_on: string; plan_id?: string | null; lesson_id?: string | null; version: number; withdrawn_at?: number | null }
export interface HomeworkView { homework: Homework; classes: { id: string; name: string; pupils: number }[]; mine: boolean; past: boolean; pupils: number; handed_in: number; to_mark: number; marked: number; late: number; teacher_name: string }
export interface TaughtClass { id: string; name: string; grade: number; pupils: number; subjects: string[] }
export interface Draft { today: string; due_on: string; classes: TaughtClass[]; subject: string; title: string; text: string; class_ids: string[]; plan_id?: string | null; lesson_id?: string | null; attachments: Attachment[] }

export interface LoadItem { id: string; subject: string; title: string; teacher_name: string; minutes: number; written: boolean; mine: boolean }
export interface LoadDay { date: string; written: number; other: number; items: LoadItem[] }
export interface ClassLoad { class_id: string; class_name: string; grade: number; limit?: number | null; days: LoadDay[] }
export interface DailyLimit { grade_from: number; grade_to: number; minutes: number }
export interface WeekLoad { today: string; monday: string; term_from: string; term_to: string; may_change_limits: boolean; school_id: string; limits: DailyLimit[]; classes: ClassLoad[]; limits_of: string }
export interface LimitsView { org_id: string; own: boolean; limits: DailyLimit[]; of: string }
export interface CountyLimits { county: LimitsView; own: { school_id: string; school: string; limits: LimitsView }[]; schools: number }

export interface WorkFile { file_id: string; name: string; media_type: string }
export interface BoardRow {
  pupil_id: string; name: string; pupil_number: string; submission_id: string; state: State; round: number; how?: How | null; late: boolean; handed_in_at?: number | null
  files: number; has_text: boolean; marked: boolean; result: Result; photos: WorkFile[]; reminded_at?: number | null
}
export interface ClassBoard { homework: HomeworkView; class_id: string; now: number; rows: BoardRow[] }

export type StrokeKind = 'pen' | 'tick' | 'cross' | 'half' | 'note'
export interface Stroke { kind: StrokeKind; color: number; points: number[]; text: string }
export interface InkSheetData { sheet: number; strokes: Stroke[] }
export interface Work {
  round: number; how: How; text: string; files: WorkFile[]; handed_in_at: number; late: boolean; result: Result; comment: string; mark_version: number
  marked_at?: number | null; returned_at?: number | null; correction: boolean; files_erased: boolean
}
export interface Round { work: Work; ink: InkSheetData[]; marked_by: string }
export interface SubmissionView {
  submission: { id: string; homework_id: string; class_id: string; pupil_id: string; state: State; round: number }
  pupil_name: string; class_name: string; homework_id: string; title: string; subject: string; text: string; due_on: string; attachments: Attachment[]
  rounds: Round[]; previous?: string | null; next?: string | null; place: number; of: number
}
export interface PupilHomework {
  id: string; subject: string; title: string; text: string; teacher_name: string; form: Form; set_on: string; due_on: string; minutes: number; attachments: Attachment[]
  state: State; past: boolean; late: boolean; how?: How | null; handed_in_at?: number | null; reminded_at?: number | null; result: Result; comment: string; corrections: number
}
export interface PupilHomeworkView { homework: PupilHomework; rounds: Round[]; may_hand_in: boolean }
