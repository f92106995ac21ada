import createClient from 'openapi-fetch'
import { csrfToken } from './client'
import { problemFromResponse } from './problem'

/**
 * The typed client over the generated types:
 * `import type { paths } from '@/shared/api/schema'; const typed = createTypedClient<paths>()`.
 */
export function createTypedClient<Paths extends object>() {
  const client = createClient<Paths>({ baseUrl: '', credentials: 'same-origin' })
  client.use({
    onRequest({ request }) {
      if (request.method !== 'GET' && csrfToken()) request.headers.set('X-CSRF-Token', csrfToken())
      return request
    },
    async onResponse({ response }) {
      if (!response.ok) throw await problemFromResponse(response)
      return response
    },
  })
  return client
}
