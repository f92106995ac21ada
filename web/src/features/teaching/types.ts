/** What the server of teaching says; the C++ structs of src/modules/teaching are the source. Times are ms, dates "YYYY-MM-DD". */
export type Readiness = 'empty' | 'half' | 'ready'
export type Band = 'b0_10' | 'b10_20' | 'b20_30' | 'b30_40' | 'b40'
export type ResourceKind = 'plan' | 'slides' | 'video' | 'audio' | 'picture' | 'exercise' | 'interactive' | 'document' | 'scorm' | 'link' | 'pack'

export interface LessonRow {
  id: string; school_id: string; class_id: string; class_name: string; grade: number; pupils: number; date: string; week: number
  period: number; subject: string; room: string; state: 'planned' | 'held' | 'cancelled' | 'not_taught'; unplanned: boolean
  start_at: number; end_at: number
}
export interface PlanResource { resource_id: string; page_from?: number | null; page_to?: number | null; for_pupils: boolean }
export interface PlanQuestion { text: string; options: string[]; answer?: number | null }
export interface Section { key: string; title: string; minutes: number; text: string; resources: PlanResource[]; questions: PlanQuestion[] }
export interface PlanContent { title: string; hours: number; sections: Section[]; homework: string }
export interface LessonPlan {
  id: string; owner_person: string; school_id: string; subject: string; grade: number; textbook_id?: string | null; chapter_id?: string | null
  content: PlanContent; sharing: 'own' | 'school'; readiness: Readiness; version: number; made_at: number; updated_at: number
}
export interface PlanVersion { id: string; plan_id: string; version: number; kind: 'saved' | 'unmerged'; content: PlanContent; saved_at: number; name: string }
export interface ResourceBrief {
  id: string; title: string; kind: ResourceKind; scope: string; reviewed: boolean; readable: boolean; mine: boolean
  version: number; media_type: string; pages: number; duration_seconds: number; has_thumbnail: boolean; recalled_reason?: string
}
export interface PlanBrief {
  id: string; title: string; subject: string; grade: number; hours: number; minutes: number; resources: number; chapter_id?: string | null
  readiness: Readiness; sharing: 'own' | 'school'; mine: boolean; owner_name: string; updated_at: number
}
export interface PlanView {
  plan: LessonPlan; mine: boolean; owner_name: string; lessons: LessonRow[]; resources: ResourceBrief[]; chapter_title: string; textbook_title: string
}
export interface LessonTemplate { id: string; name: string; subject: string; sections: Section[] }
export interface TemplateList { usual: LessonTemplate[]; own: LessonTemplate[]; may_manage: boolean }

export type EvidenceKind = 'declared' | 'helper' | 'resource_opened' | 'live' | 'class_view'
export interface ClassSession {
  id: string; lesson_id: string; class_id: string; subject: string; date: string; week: number; period: number; room: string; plan_id?: string | null
  started_at: number; ended_at?: number | null; kind: EvidenceKind; minutes_band: Band; state: 'provisional' | 'released' | 'discarded' | 'fixed'
  released_at?: number | null; correct_until: number; present?: number | null; resource_count: number; reviewed_resource: boolean; question_count: number; note: string
}
export interface Place { resource_id?: string | null; page: number; question_id?: string | null; board: number; seen_at: number; bell_at: number; heartbeat_seconds: number; handed_to: string; cancelled: boolean; taught?: string | null; work: GradeWork[] }
/** At which part of its own plan a class is (复式). */
export interface GradeWork { class_id: string; part: number }
/** What the topic "classroom:<person>" says: look whether the lesson still runs, or fetch the whole picture anew. */
export interface ScreenCall { session_id: string; kind: 'pulse' | 'picture' | 'mine' }
export interface ClassQuestion {
  id: string; session_id: string; number: number; text: string; options: string[]; answer?: number | null; present: number; counts: number[]; done: boolean; class_id?: string | null
}
export interface ClassView {
  session: ClassSession; lesson: LessonRow; plan_id?: string | null; title: string; sections: Section[]; resources: ResourceBrief[]
  opened: string[]; questions: ClassQuestion[]; place: Place
  joined: JoinedClass[]; assistants: AssistantBrief[]; assisting: boolean; teacher_name: string; reason: string
}
/** A further class in the room (合班; 复式 with a plan of its own). */
export interface JoinedClass { class_id: string; class_name: string; grade: number; pupils: number; subject: string; plan_id?: string | null; title: string; sections: Section[] }
export interface AssistantBrief { person_id: string; name: string }
/** A colleague's class that was asked for (合班); `name` is the other teacher's. */
export interface ClassAskRow { wish: { id: string; class_id: string; state: 'asked' | 'accepted' | 'refused' | 'taken_back' }; class_name: string; name: string; subject: string; room: string; period: number }
export interface OpenWish { lesson_id?: string; class_id?: string; plan_id?: string; subject?: string; reason?: string; with_classes?: string[] }
/** With whom a lesson was, and why, if it stood in no timetable. */
export interface RecordCompany { classes: string[]; assistants: string[]; assisted: string; reason: string }
export interface UnplannedLesson { lesson: LessonRow; teacher_name: string; reason: string; together: boolean }
export interface CurrentClass { running?: ClassView | null; lesson?: LessonRow | null; begun: boolean; elsewhere?: boolean; together: LessonRow[]; today: LessonRow[]; classes: { id: string; name: string; taken: boolean; taken_by: string }[]; now: number }

