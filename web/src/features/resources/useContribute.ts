import { computed, reactive, ref, watch } from 'vue'
import { api } from '@/shared/api/client'
import { useForm } from '@/shared/composables/useForm'
import type { Guess, Kind, Licence, ResourceView, Scope, Source } from './types'

export interface Values {
  title: string; description: string; kind: Kind | ''; subject: string; grade_from: number; grade_to: number
  textbook_id: string; chapter_id: string; licence: Licence; source: Source; source_note: string; attribution: string
}
export const emptyValues: Values = { title: '', description: '', kind: '', subject: '', grade_from: 1, grade_to: 12, textbook_id: '', chapter_id: '', licence: 'none', source: 'none', source_note: '', attribution: '' }

/** What is sent of a form: choices that were not made are left out. */
export function description(values: Values) {
  const { kind, ...rest } = values
  return { ...rest, title: values.title.trim(), ...(kind ? { kind } : {}), ...(values.chapter_id ? {} : { chapter_id: '' }) }
}

/** Fills what is still empty with what a file's name says; what somebody typed stays. */
export function fillFrom(values: Values, guess: Guess, touched: ReadonlySet<string>) {
  const set = <K extends keyof Values>(key: K, value: Values[K] | null | undefined | 0) => { if (value && !touched.has(key)) values[key] = value }
  set('title', guess.title)
  set('kind', guess.kind)
  set('subject', guess.subject)
  set('textbook_id', guess.textbook_id)
  set('chapter_id', guess.chapter_id)
  set('grade_from', guess.grade)
  set('grade_to', guess.grade)
}

const valuesOf = (view: ResourceView): Values => ({
  title: view.item.title, description: view.description, kind: view.item.kind, subject: view.item.subject, grade_from: view.item.grade_from, grade_to: view.item.grade_to,
  textbook_id: view.textbook_id ?? '', chapter_id: view.item.chapter_id ?? '', licence: view.item.licence, source: view.source, source_note: view.source_note, attribution: view.item.attribution,
})

/** One form for a new resource and for mending one: file or link, description, and where to send it. */
export function useContribute(existing: () => ResourceView | undefined, preset: Partial<Values>) {
  const content = reactive({ mode: 'file' as 'file' | 'link', fileId: '', fileName: '', url: '', note: '' })
  const scope = ref<Scope>('school')
  const send = ref(false)
  const touched = new Set<string>(Object.keys(preset))
  const guessed = ref(false)
  const made = ref<ResourceView>()
  const hasContent = computed(() => (content.mode === 'file' ? Boolean(content.fileId) : Boolean(content.url.trim())))
  const target = computed(() => made.value ?? existing())

  const form = useForm<Values, ResourceView>({ ...emptyValues, ...preset }, async (values, key) => {
    const file = content.mode === 'file' && content.fileId ? { file_id: content.fileId } : {}
    const link = content.mode === 'link' && content.url.trim() ? { url: content.url.trim() } : {}
    let view = target.value
    if (!view) {
      view = await api.post<ResourceView>('/resources', { ...file, ...link, about: description(values) }, { idempotencyKey: key })
      made.value = view // a refused submission must not make it a second time
    } else {
      if (hasContent.value && !made.value) view = await api.post<ResourceView>(`/resources/${view.item.id}/versions`, { ...file, ...link, note: content.note }, { idempotencyKey: key })
      if (view.may.edit) view = await api.patch<ResourceView>(`/resources/${view.item.id}`, description(values))
    }
    if (send.value) view = await api.post<ResourceView>(`/resources/${view.item.id}/submit`, { scope: scope.value })
    return view
  })

  watch(() => existing()?.item.id, () => {
    const view = existing()
    if (!view) return
    form.reset(valuesOf(view))
    if (view.item.wished_scope !== 'self') scope.value = view.item.wished_scope
    for (const key of Object.keys(emptyValues)) touched.add(key)
  }, { immediate: true })

  async function fileChosen(name: string) {
    content.fileName = name
    if (existing()) return
    try {
      fillFrom(form.values, await api.get<Guess>('/resources/guess', { query: { name } }), touched)
      guessed.value = true
    } catch { /* a guess is only a help */ }
  }
  const save = (submit: boolean) => {
    send.value = submit
    return form.submit()
  }
  return { form, content, scope, touched, guessed, hasContent, fileChosen, save, made }
}
