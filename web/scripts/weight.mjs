/** Weighs the first visit to the sign-in page and what each role's home adds, gzipped, against the limits of the house. */
import { readdirSync, readFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const root = new URL('..', import.meta.url).pathname
const dist = join(root, 'dist')
const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'))
const limits = { signin: 150, home: 400 }
const sizes = new Map()
const size = (file) => {
  if (!sizes.has(file)) sizes.set(file, gzipSync(readFileSync(join(dist, file)), { level: 6 }).length)
  return sizes.get(file)
}

/** A chunk with everything that it pulls in at once. */
function files(keys) {
  const seen = new Set()
  const out = new Set()
  const walk = (key) => {
    if (seen.has(key)) return
    seen.add(key)
    const chunk = manifest[key]
    if (!chunk) throw new Error(`not in the build: ${key}`)
    out.add(chunk.file)
    for (const css of chunk.css ?? []) out.add(css)
    for (const next of chunk.imports ?? []) walk(next)
  }
  for (const key of keys) walk(key)
  return out
}
const weigh = (set) => [...set].reduce((sum, file) => sum + size(file), 0)
const texts = (...names) => names.map((name) => `${name}/locale/zh-CN.json`).filter((key) => manifest[key])
const find = (part) => Object.keys(manifest).filter((key) => key.includes(part))

const signin = files(['index.html', 'src/features/session/SignInPage.vue', ...texts('src/app', 'src/shared/ui', 'src/features/session'), ...find('server.zh-CN')])
signin.add('index.html').add('favicon.svg')
const rows = [['sign-in', weigh(signin), limits.signin]]

const shell = ['index.html', 'src/app/layouts/ShellLayout.vue', 'src/shared/api/query.ts', ...find('theme/element.css'), ...find('virtual:nav/zh-CN')].filter((key) => manifest[key])
rows.push(['shell', weigh(new Set([...files(shell)].filter((file) => !signin.has(file)))), limits.home])
for (const feature of readdirSync(join(root, 'src/features')).sort()) {
  const file = join(root, 'src/features', feature, 'routes.ts')
  if (!existsSync(file)) continue
  for (const record of readFileSync(file, 'utf8').split(/\bpath:/).slice(1)) {
    const roles = /homeOf:\s*\[([^\]]*)\]/.exec(record)?.[1].replace(/['"\s]/g, '')
    const page = /import\('\.\/([^']+)'\)/.exec(record)?.[1]
    if (!roles || !page) continue
    const home = files([...shell, `src/features/${feature}/${page}`, ...texts(`src/features/${feature}`)])
    rows.push([`home of ${roles}`, weigh(new Set([...home].filter((one) => !signin.has(one)))), limits.home])
  }
}
let over = false
for (const [name, bytes, limit] of rows) {
  const kb = bytes / 1024
  if (kb > limit) over = true
  console.log(`${kb > limit ? '✗' : '✓'} ${name.padEnd(40)} ${kb.toFixed(1).padStart(7)} KB of ${limit}`)
}
console.log('heaviest chunks:')
for (const file of readdirSync(join(dist, 'assets')).map((name) => `assets/${name}`).sort((a, b) => size(b) - size(a)).slice(0, 8)) console.log(`  ${(size(file) / 1024).toFixed(1).padStart(7)} KB  ${file}`)
process.exitCode = over ? 1 : 0
