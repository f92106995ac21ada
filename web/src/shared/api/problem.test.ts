import { beforeEach, describe, expect, it } from 'vitest'
import { setServerTexts } from '@/shared/i18n/server'
import { apiUrl } from './client'
import { asProblem, fieldErrors, Problem, problemFromResponse, problemText, retryAfterSeconds } from './problem'

beforeEach(() => setServerTexts({ 'auth.locked': '请等 {minutes} 分钟', 'http.422': '有几项没填对', 'http.500': '服务器出错了', 'network.unreachable': '连不上', 'roster.name_taken': '“{name}”已经有了' }))

describe('a refusal in words', () => {
  it('uses the text of the code and fills it in', () => {
    expect(problemText(new Problem(429, 'auth.locked', { minutes: 5 }))).toBe('请等 5 分钟')
  })
  it('falls back to the kind of refusal when nobody wrote a text', () => {
    expect(problemText(new Problem(422, 'roster.unheard_of'))).toBe('有几项没填对')
    expect(problemText(new Problem(502, 'http.502'))).toBe('服务器出错了')
  })
  it('says that the server is out of reach when the network fails', () => {
    expect(problemText(new TypeError('Failed to fetch'))).toBe('连不上')
    expect(asProblem(new TypeError('x')).status).toBe(0)
  })
  it('reads problem+json and survives a page in its place', async () => {
    const problem = await problemFromResponse(new Response('{"code":"auth.locked","params":{"minutes":2},"trace_id":"t1"}', { status: 429, headers: { 'Retry-After': '120' } }))
    expect(problem).toMatchObject({ status: 429, code: 'auth.locked', traceId: 't1', retryAfter: 120 })
    expect((await problemFromResponse(new Response('<html>', { status: 502 }))).code).toBe('http.502')
  })
  it('brings field errors to their fields', () => {
    const problem = new Problem(422, 'http.422', {}, '', '', [{ pointer: '/items/0/name', code: 'roster.name_taken', params: { name: '五（2）班' } }])
    expect(fieldErrors(problem)).toEqual({ 'items.0.name': '“五（2）班”已经有了' })
  })
  it('understands both forms of Retry-After', () => {
    expect(retryAfterSeconds('30')).toBe(30)
    expect(retryAfterSeconds(new Date(61_000).toUTCString(), 1000)).toBe(60)
    expect(retryAfterSeconds(null)).toBe(0)
  })
})

describe('addresses', () => {
  it('stand under the version of the API and leave empty values out', () => {
    expect(apiUrl('/people', { q: '', after: null, limit: 50, state: ['a', 'b'] })).toBe('/api/v1/people?limit=50&state=a&state=b')
    expect(apiUrl('/api/v1/x')).toBe('/api/v1/x')
  })
})
