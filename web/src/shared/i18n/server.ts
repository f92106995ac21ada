import { shallowRef } from 'vue'

type Catalogue = Record<string, string>

const catalogue = shallowRef<Catalogue>({})
const files: Record<string, () => Promise<{ default: Catalogue }>> = {
  'zh-CN': () => import('./server.zh-CN'),
  en: () => import('./server.en'),
}

/** The texts of the server's own codes: one chunk a language, loaded with the language. */
export async function loadServerTexts(language: string) {
  const module = await files[language]?.()
  if (module) catalogue.value = module.default
}

/** For tests. */
export function setServerTexts(texts: Catalogue) { catalogue.value = texts }

export function fill(text: string, params: Record<string, unknown>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in params ? String(params[name]) : whole))
}

/** The text of a server code ("auth.locked"), or null when nobody wrote one. */
export function serverText(code: string, params: Record<string, unknown> = {}): string | null {
  const text = catalogue.value[code] ?? catalogue.value[`errors.${code}`]
  return text === undefined ? null : fill(text, params)
}
