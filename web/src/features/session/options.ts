import { ref } from 'vue'
import { api } from '@/shared/api/client'

export interface DemoAccount { role: string; name: string; login: string; password: string }
export interface SignInOptions { place: string; demo: boolean; pupil_signin: boolean; classroom_signin: boolean; demo_accounts?: DemoAccount[] }

const options = ref<SignInOptions | null>(null)
/** What this server offers at the door. Without an answer the plain form still works. */
export function useSignInOptions() {
  const failed = ref(false)
  if (!options.value) void api.get<SignInOptions>('/session/options', { quiet: true }).then((found) => { options.value = found }).catch(() => { failed.value = true })
  return { options, failed }
}
