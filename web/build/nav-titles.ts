import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'

/**
 * Serves `virtual:nav/<language>`: the `nav` part of every feature's locale file, so that the shell can
 * name all modules without loading the texts of modules the person does not open.
 */
export function navTitles(featuresDir: string): Plugin {
  const prefix = 'virtual:nav/'
  return {
    name: 'santong-nav-titles',
    resolveId: (id) => (id.startsWith(prefix) ? '\0' + id : undefined),
    load(id) {
      if (!id.startsWith('\0' + prefix)) return undefined
      const language = id.slice(prefix.length + 1)
      const titles: Record<string, { nav: unknown }> = {}
      for (const feature of readdirSync(featuresDir).sort()) {
        const file = join(featuresDir, feature, 'locale', `${language}.json`)
        if (!existsSync(file)) continue
        this.addWatchFile(file)
        const text = JSON.parse(readFileSync(file, 'utf8')) as { nav?: unknown }
        if (text.nav) titles[feature] = { nav: text.nav }
      }
      return `export default ${JSON.stringify(titles)}`
    },
  }
}