export interface UsedResource { id: string; title: string; reviewed: boolean; removed: boolean; minutes_band: Band }
export interface AskedQuestion { text: string; options: string[]; present: number; counts: number[] }
export interface RecordChange { kind: 'correct' | 'discard' | 'restore' | 'release' | 'declare'; at: number; reason: string }
export interface RecordView {
  session: ClassSession; days_left: number; can_change: boolean; open_to_school: boolean; resources: UsedResource[]; questions: AskedQuestion[]
  changes: RecordChange[]; looks: { name: string; reason: string; at: number }[]; company: RecordCompany
}
export type Mark = 'used' | 'declared' | 'chalk' | 'ahead' | 'discarded' | 'cancelled' | 'opened'
export interface RecordRow { lesson: LessonRow; mark: Mark; can_declare: boolean; record?: RecordView | null; handed_to: string }
export interface WeekRecords {
  week: number; weeks: number; monday: string; today: string; used: number; used_last_week: number; declared: number; chalk: number; goal: number; rows: RecordRow[]
}
export interface Task { kind: 'resource_returned' | 'resource_lost' | 'plan_missing' | 'plan_half' | 'records_due'; title: string; detail: string; id: string; count: number; at?: number | null; week: number }
/** A thing of one's own that was changed on the school's server and on the platform (GET /my/other-versions). */
export interface OtherVersionThing { type: string; entity_id: string; title: string; at: number; made_at_school: boolean }
export interface TodayLesson { lesson: LessonRow; plan?: PlanBrief | null; missing_resources: number; references: number; session?: ClassSession | null; taken_along_by?: string }
export interface TeacherToday {
  date: string; week: number; now: number; bell: { number: number; name: string; start_minute: number; end_minute: number }[]
  lessons: TodayLesson[]; next?: string | null; running?: string | null; tasks: Task[]; records?: WeekRecords | null; assisting: AssistedLesson[]
}
/** A resource of one's own plan that cannot be opened any more, and what may take its place. */
export interface LostResource { plan_id: string; plan_title: string; version: number; next?: LessonRow | null; resource: ResourceBrief; places: number; instead: ResourceBrief[] }
/** A colleague's lesson that runs now, into which one was asked (助教). */
export interface AssistedLesson { session_id: string; teacher_name: string; class_name: string; subject: string; room: string; period: number }
export interface ChapterNode {
  id: string; parent_id?: string | null; title: string; hours: number; leaf: boolean; state: 'taught' | 'ready' | 'half' | 'none'
  done: number; total: number; missing_resources: boolean; plan_id?: string | null
}
export interface PrepareTree {
  textbooks: { id: string; title: string; subject: string; grade: number; term: number }[]; textbook_id?: string | null; chapters: ChapterNode[]
  hours: number; prepared_hours: number; missing: number
}
export interface LessonToPrepare { lesson: LessonRow; plan_id?: string | null }
export interface PupilToday {
  date: string; week: number; now: number; class_name: string
  lessons: { period: number; subject: string; teacher_name: string; room: string; state: string; source: string; start_at: number; end_at: number }[]
  resources: GivenResource[]
  /** What else the class saw on its screen. */
  shown: GivenResource[]
}
export interface GivenResource { resource: ResourceBrief; subject: string; lesson_title: string; date: string }
export interface OpenRecord { session: ClassSession; class_name: string; teacher_name: string; resources: UsedResource[] }
export interface SchoolRecords {
  week: number; weeks: number; monday: string; totals: { subject: string; measured: number; declared: number; teachers: number }[]; not_yet_open: number; declared_not_yet_open: number; lessons: OpenRecord[]
}
/** How a resource is shown (resources/{id}/open). */
export interface OpenedResource {
  viewer: 'pdf' | 'picture' | 'video' | 'audio' | 'package' | 'office' | 'text' | 'link' | 'download'; title: string; version: number; url: string
  download_url: string; media_type: string; pages: number; duration_seconds: number
}
/** A resource in a search (resources). */
export interface FoundResource {
  id: string; title: string; kind: ResourceKind; scope: string; state: string; mine: boolean; school_name: string; pages: number; duration_seconds: number; has_thumbnail: boolean
}
