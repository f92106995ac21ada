import { createI18n } from 'vue-i18n'
import { loadServerTexts } from './server'

export type Language = 'zh-CN' | 'en'
export const languages: Language[] = ['zh-CN', 'en']
type Messages = Record<string, unknown>
type Loader = () => Promise<Messages>

const base = import.meta.glob<Messages>(['../../app/locale/*.json', '../ui/locale/*.json'], { import: 'default' }) as Record<string, Loader>
const features = import.meta.glob<Messages>('../../features/*/locale/*.json', { import: 'default' }) as Record<string, Loader>
const nav: Record<Language, Loader> = {
  'zh-CN': () => import('virtual:nav/zh-CN').then((m) => m.default),
  en: () => import('virtual:nav/en').then((m) => m.default),
}

export const i18n = createI18n({
  legacy: false,
  globalInjection: true,
  locale: 'zh-CN' as string,
  fallbackLocale: false,
  messages: {} as Record<string, never>,
  missingWarn: import.meta.env.DEV,
  warnHtmlMessage: false,
})

const stored = 'santong.language'
const wanted = new Set<string>()
const loaded = new Map<string, Promise<void>>()

function once(key: string, work: () => Promise<void>) {
  let promise = loaded.get(key)
  if (!promise) {
    promise = work().catch((error) => { loaded.delete(key); throw error })
    loaded.set(key, promise)
  }
  return promise
}

const merge = (language: Language, messages: Messages) => i18n.global.mergeLocaleMessage(language, messages as never)

function loadBase(language: Language) {
  return once(`base ${language}`, async () => {
    const files = Object.entries(base).filter(([path]) => path.endsWith(`/${language}.json`))
    for (const messages of await Promise.all(files.map(([, load]) => load()))) merge(language, messages)
  })
}

/** The names of all modules, for the rail: a few hundred bytes, apart from the modules' own texts. */
export function loadNavTitles(language = currentLanguage()) {
  return once(`nav ${language}`, async () => merge(language, await nav[language]()))
}

/** A feature's texts stand under its folder's name: `review/locale/zh-CN.json` {"title"} is `review.title`. */
export function loadFeatureTexts(feature: string, language = currentLanguage()) {
  wanted.add(feature)
  const load = features[`../../features/${feature}/locale/${language}.json`]
  if (!load) return Promise.resolve()
  return once(`${feature} ${language}`, async () => merge(language, { [feature]: await load() }))
}

export function currentLanguage(): Language {
  return i18n.global.locale.value === 'en' ? 'en' : 'zh-CN'
}

export async function setLanguage(language: Language) {
  const navWanted = [...loaded.keys()].some((key) => key.startsWith('nav '))
  await Promise.all([
    loadBase(language),
    loadServerTexts(language),
    navWanted ? loadNavTitles(language) : undefined,
    ...[...wanted].map((feature) => loadFeatureTexts(feature, language)),
  ])
  i18n.global.locale.value = language
  document.documentElement.lang = language
  // Goes along with every request, downloads and event streams included: the server answers in the language of the page.
  document.cookie = `language=${language}; Path=/; Max-Age=31536000; SameSite=Lax`
  try { localStorage.setItem(stored, language) } catch { /* private window */ }
}

/** Another window of this browser speaks another language now: so does this one, for both share the cookie. */
export function followOtherWindows() {
  addEventListener('storage', (event) => {
    const next = event.key === stored ? languages.find((one) => one === event.newValue) : undefined
    if (next && next !== currentLanguage()) void setLanguage(next)
  })
}

/** What was chosen on this machine, else what the browser speaks, else Chinese. */
export function firstLanguage(): Language {
  let last: string | null = null
  try { last = localStorage.getItem(stored) } catch { /* private window */ }
  if (last === 'en' || last === 'zh-CN') return last
  return navigator.language && !navigator.language.startsWith('zh') && navigator.language.startsWith('en') ? 'en' : 'zh-CN'
}
