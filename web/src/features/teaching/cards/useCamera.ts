import { onBeforeUnmount, ref, useTemplateRef } from 'vue'
import type { SeenCard } from './detect'

export type CameraState = 'off' | 'asking' | 'on' | 'insecure' | 'refused' | 'missing' | 'busy'
/** Longest side of a picture that is read: what a phone gives beyond it makes reading slow, not better. */
const longest = 1920

/** The camera of this device in the component's `video`, read picture by picture. Pictures stay in the page; none is sent or kept. */
export function useCamera(onCards: (cards: SeenCard[], size: { width: number; height: number }) => void) {
  const video = useTemplateRef<HTMLVideoElement>('video')
  const state = ref<CameraState>('off')
  let stream: MediaStream | null = null
  let reader: Worker | null = null
  let next: ReturnType<typeof setTimeout> | undefined
  const canvas = document.createElement('canvas')
  const pen = canvas.getContext('2d', { willReadFrequently: true })

  function read() {
    const from = video.value
    if (!reader || !from || !pen) return
    if (from.readyState < 2 || !from.videoWidth || document.hidden) { next = setTimeout(read, 200); return }
    const scale = Math.min(1, longest / Math.max(from.videoWidth, from.videoHeight))
    canvas.width = Math.round(from.videoWidth * scale)
    canvas.height = Math.round(from.videoHeight * scale)
    pen.drawImage(from, 0, 0, canvas.width, canvas.height)
    const { data, width, height } = pen.getImageData(0, 0, canvas.width, canvas.height)
    reader.postMessage({ pixels: data.buffer, width, height }, [data.buffer])
  }
  async function open() {
    if (state.value === 'on' || state.value === 'asking') return
    // browsers give a camera only to pages of this machine or over https
    if (!window.isSecureContext || !navigator.mediaDevices?.getUserMedia) { state.value = 'insecure'; return }
    state.value = 'asking'
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: { facingMode: { ideal: 'environment' }, width: { ideal: 1920 }, height: { ideal: 1080 } } })
    } catch (error) {
      const name = (error as DOMException).name
      state.value = name === 'NotAllowedError' ? 'refused' : name === 'NotFoundError' || name === 'OverconstrainedError' ? 'missing' : 'busy'
      return
    }
    if (!video.value) return close()
    video.value.srcObject = stream
    await video.value.play().catch(() => undefined)
    reader = new Worker(new URL('./reader.worker.ts', import.meta.url), { type: 'module' })
    reader.onmessage = ({ data }: MessageEvent<SeenCard[]>) => {
      onCards(data, { width: canvas.width, height: canvas.height })
      next = setTimeout(read, 60)
    }
    state.value = 'on'
    read()
  }
  function close() {
    clearTimeout(next)
    reader?.terminate()
    reader = null
    stream?.getTracks().forEach((one) => one.stop())
    stream = null
    if (video.value) video.value.srcObject = null
    if (state.value === 'on' || state.value === 'asking') state.value = 'off'
  }
  onBeforeUnmount(close)
  return { state, open }
}
