import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { api, connectSession, setCsrf } from '@/shared/api/client'
import { closeLive, whenRefused } from '@/shared/api/live'
import { languages, setLanguage, type Language } from '@/shared/i18n'
import { showMoments } from '@/shared/i18n/format'

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
  totp_required: boolean
  totp_enrolled: boolean
}

const remember = (key: string, value: string | null) => {
  try {
    if (value === null) localStorage.removeItem(key)
    else localStorage.setItem(key, value)
  } catch { /* private window */ }
}
const recall = (key: string) => { try { return localStorage.getItem(key) } catch { return null } }
/** The language that was picked at the door, until the account keeps it: also across the first password and a reload. */
const atTheDoor = {
  key: 'santong.language.picked',
  get: () => { try { return languages.find((one) => one === sessionStorage.getItem(atTheDoor.key)) } catch { return undefined } },
  set: (language: Language) => { try { sessionStorage.setItem(atTheDoor.key, language) } catch { /* private window */ } },
  forget: () => { try { sessionStorage.removeItem(atTheDoor.key) } catch { /* private window */ } },
}
const postKey = (post: Post) => `${post.role}@${post.org_id}`

const halfYear = 182 * 86_400_000
/**
 * The demo lives by a calendar of its own; what is really done in it (sign-ins, uploads, the audit log) is kept by the
 * machine's clock. On screens such a moment, years ahead of the demo's day, stands as long ago as it was.
 */
export const inDemoCalendar = (at: number, machineNow: number, skew: number) => (at - (machineNow + skew) > halfYear ? at + skew : at)

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
    showMoments(next.demo ? (at) => inDemoCalendar(at, Date.now(), clockSkew) : null)
    chosenPost.value = recall(`santong.post.${next.account_id}`)
  }

  /** Asks the server who we are; concurrent callers share one question. */
  function load(): Promise<Session | null> {
    pending ??= api.get<{ session?: Session | null }>('/session/current', { quiet: true })
      .then(async ({ session: next }) => {
        take(next ?? null)
        if (next) await speak(next)
        return next ?? null
      })
      .finally(() => { pending = null })
    return pending
  }

  /** The account's language; but one that was picked at the door wins, and the account keeps it. */
  async function speak(next: Session) {
    const picked = atTheDoor.get()
    await setLanguage(picked ?? next.language)
    if (!picked) return
    next.language = picked
    await keepLanguage(picked).then(atTheDoor.forget, () => undefined) // not before an own password is set: kept for then
  }
  const keepLanguage = (language: Language) => api.patch('/me', { language }, { quiet: true })

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
    if (!session.value) return atTheDoor.set(language)
    session.value.language = language
    await keepLanguage(language).catch(() => atTheDoor.set(language)) // holds in this browser, and is tried again
  }

  const can = (permission: string) => session.value?.permissions.includes(permission) ?? false
  /** The district's own clock in ms: use it instead of Date.now() (the demo lives in 2014). */
  const now = () => Date.now() + clockSkew

  /** A moment by the machine's clock (a sign-in window's end) as the district's clock shows it; they differ in the demo only. */
  const shown = (at: number) => (session.value?.demo ? at + clockSkew : at)
  /** The other way round: by which moment of the machine's clock to look for what a screen shows at this one. */
  const kept = (at: number) => (session.value?.demo ? at - clockSkew : at)

  return { session, asked, signedIn, posts, post, role, place, load, take, signOut, switchPost, switchPlace, chooseLanguage, can, now, shown, kept, postKey }
})

/** Wires the HTTP client to the store; `toSignIn` is called once when the server no longer knows us, and leaves the page. */
export function wireSession(store: ReturnType<typeof useSession>, toSignIn: () => void) {
  let leaving = false
  const signedOut = () => {
    if (!store.signedIn || leaving) return
    leaving = true // the store keeps the person until the page is gone: parts of it still count on one
    toSignIn()
  }
  connectSession({ signedOut, renew: async () => { await store.load() } })
  whenRefused(() => {
    void api.get<{ session?: Session | null }>('/session/current', { quiet: true }).then(({ session }) => { if (!session) signedOut() }, () => undefined)
  })
}
