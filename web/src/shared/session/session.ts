import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { api, connectSession, setCsrf } from '@/shared/api/client'
import { asProblem } from '@/shared/api/problem'
import { closeLive } from '@/shared/api/live'
import { setLanguage, type Language } from '@/shared/i18n'

export interface Place { id: string; name: string }
export interface Post { role: string; org_id: string; org_name: string; org_path: Place[] }
export interface Session {
  csrf: string
  account_id: string
  person_id: string
  name: string
  language: Language
  demo: boolean
  now: number
  zone: string
  district: Place
  home: string
  roles: Post[]
  permissions: string[]
  must_change_password: boolean
  totp_enrolled: boolean
}

const remember = (key: string, value: string | null) => {
  try {
    if (value === null) localStorage.removeItem(key)
    else localStorage.setItem(key, value)
  } catch { /* private window */ }
}
const recall = (key: string) => { try { return localStorage.getItem(key) } catch { return null } }
const postKey = (post: Post) => `${post.role}@${post.org_id}`

/** Who is signed in, in which post, at which place, and what time the district's clock shows. */
export const useSession = defineStore('session', () => {
  const session = ref<Session | null>(null)
  const asked = ref(false)
  const chosenPost = ref<string | null>(null)
  const chosenPlace = ref<Place | null>(null)
  let clockSkew = 0
  let pending: Promise<Session | null> | null = null

  const signedIn = computed(() => session.value !== null)
  const posts = computed(() => session.value?.roles ?? [])
  const post = computed<Post | null>(() => {
    const all = posts.value
    return all.find((one) => postKey(one) === chosenPost.value) ?? all.find((one) => one.role === session.value?.home) ?? all[0] ?? null
  })
  const role = computed(() => post.value?.role ?? session.value?.home ?? '')
  const place = computed<Place | null>(() => chosenPlace.value ?? (post.value ? { id: post.value.org_id, name: post.value.org_name } : session.value?.district ?? null))

  function take(next: Session | null) {
    session.value = next
    asked.value = true
    setCsrf(next?.csrf ?? '')
    if (!next) return
    clockSkew = next.now - Date.now()
    chosenPost.value = recall(`santong.post.${next.account_id}`)
  }

  /** Asks the server who we are; concurrent callers share one question. */
  function load(): Promise<Session | null> {
    pending ??= api.get<Session>('/session', { quiet: true })
      .then(async (next) => {
        take(next)
        if (next.language) await setLanguage(next.language)
        return next
      })
      .catch((error) => {
        if (asProblem(error).status !== 401) throw error
        take(null)
        return null
      })
      .finally(() => { pending = null })
    return pending
  }

  async function signOut() {
    try {
      await api.delete('/session', { quiet: true })
    } finally {
      closeLive()
      take(null)
      location.assign('/signin') // a new page, so that nothing of this person stays in memory
    }
  }

  function switchPost(next: Post) {
    chosenPost.value = postKey(next)
    chosenPlace.value = null
    if (session.value) remember(`santong.post.${session.value.account_id}`, chosenPost.value)
  }
  function switchPlace(next: Place | null) { chosenPlace.value = next }

  async function chooseLanguage(language: Language) {
    await setLanguage(language)
    if (!session.value) return
    session.value.language = language
    await api.patch('/me', { language }, { quiet: true }).catch(() => undefined) // the choice holds on this machine anyway
  }

  const can = (permission: string) => session.value?.permissions.includes(permission) ?? false
  /** The district's own clock in ms: use it instead of Date.now() (the demo lives in 2014). */
  const now = () => Date.now() + clockSkew

  function expire() { if (session.value) take(null) }

  return { session, asked, signedIn, posts, post, role, place, load, take, signOut, switchPost, switchPlace, chooseLanguage, can, now, expire, postKey }
})

/** Wires the HTTP client to the store; `toSignIn` is called once when the server no longer knows us. */
export function wireSession(store: ReturnType<typeof useSession>, toSignIn: () => void) {
  connectSession({
    signedOut: () => {
      if (!store.signedIn) return
      store.expire()
      toSignIn()
    },
    renew: async () => { await store.load() },
  })
}
