import { onScopeDispose, ref } from 'vue'
import { useSession } from '@/shared/session/session'

/** The district's clock as a ref, moved on every `everyMs`. */
export function useNow(everyMs = 30_000) {
  const session = useSession()
  const now = ref(session.now())
  const timer = setInterval(() => { now.value = session.now() }, everyMs)
  onScopeDispose(() => clearInterval(timer))
  return now
}

/** Seconds left, counting down to 0. */
export function useCountdown() {
  const left = ref(0)
  let timer: ReturnType<typeof setInterval> | undefined
  const stop = () => { clearInterval(timer); timer = undefined }
  function start(seconds: number) {
    stop()
    const until = Date.now() + seconds * 1000
    left.value = Math.ceil(seconds)
    if (seconds <= 0) return
    timer = setInterval(() => {
      left.value = Math.max(0, Math.ceil((until - Date.now()) / 1000))
      if (left.value === 0) stop()
    }, 250)
  }
  onScopeDispose(stop)
  return { left, start, stop }
}
