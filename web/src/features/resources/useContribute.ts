import { computed, reactive, ref, shallowRef, watch } from 'vue'
import { api } from '@/shared/api/client'
import { asProblem, Problem, type FieldProblem } from '@/shared/api/problem'
import { useForm } from '@/shared/composables/useForm'
import { useSession } from '@/shared/session/session'
import { draftOf, type Draft } from './draft'
import { misfitCode } from './kinds'
import { uploadThumbnail } from './thumbnail'
import type { Guess, Intake, Kind, Licence, ResourceView, Scope, Source } from './types'

export interface Values {
  title: string; description: string; kind: Kind | ''; subject: string; grade_from: number; grade_to: number
  textbook_id: string; chapter_id: string; licence: Licence; source: Source; source_note: string; attribution: string
  intake: Intake; holder: string; terms: string; valid_from: string; valid_until: string
}
export const emptyValues: Values = { title: '', description: '', kind: '', subject: '', grade_from: 0, grade_to: 0, textbook_id: '', chapter_id: '', licence: 'none', source: 'none', source_note: '', attribution: '', intake: 'made', holder: '', terms: '', valid_from: '', valid_until: '' }

/** Both grades when one was chosen; none when nobody chose. */
const gradesOf = ({ grade_from, grade_to }: Pick<Values, 'grade_from' | 'grade_to'>) => (grade_from || grade_to ? { grade_from: grade_from || grade_to, grade_to: grade_to || grade_from } : {})

/** What is sent of a form: choices that were not made are left out. */
export function description(values: Values) {
  const { kind, grade_from, grade_to, ...rest } = values
  return { ...rest, ...gradesOf({ grade_from, grade_to }), title: values.title.trim(), ...(kind ? { kind } : {}), ...(values.chapter_id ? {} : { chapter_id: '' }) }
}

/** What somebody typed stays; the rest becomes what this file's name says, also where the name of another one said something before. */
export function fillFrom(values: Values, guess: Guess, touched: ReadonlySet<string>) {
  const set = <K extends keyof Values>(key: K, value: Values[K] | null | undefined | 0) => { if (!touched.has(key)) values[key] = value || emptyValues[key] }
  set('title', guess.title)
  set('kind', guess.kind)
  set('subject', guess.subject)
  set('textbook_id', guess.textbook_id)
  set('chapter_id', guess.chapter_id)
  set('grade_from', guess.grade)
  set('grade_to', guess.grade)
}

/** Everything that the server would refuse, at once: the server answers in the order of its steps. */
export function lacking(values: Values, submit: boolean): FieldProblem[] {
  const found: FieldProblem[] = []
  const need = (pointer: string, missing: boolean, code: string) => { if (missing) found.push({ pointer: `/${pointer}`, code }) }
  need('title', values.title.trim() === '', 'core.required')
  need('subject', submit && values.subject === '', 'core.required')
  need('grade_from', !values.grade_from && !values.grade_to, 'resources.grade_needed')
  need('source', submit && values.source === 'none', 'resources.source_needed')
  need('licence', submit && values.licence === 'none', 'resources.licence_needed')
  need('source_note', submit && (values.source === 'adapted' || values.source === 'open_web') && values.source_note.trim() === '', 'resources.source_note_needed')
  need('holder', submit && values.intake === 'bought' && values.holder.trim() === '', 'resources.holder_needed')
  need('terms', submit && values.intake === 'bought' && values.terms.trim() === '', 'resources.terms_needed')
  return found
}

const valuesOf = (view: ResourceView): Values => ({
  title: view.item.title, description: view.description, kind: view.item.kind, subject: view.item.subject, grade_from: view.item.grade_from, grade_to: view.item.grade_to,
  textbook_id: view.textbook_id ?? '', chapter_id: view.item.chapter_id ?? '', licence: view.item.licence, source: view.source, source_note: view.source_note, attribution: view.item.attribution,
  intake: view.item.intake, holder: view.holder, terms: view.terms, valid_from: view.valid_from ?? '', valid_until: view.item.valid_until ?? '',
})

