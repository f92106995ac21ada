import { afterEach, describe, expect, it } from 'vitest'
import { formatDate, formatTime, showMoments } from '@/shared/i18n/format'
import { inDemoCalendar } from './session'

const demoNow = Date.UTC(2014, 10, 20, 1, 3)
const machineNow = Date.UTC(2026, 10, 22, 7, 0)
const skew = demoNow - machineNow

describe('the calendar of the demo', () => {
  afterEach(() => showMoments(null))
  it('shows what was done five minutes ago as five minutes ago, and leaves its own days alone', () => {
    expect(inDemoCalendar(machineNow - 300_000, machineNow, skew)).toBe(demoNow - 300_000)
    const due = demoNow + 30 * 86_400_000
    expect(inDemoCalendar(due, machineNow, skew)).toBe(due)
  })
  it('holds for every moment on a screen, for no day of the calendar, and nowhere outside the demo', () => {
    expect(formatDate(machineNow)).toContain('2026')
    showMoments((at) => inDemoCalendar(at, machineNow, skew))
    expect(formatDate(machineNow)).toContain('2014')
    expect(formatTime(machineNow)).toBe('09:03')
    expect(formatDate('2026-11-22')).toContain('2026')
  })
})
