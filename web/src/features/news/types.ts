/** What the server answers; the names are those of src/modules/news/views.hpp. */
export type Kind = 'news' | 'notice' | 'research'
export type Scope = 'school' | 'area' | 'district' | 'public'
export type Audience = 'everyone' | 'staff' | 'families'
export type State = 'draft' | 'in_review' | 'returned' | 'published' | 'withdrawn'
export type Change = 'none' | 'draft' | 'in_review' | 'returned'
export type BlockKind = 'paragraph' | 'heading' | 'list' | 'numbers' | 'link' | 'picture' | 'attachment'
export interface Block { kind: BlockKind; text: string; items: string[]; href: string; file_id: string | null; file_name: string; media_type: string; size: number }
export interface Content {
  kind: Kind; title: string; summary: string; byline: string; body: Block[]; cover_file_id: string | null; cover_text: string
  scope: Scope; audience: Audience; from_day: string | null; until_day: string | null; must_read: boolean
}
export interface Row {
  id: string; kind: Kind; title: string; summary: string; org_id: string; org_name: string; byline: string; scope: Scope; audience: Audience; state: State; change: Change
  mine: boolean; must_read: boolean; unread: boolean; to_confirm: boolean; from_day: string | null; until_day: string | null; cover_file_id: string | null; cover_text: string
  published_at: number | null; updated_at: number
}
export interface List { items: Row[]; next: string | null; total: number; unread: number }
export interface Desk { items: Row[]; next: string | null; states: Partial<Record<State, number>>; may_oversee: boolean }
export interface Place { org_id: string; name: string; bureau: boolean; scopes: Scope[] }
export interface Allowed { edit: boolean; submit: boolean; take_back: boolean; withdraw: boolean; remove: boolean; review: boolean; receipts: boolean }
export interface ReviewNow { scope: Scope; round: number; step_name: string; due_at: number | null; last_reason: string }
export interface Figure { reader: 'staff' | 'guardian' | 'pupil'; of: number; read: number; confirmed: number }
export interface FigurePlace { org_id?: string | null; name: string; figures: Figure[] }
export interface Receipts { version: number; must_read: boolean; figures: Figure[]; schools: FigurePlace[]; classes: FigurePlace[]; may_name: boolean }
export interface Waiting { name: string; org_name: string; read_at?: number | null }
export interface View {
  item: Row; body: Block[]; version: number; current_version: number; withdrawn_reason: string; created_at: number; confirmed: boolean; may: Allowed; review: ReviewNow | null
}
export interface OpenRow { id: string; kind: Kind; title: string; summary: string; org_name: string; byline: string; published_at: number | null; updated_at: number; cover_text: string; cover_url: string }
export interface OpenList { items: OpenRow[]; next: string | null; total: number }
export interface OpenOne { item: OpenRow; body: { kind: BlockKind; text: string; items: string[]; href: string; url: string; file_name: string; size: number }[] }
/** A part as it is shown, wherever its file comes from. */
export interface Part { kind: BlockKind; text: string; items: string[]; href: string; url: string; file_name: string; size: number }