/** One form for a new resource and for mending one: file or link, description, and where to send it. */
export function useContribute(existing: () => ResourceView | undefined, preset: Partial<Values>, newOne: boolean) {
  const content = reactive({ mode: 'file' as 'file' | 'link', fileId: '', fileName: '', url: '', note: '', thumbnailId: '' })
  const scope = ref<Scope>('school')
  const send = ref(false)
  const touched = new Set<string>(Object.keys(preset))
  const guessed = ref(false)
  /** What was found in the uploaded file: what it can be, and whether it opens. */
  const found = shallowRef<Pick<Guess, 'fits' | 'opens'> | null>(null)
  const refused = shallowRef<Problem | null>(null)
  const sentContent = ref('')
  const made = ref<ResourceView>()
  const hasContent = computed(() => (content.mode === 'file' ? Boolean(content.fileId) : Boolean(content.url.trim())))
  const target = computed(() => made.value ?? existing())
  /** What speaks against the file, or against the kind that was chosen for it. */
  const wrongFile = computed<FieldProblem[]>(() => {
    if (content.mode !== 'file' || !content.fileId) return []
    if (refused.value) return [{ pointer: '/file_id', code: refused.value.code }]
    const wrong: FieldProblem[] = found.value?.opens === false ? [{ pointer: '/file_id', code: 'resources.file_broken' }] : []
    const kind = form.values.kind
    if (kind && found.value?.fits.length && !found.value.fits.includes(kind)) wrong.push({ pointer: '/kind', code: misfitCode(kind) })
    return wrong
  })
  const draft = draftOf(useSession().session?.account_id ?? '')
  const restored = ref(false)

  const form = useForm<Values, ResourceView>({ ...emptyValues, ...preset }, async (values, key) => {
    const missing = [...lacking(values, send.value), ...(send.value ? wrongFile.value : [])]
    if (missing.length) throw new Problem(422, 'http.422', {}, '', '', missing)
    const file = content.mode === 'file' && content.fileId ? { file_id: content.fileId, ...(content.thumbnailId ? { thumbnail_file_id: content.thumbnailId } : {}) } : {}
    const link = content.mode === 'link' && content.url.trim() ? { url: content.url.trim() } : {}
    const now = hasContent.value ? content.fileId && content.mode === 'file' ? content.fileId : content.url.trim() : ''
    let view = target.value
    if (!view) {
      view = await api.post<ResourceView>('/resources', { ...file, ...link, about: description(values) }, { idempotencyKey: key })
      made.value = view // a refused submission must not make it a second time
      sentContent.value = now
    } else {
      if (now && now !== sentContent.value) {
        view = await api.post<ResourceView>(`/resources/${view.item.id}/versions`, { ...file, ...link, note: content.note }, { idempotencyKey: key })
        sentContent.value = now
      }
      if (view.may.edit) view = await api.patch<ResourceView>(`/resources/${view.item.id}`, description(values))
    }
    if (send.value) view = await api.post<ResourceView>(`/resources/${view.item.id}/submit`, { scope: scope.value })
    return view
  })

  /** What was written of a new resource outlives a reload; the file goes on when it is chosen again. */
  const fresh = () => !existing() && !made.value
  function restore(kept: Draft | null) {
    if (!kept || kept.title === '') return
    const { touched: byHand, ...values } = kept
    Object.assign(form.values, values, preset)
    for (const key of byHand ?? []) touched.add(key)
    restored.value = true
  }
  function forget() {
    draft.drop()
    touched.clear()
    for (const key of Object.keys(preset)) touched.add(key)
    Object.assign(form.values, { ...emptyValues, ...preset })
    restored.value = false
  }
  if (newOne) {
    restore(draft.read())
    watch(form.values, (values) => { if (fresh() && form.dirty.value) draft.keep(values, touched) })
    watch(made, () => draft.drop())
  }

  watch(() => existing()?.item.id, () => {
    const view = existing()
    if (!view) return
    form.reset(valuesOf(view))
    if (view.item.wished_scope !== 'self') scope.value = view.item.wished_scope
    for (const key of Object.keys(emptyValues)) touched.add(key)
  }, { immediate: true })

  async function fileChosen(name: string, file: File) {
    content.fileName = name
    content.thumbnailId = ''
    found.value = refused.value = null
    void uploadThumbnail(file).then((id) => { if (content.fileName === name) content.thumbnailId = id })
    if (existing()) return
    try {
      fill(name, await api.get<Guess>('/resources/guess', { query: { name } }))
    } catch { /* a guess is only a help */ }
  }
  function fill(name: string, guess: Guess) {
    if (content.fileName !== name || existing()) return
    fillFrom(form.values, guess, touched)
    guessed.value = true
  }
  /** As soon as the file is there it is looked into: whether it opens, and what it can be. */
  async function fileUploaded(name: string, id: string) {
    content.fileName = name
    content.fileId = id
    try {
      const guess = await api.get<Guess>('/resources/guess', { query: { name, file_id: id }, quiet: true })
      if (content.fileId !== id) return
      found.value = guess
      fill(name, guess)
    } catch (error) {
      const problem = asProblem(error)
      if (content.fileId === id && problem.status === 415) refused.value = problem
    }
  }
  function fileRemoved() {
    content.fileId = content.thumbnailId = ''
    found.value = refused.value = null
  }
  const save = (submit: boolean) => {
    send.value = submit
    return form.submit()
  }
  return { form, content, scope, touched, guessed, hasContent, wrongFile, fileChosen, fileUploaded, fileRemoved, save, made, restored, forget }
}
