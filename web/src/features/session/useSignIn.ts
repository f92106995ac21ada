import { computed, nextTick, reactive, ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { api } from '@/shared/api/client'
import { asProblem, fieldErrors, type Problem } from '@/shared/api/problem'
import { safeNext } from '@/app/next'
import { useCountdown } from '@/shared/composables/useNow'
import { useSession } from '@/shared/session/session'
import { firstCode } from './firstCode'

/** Account and password, then the second step when the server asks for it. */
export function useSignIn() {
  const session = useSession()
  const route = useRoute()
  const router = useRouter()
  const values = reactive({ login: '', password: '', totp: '' })
  const step = ref<'password' | 'totp'>('password')
  const busy = ref(false)
  const problem = ref<Problem | null>(null)
  const errors = ref<Record<string, string>>({})
  const missing = ref<Record<string, boolean>>({})
  const wait = useCountdown()
  const locked = computed(() => wait.left.value > 0)

  async function enter() {
    await session.load()
    if (session.session?.must_change_password) {
      firstCode.keep(values.password)
      await router.replace({ name: 'first-password', query: route.query })
    }
    else await router.replace(safeNext(route.query.next))
  }

  /** Let in from a teacher's phone: a screen on the wall wants the class, not the teacher's own page. */
  async function enterClassroom() {
    await session.load()
    await router.replace(route.query.next ? safeNext(route.query.next) : { name: 'classroom' })
  }

  async function submit() {
    if (busy.value || locked.value) return
    missing.value = { login: !values.login.trim(), password: !values.password, totp: step.value === 'totp' && !/^\d{6}$/.test(values.totp.trim()) }
    problem.value = null
    errors.value = {}
    if (Object.values(missing.value).some(Boolean)) return
    busy.value = true
    try {
      await api.post('/session', { login: values.login.trim(), password: values.password, ...(step.value === 'totp' ? { totp: values.totp.trim() } : {}) }, { quiet: true })
      await enter()
    } catch (error) {
      const found = asProblem(error)
      if (found.code === 'auth.totp_required') {
        step.value = 'totp'
        await nextTick()
        document.getElementById('field-totp')?.focus()
      } else if (found.code === 'auth.password_change_required') {
        firstCode.keep(values.password)
        await router.push({ name: 'first-password', query: route.query })
      } else {
        problem.value = found
        errors.value = fieldErrors(found)
        values.totp = ''
        if (found.retryAfter > 0) wait.start(found.retryAfter)
      }
    } finally {
      busy.value = false
    }
  }
  function back() {
    step.value = 'password'
    values.totp = ''
    problem.value = null
  }
  return { values, step, busy, problem, errors, missing, locked, secondsLeft: wait.left, submit, back, enterClassroom }
}
