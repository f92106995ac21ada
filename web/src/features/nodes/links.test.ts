import { describe, expect, it } from 'vitest'
import { draftOf, entryOf, notNumbers, rowErrors, sent } from './useLines'
import { Problem } from '@/shared/api/problem'
import { branches, dayCurves, kbit, lineState, mbit, spans, tiersOf, worries, type BoxDetail, type Line, type LineReport, type NodeMap } from './links'

const line = (over: Partial<Line>, link: Partial<Line['link']> = {}): Line => ({
  link: { org_id: 'o', tier: 'access', medium: 'fibre', down_kbit: 8000, up_kbit: 2000, operator_name: '', windows: '', note: '', ...link },
  org_name: '河坝镇中心小学', school_code: '', township_name: '', registered: true, rural: true, box: true, changes: 0,
  plan: { rate_kbit: 8000, cap_kbit: 0, day_percent: 10, windows: [], zone_minutes: 480 }, ...over,
})
const measured = (down_p50: number) => ({ last_day: '2014-11-20', days: 3, kind: 'line' as const, down_p50 })
const box = (over: Partial<BoxDetail['status']> = {}, health: BoxDetail['health'] = null): BoxDetail => ({
  status: { id: 'n', org_id: 's', name: '学校', state: 'active', joined_at: 0, version: '0.2.0', lag: 5, waiting_up: 0, waiting_down: 0, parked: 0, clock_ahead_ms: 0, disk_free: 50, ...over } as BoxDetail['status'],
  health, probe_wanted: false, serves: [],
})

describe('rates', () => {
  it('are typed in Mbit/s and kept in kbit/s', () => {
    expect(kbit('8.5')).toBe(8500)
    expect(kbit('8,5')).toBe(8500)
    expect(kbit(' ')).toBeNull()
    expect(kbit('fast')).toBeNaN()
    expect(kbit('-1')).toBe(-1000)
    expect(kbit('1e300')).toBe(1e12)
    expect(mbit(8500)).toBe('8.5')
    expect(mbit(undefined)).toBe('')
  })
  it('show windows as clock times', () => expect(spans([{ from: 1320, until: 360 }])).toEqual(['22:00–06:00']))
})

describe('a line', () => {
  it('is not known before somebody registers or measures it', () => expect(lineState(line({ registered: false })).key).toBe('unknown'))
  it('is slow when it carries less than half of what was bought', () => expect(lineState(line({ measured: measured(3000) })).key).toBe('slow'))
  it('is fine when it carries what was bought', () => expect(lineState(line({ measured: measured(7000) })).key).toBe('fine'))
  it('is not judged without a measurement', () => expect(lineState(line({})).key).toBe('unmeasured'))
  it('is missing where a school has none', () => expect(lineState(line({}, { medium: 'none', down_kbit: 0 })).key).toBe('none'))
  it('has curves with gaps where nothing was measured', () => {
    const curves = dayCurves([{ org_id: 'o', day: '2014-11-20', kind: 'line', samples: 1, down_p50: 3000 }, { org_id: 'o', day: '2014-11-21', kind: 'browser', samples: 1, down_p50: 2000 }])
    expect(curves.days).toEqual(['2014-11-20', '2014-11-21'])
    expect(curves.down).toEqual([3, null])
    expect(curves.browser).toEqual([null, 2])
  })
})

describe('the map', () => {
  const map: NodeMap = {
    box: false, version: '0.2.0', nodes: [box()],
    places: [
      { id: 'c', parent_id: 'x', kind: 'county', name: '大通湖区', hub: true },
      { id: 't', parent_id: 'c', kind: 'township', name: '河坝镇', hub: false },
      { id: 's', parent_id: 't', kind: 'school', name: '河坝镇中心小学', node: 'n', hub: false },
      { id: 'p', parent_id: 's', kind: 'teaching_point', name: '渔场教学点', served_by: 's', hub: false },
    ],
  }
  it('goes from the root down and counts schools and boxes below', () => {
    const all = branches(map)
    expect(all.map((one) => one.depth)).toEqual([0, 1, 2, 3])
    expect(all[0]).toMatchObject({ below: 2, boxes: 1 })
    expect(all[3]!.servedBy).toBe('河坝镇中心小学')
    expect(all[2]!.box?.status.id).toBe('n')
  })
})

