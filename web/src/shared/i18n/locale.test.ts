import { describe, expect, it } from 'vitest'
import { baseCompile } from '@intlify/message-compiler'
import { createI18n } from 'vue-i18n'

type Json = { [key: string]: string | Json }
const files = import.meta.glob<Json>(['../../**/locale/{zh-CN,en}.json', './problems.*.json'], { eager: true, import: 'default' })
const flat = (value: Json, path = ''): [string, string][] => Object.entries(value).flatMap(([key, inner]) => (typeof inner === 'string' ? [[path + key, inner] as [string, string]] : flat(inner, `${path}${key}.`)))
const pairs = Object.keys(files).filter((path) => path.includes('zh-CN')).map((path) => [path, flat(files[path]!), flat(files[path.replace('zh-CN', 'en')] ?? {})] as const)
// English names a blank once for each of its plural forms
const names = (text: string) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]))].sort().join()

describe.each(pairs)('%s', (path, chinese, english) => {
  it('has the same keys and the same blanks to fill in both languages', () => {
    expect(english.map(([key]) => key).sort()).toEqual(chinese.map(([key]) => key).sort())
    const other = new Map(english)
    for (const [key, text] of chinese) expect(`${key}: ${names(other.get(key)!)}`).toBe(`${key}: ${names(text)}`)
  })
  it('writes Chinese with full-width punctuation', () => {
    const wrong = chinese.filter(([, text]) => /[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]/.test(text))
    expect(wrong).toEqual([])
  })
  it('can be read by the message compiler', () => {
    if (path.includes('problems')) return
    for (const [key, text] of [...chinese, ...english]) expect(() => baseCompile(text, { onError: (error) => { throw error } }), key).not.toThrow()
  })
})

it('calls a kind and a scope of a resource by one word everywhere', () => {
  for (const group of ['kind', 'scope']) {
    const wordsOf = (feature: string, language: string) => (Object.entries(files).find(([path]) => path.endsWith(`features/${feature}/locale/${language}.json`))![1] as Json)[group]
    for (const language of ['zh-CN', 'en']) expect(wordsOf('teaching', language)).toEqual(wordsOf('resources', language))
  }
})

it('says in English one of a thing and several things', () => {
  const wordsOf = (feature: string) => Object.entries(files).find(([path]) => path.endsWith(`features/${feature}/locale/en.json`))![1]
  const { t } = createI18n({ legacy: false, locale: 'en', messages: { en: { import: wordsOf('import'), workflow: wordsOf('workflow') } } as never }).global as unknown as { t: (key: string, blanks: object, n?: number) => string }
  expect([1, 2].map((n) => t('workflow.due.late', { n }))).toEqual(['overdue by 1 day', 'overdue by 2 days'])
  expect([0, 1, 1200].map((n) => t('import.totals.schools', { n: n.toLocaleString('en') }, n))).toEqual(['0 schools', '1 school', '1,200 schools'])
  expect([1, 3].map((n) => t('import.absent.hint', { n }, n))).toEqual(['only in the one place that the file names', 'only in the 3 places that the file names'])
})
