import { csrfToken } from '@/shared/api/client'

const width = 480
const height = 300

/** The part of a picture that fills a thumbnail: its middle when it is wider, its top when it is taller. */
export function cover(sourceWidth: number, sourceHeight: number): { x: number; y: number; width: number; height: number } {
  const scale = Math.min(sourceWidth / width, sourceHeight / height)
  const shown = { width: width * scale, height: height * scale }
  return { x: (sourceWidth - shown.width) / 2, y: 0, ...shown }
}

function canvasOf(source: CanvasImageSource, sourceWidth: number, sourceHeight: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const part = cover(sourceWidth, sourceHeight)
  const context = canvas.getContext('2d')!
  context.fillStyle = '#fff'
  context.fillRect(0, 0, width, height)
  context.drawImage(source, part.x, part.y, part.width, part.height, 0, 0, width, height)
  return canvas
}

async function ofPicture(file: File) {
  const bitmap = await createImageBitmap(file)
  try { return canvasOf(bitmap, bitmap.width, bitmap.height) } finally { bitmap.close() }
}

async function ofVideo(file: File) {
  const video = document.createElement('video')
  const url = URL.createObjectURL(file)
  const event = (name: string) => new Promise<void>((resolve, reject) => {
    video.addEventListener(name, () => resolve(), { once: true })
    video.addEventListener('error', () => reject(new Error('not a film')), { once: true })
  })
  try {
    video.muted = true
    video.preload = 'auto'
    const loaded = event('loadeddata')
    video.src = url
    await loaded
    const sought = event('seeked')
    video.currentTime = Math.min(3, video.duration / 4 || 0)
    await sought
    return canvasOf(video, video.videoWidth, video.videoHeight)
  } finally {
    URL.revokeObjectURL(url)
  }
}

async function ofPdf(file: File) {
  const [pdf, worker] = await Promise.all([import('pdfjs-dist/legacy/build/pdf.mjs'), import('pdfjs-dist/legacy/build/pdf.worker.min.mjs?worker&url')])
  pdf.GlobalWorkerOptions.workerSrc = worker.default
  const source = await pdf.getDocument({ data: await file.arrayBuffer(), isEvalSupported: false, useWasm: false, useWorkerFetch: false } as never).promise
  try {
    const page = await source.getPage(1)
    const viewport = page.getViewport({ scale: width / page.getViewport({ scale: 1 }).width })
    const canvas = document.createElement('canvas')
    canvas.width = Math.floor(viewport.width)
    canvas.height = Math.floor(viewport.height)
    await page.render({ canvasContext: canvas.getContext('2d')!, viewport, canvas } as never).promise
    return canvasOf(canvas, canvas.width, canvas.height)
  } finally {
    void source.destroy()
  }
}

/** A small picture of a file, drawn here so that no server program ever opens what a stranger sent; null if there is none. */
export async function thumbnailOf(file: File): Promise<Blob | null> {
  try {
    const largest = 200 * 1024 ** 2
    if (file.size > largest && !file.type.startsWith('video/')) return null
    const draw = file.type.startsWith('image/') ? ofPicture : file.type.startsWith('video/') ? ofVideo : file.type === 'application/pdf' ? ofPdf : null
    const canvas = await draw?.(file)
    return canvas ? await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.82)) : null
  } catch {
    return null
  }
}

/** Draws and uploads it; the id of the stored picture, or '' where there is none. */
export async function uploadThumbnail(file: File): Promise<string> {
  const blob = await thumbnailOf(file)
  if (!blob) return ''
  const tus = await import('tus-js-client')
  return new Promise((resolve) => {
    let id = ''
    new tus.Upload(blob, {
      endpoint: '/api/v1/uploads', retryDelays: [0, 2000], storeFingerprintForResuming: false, metadata: { filename: 'thumbnail.jpg', filetype: 'image/jpeg' },
      onBeforeRequest: (request) => request.setHeader('X-CSRF-Token', csrfToken()),
      onAfterResponse: (_, response) => { id = response.getHeader('Santong-File-Id') ?? id },
      onError: () => resolve(''),
      onSuccess: () => resolve(id),
    }).start()
  })
}