describe('what a box calls for', () => {
  const health = { uptime_s: 1, disk_total: 1000, data_bytes: 1, backup_bytes: 0, backup_fault: '' }
  it('is nothing when it speaks and has room', () => expect(worries(box({ disk_free: 500 }, health), 0)).toEqual([]))
  it('names the line, changes set aside, a full disk and a clock that is off', () => expect(worries(box({ lag: 500, parked: 1, disk_free: 50, clock_ahead_ms: 90_000 }, health), 0)).toEqual(['cut', 'parked', 'disk', 'clock']))
  it('names a backup that failed or is old', () => {
    expect(worries(box({ disk_free: 500 }, { ...health, backup_fault: 'full' }), 0)).toEqual(['backup'])
    expect(worries(box({ disk_free: 500 }, { ...health, backup_at: 0 }), 4 * 86_400_000)).toEqual(['backupOld'])
  })
  it('is nothing of the line before its first contact', () => expect(worries(box({ lag: -1 }), 0)).toEqual([]))
  it('is nothing once it is shut out', () => expect(worries(box({ state: 'revoked', lag: 9999 }), 0)).toEqual([]))
})

describe('a row of the register', () => {
  it('comes back from its draft as it was', () => {
    const one = line({}, { down_kbit: 4500, up_kbit: 0, ipv6: false, cap_kbit: 0, day_percent: null, windows: '22:00-06:00' })
    const entry = entryOf(one, draftOf(one))
    expect(entry).toMatchObject({ down_kbit: 4500, up_kbit: 0, ipv6: false, cap_kbit: 0, day_percent: null, windows: '22:00-06:00', since: null })
    expect(notNumbers(entry)).toEqual([])
  })
  it('names the cells that are no numbers', () => {
    const one = line({})
    expect(notNumbers(entryOf(one, { ...draftOf(one), down: 'fast', share: 'much' }))).toEqual(['down_kbit', 'day_percent'])
  })
  it('has all that is wrong named at once, what is no number as that', () => {
    const one = line({})
    const entry = entryOf(one, { ...draftOf(one), down: 'fast', up: '-5', cap: '1' })
    expect(sent(entry)).toMatchObject({ down_kbit: -1, up_kbit: -5000, cap_kbit: 1000 })
    const refused = new Problem(422, 'core.invalid_input', {}, '', '', [{ pointer: '/items/0/down_kbit', code: 'a' }, { pointer: '/items/0/up_kbit', code: 'b' }])
    const said = rowErrors(refused, [entry], 'no number')[0]!
    expect(Object.keys(said)).toEqual(['down_kbit', 'up_kbit'])
    expect(said.down_kbit).toBe('no number')
    expect(said.up_kbit).not.toBe('no number')
  })
})

describe('rates by day', () => {
  const day = (down_p50: number) => ({ org_id: 'o', day: '2014-11-20', kind: 'line' as const, samples: 1, down_p50 })
  it('are in Mbit/s', () => expect(dayCurves([day(94_360)])).toMatchObject({ unit: 'Mbit/s', down: [94.4] }))
  it('are in Gbit/s where a line reaches one', () => expect(dayCurves([day(13_464_300)])).toMatchObject({ unit: 'Gbit/s', down: [13.5] }))
})

describe('the three stretches of a way', () => {
  it('shows each, those that nobody has registered empty', () => {
    const rooms = line({}, { tier: 'terminal', down_kbit: 100_000 })
    const rows = tiersOf({ line: line({}), tiers: [rooms] } as unknown as LineReport)
    expect(rows.map((one) => [one.tier, one.registered, one.line.link.down_kbit])).toEqual([['access', true, 8000], ['backbone', false, 0], ['terminal', true, 100_000]])
    expect(rows[1]!.line.link.org_id).toBe('o')
  })
})
