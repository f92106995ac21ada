export type Decision = 'submit' | 'approve' | 'return' | 'withdraw' | 'resubmit' | 'delegate'
export interface Facts { kind?: string; media_type?: string; pages?: number; duration_seconds?: number; grade_from?: number; grade_to?: number; version?: number; chapter_title?: string }
export interface ReviewRow {
  id: string; subject_kind: string; subject_id: string; title: string; scope: string; subject_code: string; subject_title: string
  school_id: string; school_name: string; facts: Facts; state: 'open' | 'approved' | 'returned' | 'withdrawn'; round: number; step_name: string
  due_at: number; step_since: number; handed_to_me: boolean; ticked: number; to_tick: number; filled: boolean; my_decision: Decision | null; decided_at: number | null
}
export interface SheetLine { key: string; group: string; automatic: boolean; ticked: boolean; state: 'passed' | 'warning' | 'failed'; detail: string; params: Record<string, string>; found_in: string | null; mark?: boolean }
export interface ReviewEvent { decision: Decision; round: number; step_number: number; step_name: string; reason: string; at: number; mine: boolean }
export interface StepView { number: number; name: string; pool_role: string; fell_back: boolean }
export interface Review { item: ReviewRow; step_number: number; steps: StepView[]; events: ReviewEvent[]; sheet: SheetLine[]; may_decide: boolean; author_name: string }
export interface ReviewSummary { waiting: number; late: number; late_days: number; due_soon: number; kinds: { kind: string; count: number }[]; open_in_district: number; median_days: number | null; target_days: number }
export interface BatchAnswer { rows: { item_id: string; done: boolean; problem: string }[] }
export interface Deputy { person_id: string; name: string; role: string }
