import { useQueryClient } from '@tanstack/vue-query'
import { computed, onBeforeUnmount, reactive, ref, shallowRef, watch, type Ref } from 'vue'
import { api } from '@/shared/api/client'
import { asProblem, type Problem } from '@/shared/api/problem'
import { passing } from './line'
import { same, savable } from './plan'
import type { LessonPlan, PlanContent, PlanView, ResourceBrief } from './types'

export type SaveState = 'saved' | 'dirty' | 'saving' | 'retrying' | 'refused' | 'conflict'
const quiet = 1200
const pauses = [2000, 4000, 8000, 15_000]

/** One plan on the screen: loads it, saves by itself what is typed, and tells when somebody else has saved. */
export function usePlan(id: Ref<string | null>) {
  const client = useQueryClient()
  const view = ref<PlanView | null>(null)
  const content = ref<PlanContent | null>(null)
  const sharing = ref<'own' | 'school'>('own')
  const state = ref<SaveState>('saved')
  const savedAt = ref(0)
  const failed = shallowRef<Problem | null>(null)
  const refused = shallowRef<Problem | null>(null)
  const theirs = shallowRef<LessonPlan | null>(null)
  const resources = reactive(new Map<string, ResourceBrief>())
  let timer: ReturnType<typeof setTimeout> | undefined
  let tries = 0
  let asked = 0

  const dirty = computed(() => ['dirty', 'saving', 'retrying', 'refused', 'conflict'].includes(state.value))
  const clone = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

  function take(next: PlanView) {
    view.value = next
    content.value = clone(next.plan.content)
    sharing.value = next.plan.sharing
    savedAt.value = next.plan.updated_at
    for (const one of next.resources) resources.set(one.id, one)
    theirs.value = null
    refused.value = null
    state.value = 'saved'
  }
  async function load() {
    const mine = ++asked
    clearTimeout(timer)
    failed.value = null
    if (!id.value) { view.value = null; content.value = null; return }
    try {
      const next = await api.get<PlanView>(`/lesson-plans/${id.value}`)
      if (mine === asked) take(next)
    } catch (error) {
      if (mine === asked) failed.value = asProblem(error)
    }
  }

  async function save() {
    clearTimeout(timer)
    const now = view.value
    if (!now?.mine || !content.value || state.value === 'saving' || state.value === 'conflict') return
    const sent = clone(savable(content.value, now.plan.content))
    const sentSharing = sharing.value
    if (same(sent, now.plan.content) && sentSharing === now.plan.sharing) { state.value = 'saved'; return }
    state.value = 'saving'
    try {
      const plan = await api.put<LessonPlan>(`/lesson-plans/${now.plan.id}`, { version: now.plan.version, content: sent, sharing: sentSharing })
      if (view.value?.plan.id !== plan.id) return
      now.plan = plan
      savedAt.value = plan.updated_at
      tries = 0
      refused.value = null
      const more = !same(savable(content.value, plan.content), sent) || sharing.value !== sentSharing
      state.value = more ? 'dirty' : 'saved'
      if (more) later(quiet)
      void client.invalidateQueries({ queryKey: ['prepare-tree'] })
    } catch (error) {
      const problem = asProblem(error)
      if (problem.code === 'teaching.plan_changed') await meet()
      else if (passing(problem.status)) {
        state.value = 'retrying'
        later(pauses[Math.min(tries++, pauses.length - 1)]!)
      } else {
        refused.value = problem
        state.value = 'refused'
      }
    }
  }
  function later(ms: number) { clearTimeout(timer); timer = setTimeout(() => void save(), ms) }

  /** Somebody saved meanwhile: both versions are shown, nothing is thrown away. */
  async function meet() {
    state.value = 'conflict'
    try {
      theirs.value = (await api.get<PlanView>(`/lesson-plans/${id.value}`)).plan
    } catch {
      state.value = 'retrying'
      later(pauses[0]!)
    }
  }
  /** Goes on with one of the two; the other stays in the history. */
  async function settle(which: 'mine' | 'theirs') {
    if (!theirs.value || !view.value) return
    view.value.plan = theirs.value
    if (which === 'theirs') {
      content.value = clone(theirs.value.content)
      sharing.value = theirs.value.sharing
    }
    theirs.value = null
    state.value = 'dirty'
    await save()
  }

  watch([content, sharing], () => {
    if (!view.value || !content.value || state.value === 'conflict') return
    if (same(savable(content.value, view.value.plan.content), view.value.plan.content) && sharing.value === view.value.plan.sharing) {
      if (state.value === 'dirty') state.value = 'saved'
      return
    }
    if (state.value !== 'saving') state.value = 'dirty'
    later(quiet)
  }, { deep: true })
  watch(id, () => void load(), { immediate: true })
  onBeforeUnmount(() => { clearTimeout(timer); if (state.value === 'dirty') void save() })

  return { view, content, sharing, state, savedAt, failed, refused, theirs, resources, dirty, load, save, settle, take }
}
