import { describe, expect, it } from 'vitest'
import { baseCompile } from '@intlify/message-compiler'

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
