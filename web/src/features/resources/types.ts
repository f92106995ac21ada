export type Kind = 'plan' | 'slides' | 'video' | 'audio' | 'picture' | 'exercise' | 'interactive' | 'document' | 'scorm' | 'link' | 'pack'
export type Scope = 'self' | 'group' | 'school' | 'area' | 'district' | 'public'
export type State = 'draft' | 'in_review' | 'published' | 'returned' | 'recalled' | 'ended'
export type Licence = 'none' | 'region_teaching' | 'cc_by' | 'cc_by_sa' | 'cc_by_nc' | 'cc_by_nc_sa' | 'cc_by_nc_nd' | 'cc0' | 'public_domain' | 'bought'
export type Intake = 'made' | 'called' | 'bought'
export type Source = 'none' | 'own_work' | 'adapted' | 'bought' | 'national_platform' | 'open_web' | 'legacy'
export type Viewer = 'pdf' | 'picture' | 'video' | 'audio' | 'package' | 'text' | 'office' | 'link' | 'download' | 'pack'

export interface Summary {
  id: string; title: string; kind: Kind; subject: string; grade_from: number; grade_to: number
  chapter_id: string | null; chapter_title: string; scope: Scope; wished_scope: Scope; state: State; in_review: boolean; mine: boolean; starred: boolean; fine: boolean; intake: Intake; valid_until: string | null
  licence: Licence; school_id: string; school_name: string; attribution: string; version: number; media_type: string; size: number
  pages: number; duration_seconds: number; thumbnail_file_id: string | null; uses: number; schools: number; published_at: number | null; updated_at: number
}
export interface FacetValue { value: string; title: string; count: number }
export interface SearchResult { items: Summary[]; next: string | null; total: number; facets: Record<string, FacetValue[]> }

export interface Allowed { edit: boolean; add_version: boolean; submit: boolean; withdraw: boolean; recall: boolean; remove: boolean; review: boolean; terms: boolean; mark: boolean }
export interface ReviewState { step_name: string; scope: Scope; round: number; due_at: number | null; last_reason: string }
export interface SchoolUse { school_id: string; school_name: string; uses: number; classes: number }
export interface ResourceView {
  item: Summary; description: string; stage: string; subject_title: string; textbook_id: string | null; textbook_title: string
  source: Source; source_note: string; language: string; url: string; current_version: number; latest_version: number; version_note: string; opens: boolean
  recalled_reason: string; created_at: number; holder: string; terms: string; valid_from: string | null; may: Allowed; review: ReviewState | null; used_by: SchoolUse[]
}
export interface HistoryEntry { what: string; step_name: string; version: number; text: string; at: number }
export interface VersionView { number: number; media_type: string; size: number; pages: number; duration_seconds: number; url: string; note: string; created_at: number }
export interface History { entries: HistoryEntry[]; versions: VersionView[] }
export interface Opened {
  viewer: Viewer; title: string; version: number; url: string; download_url: string; media_type: string; file_name: string
  size: number; pages: number; duration_seconds: number; expires_at: number | null
}
export interface Textbook { id: string; key: string; title: string; subject: string; grade: number; term: number; edition: string }
export interface ChapterView { id: string; parent_id: string | null; title: string; hours: number; leaf: boolean; count: number; kinds: Record<string, number>; missing: Kind[] }
export interface TextbookView { textbook: Textbook; subject_title: string; chapters: ChapterView[] }
export interface Coverage { textbook: Textbook; chapters: number; complete: number; empty: number; holes: Record<string, number> }
export interface Guess { title: string; kind: Kind | null; subject: string; grade: number; term: number; textbook_id: string | null; chapter_id: string | null; chapter_title: string; fits: Kind[]; opens: boolean | null }

export type PackRole = 'plan' | 'slides' | 'video' | 'exercise' | 'other'
export interface PackRow { role: PackRole; resource_id: string; note: string; item: Summary | null; title: string; gone_reason: string }
export interface Pack { id: string; title: string; version: number; chapter_id: string | null; textbook_id: string | null; rows: PackRow[]; missing: PackRole[]; may_change: boolean; updated_at: number }
export interface EndingLicence {
  id: string; title: string; kind: Kind; subject: string; school_id: string; school_name: string; scope: Scope; state: State; intake: Intake; holder: string; terms: string
  valid_from: string | null; valid_until: string; days_left: number; uses: number; schools: number
}
