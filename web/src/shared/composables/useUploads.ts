import type { DetailedError, Upload as TusUpload } from 'tus-js-client'
import { onScopeDispose, reactive } from 'vue'
import { csrfToken } from '@/shared/api/client'
import { Problem, problemFromText } from '@/shared/api/problem'

export interface Upload { id: number; name: string; size: number; sent: number; state: 'uploading' | 'paused' | 'done' | 'failed' | 'refused'; url: string; fileId: string; problem: Problem | null }

/** What stopped an upload. A refusal is final for this file; after anything else the same file may go on. */
export function stopped(error: Error | DetailedError): { state: 'failed' | 'refused'; problem: Problem } {
  const answer = 'originalResponse' in error ? error.originalResponse : null
  const status = answer?.getStatus() ?? 0
  const problem = status ? problemFromText(status, answer?.getBody() ?? '') : new Problem(0, 'network.unreachable')
  const passing = [401, 403, 408, 409, 423, 429].includes(status)
  return { state: status >= 400 && status < 500 && !passing ? 'refused' : 'failed', problem }
}

/** Resumable uploads; the client is fetched with the first file. What was begun goes on after a reload when the same file is chosen again. */
export function useUploads(endpoint: string, meta: () => Record<string, string>, onDone: (upload: Upload) => void) {
  const uploads = reactive<Upload[]>([])
  const running = new Map<number, TusUpload>()
  let last = 0

  async function add(file: File) {
    const id = ++last
    uploads.push({ id, name: file.name, size: file.size, sent: 0, state: 'uploading', url: '', fileId: '', problem: null })
    const upload = uploads.find((one) => one.id === id)!
    try {
      const tus = await import('tus-js-client')
      const sender = new tus.Upload(file, {
        endpoint,
        chunkSize: 8 * 1024 * 1024,
        retryDelays: [0, 1000, 3000, 10_000, 30_000],
        metadata: { filename: file.name, filetype: file.type, ...meta() },
        onBeforeRequest: (request) => request.setHeader('X-CSRF-Token', csrfToken()),
        onAfterResponse: (_, response) => { upload.fileId = response.getHeader('Santong-File-Id') ?? upload.fileId },
        onProgress: (sent) => { upload.sent = sent },
        onError: (error) => { Object.assign(upload, stopped(error)) },
        onSuccess: () => {
          upload.state = 'done'
          upload.sent = upload.size
          upload.url = sender.url ?? ''
          onDone(upload)
        },
      })
      running.set(id, sender)
      const earlier = (await sender.findPreviousUploads())[0]
      if (earlier) sender.resumeFromPreviousUpload(earlier)
      sender.start()
    } catch {
      upload.state = 'failed'
    }
  }
  const find = (id: number) => uploads.find((one) => one.id === id)
  function pause(id: number) {
    void running.get(id)?.abort()
    const upload = find(id)
    if (upload) upload.state = 'paused'
  }
  function resume(id: number) {
    const upload = find(id)
    if (upload) Object.assign(upload, { state: 'uploading', problem: null })
    running.get(id)?.start()
  }
  function remove(id: number) {
    const done = find(id)?.state === 'done'
    if (!done) void running.get(id)?.abort(true).catch(() => undefined)
    running.delete(id)
    const index = uploads.findIndex((one) => one.id === id)
    if (index >= 0) uploads.splice(index, 1)
  }
  onScopeDispose(() => { for (const [id, sender] of running) if (find(id)?.state === 'uploading') void sender.abort() })
  return { uploads, add, pause, resume, remove }
}
