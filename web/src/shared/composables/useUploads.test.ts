import { expect, it } from 'vitest'
import type { DetailedError } from 'tus-js-client'
import { stopped } from './useUploads'

const answered = (status: number, body: string) => Object.assign(new Error('tus'), { originalResponse: { getStatus: () => status, getBody: () => body } }) as unknown as DetailedError

it('a refused file names its reason and is not tried again', () => {
  const found = stopped(answered(400, '{"code":"files.empty"}'))
  expect(found.state).toBe('refused')
  expect(found.problem.code).toBe('files.empty')
})
it('a line that was cut, or a server that is busy, lets the same file go on', () => {
  expect(stopped(new Error('tus: failed to upload')).state).toBe('failed')
  expect(stopped(new Error('tus: failed to upload')).problem.status).toBe(0)
  for (const status of [401, 409, 423, 429, 503]) expect(stopped(answered(status, '')).state).toBe('failed')
})
