import { ref, shallowRef } from 'vue'
import { api } from '@/shared/api/client'
import { asProblem, type Problem } from '@/shared/api/problem'
import type { KeySheet, Setup } from './model'

const kept = 'santong.setup'

/** The wizard's talk with the server; the code goes with every request and stays in this tab. */
export function useSetup() {
  const code = ref(sessionStorage.getItem(kept) ?? '')
  const view = shallowRef<Setup | null>(null)
  const problem = shallowRef<Problem | null>(null)
  const asked = ref(false)
  const gone = ref(false)
  const busy = ref(false)
  const options = () => ({ headers: { 'X-Setup-Code': code.value.trim() }, quiet: true })

  function lost(error: unknown): never {
    const found = asProblem(error)
    if (found.status === 401) {
      view.value = null
      problem.value = found
    }
    throw found
  }
  /** The code is checked by asking for what is known so far. */
  async function open() {
    busy.value = true
    problem.value = null
    try {
      view.value = await api.get<Setup>('/setup', options())
      sessionStorage.setItem(kept, code.value.trim())
    } catch (error) {
      const found = asProblem(error)
      gone.value = found.status === 404
      if (found.code !== 'setup.code_needed') problem.value = found
    } finally {
      busy.value = false
      asked.value = true
    }
  }
  async function save(step: string, body: object) {
    view.value = await api.put<Setup>(`/setup/${step}`, body, options()).catch(lost)
  }
  async function confirm(role: string, digits: string) {
    view.value = await api.post<Setup>(`/setup/people/${role}/confirm`, { code: digits }, options()).catch(lost)
  }
  const keySheet = () => api.post<KeySheet>('/setup/key-sheet', {}, options()).catch(lost)
  async function finish() {
    const done = await api.post<{ address: string; login: string }>('/setup/finish', {}, options()).catch(lost)
    sessionStorage.removeItem(kept)
    return done
  }
  return { code, view, problem, asked, gone, busy, open, save, confirm, keySheet, finish }
}
export type SetupTalk = ReturnType<typeof useSetup>
