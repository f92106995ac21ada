import type { Values } from './useContribute'

/** What is kept of a description: nothing that names a person. `touched`: what was written by hand; the rest came from a file's name. */
export type Draft = Omit<Values, 'attribution' | 'source_note' | 'holder' | 'terms'> & { touched?: string[] }

const all = 'santong.draft.'

/** The description of a new resource in this tab, one for each account; another account's goes as soon as it is met. */
export function draftOf(account: string, storage: Storage | null = own()) {
  const key = `${all}${account}.resource`
  for (const name of Object.keys(storage ?? {})) if (name.startsWith(all) && name !== key) storage?.removeItem(name)
  return {
    read(): Draft | null {
      try { return JSON.parse(storage?.getItem(key) ?? 'null') as Draft | null } catch { return null }
    },
    keep({ attribution: _who, source_note: _where, holder: _holder, terms: _terms, ...kept }: Values, touched: Iterable<string> = []) {
      try { storage?.setItem(key, JSON.stringify({ ...kept, touched: [...touched] } satisfies Draft)) } catch { /* full, or a private window */ }
    },
    drop: () => storage?.removeItem(key),
  }
}

function own(): Storage | null {
  try { return sessionStorage } catch { return null }
}
