import type { Block, BlockKind, Content, Kind, Part, Row, State, View } from './types'

export const kinds: readonly Kind[] = ['news', 'notice', 'research']
export const blockKinds: readonly BlockKind[] = ['paragraph', 'heading', 'list', 'numbers', 'link', 'picture', 'attachment']
export const tone = { draft: 'neutral', in_review: 'info', returned: 'warn', published: 'ok', withdrawn: 'neutral' } as const satisfies Record<State, string>
export const kindIcon = { news: 'file', notice: 'bell', research: 'people' } as const satisfies Record<Kind, string>

/** A part in the editor; `key` keeps its place on the screen. */
export interface Draft extends Block { key: number }
let last = 0
export const emptyBlock = (kind: BlockKind): Draft => ({ key: ++last, kind, text: '', items: kind === 'list' || kind === 'numbers' ? [''] : [], href: '', file_id: null, file_name: '', media_type: '', size: 0 })
export const toDraft = (block: Block): Draft => ({ ...block, items: [...block.items], key: ++last })
export const withoutKey = ({ key: _, ...block }: Draft): Block => block
export const emptyContent = (): Omit<Content, 'body'> & { body: Draft[] } => ({ kind: 'news', title: '', summary: '', byline: '', body: [emptyBlock('paragraph')], cover_file_id: null, cover_text: '', scope: 'school', audience: 'everyone', from_day: null, until_day: null, must_read: false })

/** Pasted text of several paragraphs: one part each, nothing but its words. */
export function paragraphs(pasted: string): string[] {
  return pasted.replace(/\r\n?/g, '\n').split(/\n+/).map((line) => line.trim()).filter(Boolean)
}
/** Lines of a list as they are typed, one a line. */
export const lines = (text: string) => text.split('\n')

/** What is written, of an article that is shown. */
export function contentOf(view: View): ReturnType<typeof emptyContent> {
  const { item } = view
  return {
    kind: item.kind, title: item.title, summary: item.summary, byline: item.byline, body: view.body.map(toDraft), cover_file_id: item.cover_file_id, cover_text: item.cover_text,
    scope: item.scope, audience: item.audience, from_day: item.from_day, until_day: item.until_day, must_read: item.must_read,
  }
}
/** As the server wants it: no empty days, no must-read but of notices, public for everyone. */
export function toSend(values: ReturnType<typeof emptyContent>): Content {
  return {
    ...values, body: values.body.map(withoutKey), from_day: values.from_day || null, until_day: values.until_day || null,
    must_read: values.kind === 'notice' && values.must_read, audience: values.scope === 'public' ? 'everyone' : values.audience,
  }
}
export const fileUrl = (id: string, save = false) => `/api/v1/files/${id}${save ? '?save=1' : ''}`
export const toPart = (block: Block): Part => ({ kind: block.kind, text: block.text, items: block.items, href: block.href, url: block.file_id ? fileUrl(block.file_id, block.kind === 'attachment') : '', file_name: block.file_name, size: block.size })

/** Where a row of the author's desk leads: to the editor while there is something to write. */
export const deskTo = (row: Pick<Row, 'id' | 'state' | 'mine'>) => (row.mine && (row.state === 'draft' || row.state === 'returned') ? `/news/write/${row.id}` : `/news/${row.id}`)
/** Field errors of both ways of sending: the editor's fields have no "content." before them. */
export const plainErrors = (errors: Record<string, string>) => Object.fromEntries(Object.entries(errors).map(([key, text]) => [key.replace(/^content\./, ''), text]))
