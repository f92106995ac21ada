import { describe, expect, it } from 'vitest'
import { axisOf, barsOf, clock, displayFor, fromLocalField, gradesTurned, inSeconds, onAxis, openSpans, orderMark, peers, placeOf, standingKind, toLocalField, usualDisplay, wholeShare } from './push'
import type { OrderRow, SchoolRow } from './types'

const at = (text: string) => new Date(`2014-11-${text}:00+08:00`).getTime()
const row = (over: Partial<SchoolRow>): SchoolRow => ({
  school_id: 's', name: '大东口小学', township: '金盆镇', boxed: true, rate_kbit: 4000, cap_kbit: 1000, windows: [{ from: 1320, until: 360 }], last_contact: null,
  due_at: at('24T08:20'), due_period: 1, due_class: '五(1)班', moved: false, bytes: 100, bytes_left: 100, before_bytes: 0, starts_at: null, expected_at: null,
  first_at: null, whole_at: null, checked_at: null, way: 'none', line_bytes: 0, near_bytes: 0, uses: 0, used_at: null, last_used_at: null, standing: 'waiting', ...over,
}) as SchoolRow
const order = (over: object) => ({ state: 'open' as const, late: 0, whole: 0, schools: 8, starts_at: null, ...over })

describe('how an order stands', () => {
  it('says what is wrong before what goes well', () => expect(orderMark(order({ late: 1, whole: 7 }), 0).key).toBe('late'))
  it('came late where all have it at last', () => expect(orderMark(order({ late: 1, whole: 8 }), 0).key).toBe('cameLate'))
  it('is whole when all schools have it', () => expect(orderMark(order({ whole: 8 }), 0).kind).toBe('ok'))
  it('waits for its hour, or travels', () => {
    expect(orderMark(order({ starts_at: 10 }), 5).key).toBe('starts')
    expect(orderMark(order({ starts_at: 10 }), 20).key).toBe('travelling')
  })
  it('is over when it was cancelled, whatever came', () => expect(orderMark(order({ state: 'cancelled', late: 3 }), 0).key).toBe('cancelled'))
  it('has a colour for every standing', () => expect(standingKind('missed').kind).toBe('bad'))
  it('counts schools', () => expect([wholeShare({ whole: 7, schools: 8 }), wholeShare({ whole: 0, schools: 0 })]).toEqual([88, 0]))
})

describe('who may go before whom', () => {
  const one = (over: Partial<OrderRow>) => ({ id: 'a', state: 'open', whole: 0, schools: 8, priority: 'usual', due_at: 5, ...over }) as OrderRow
  it('is asked among those of one need and priority only', () => {
    expect(peers(one({}), one({ id: 'b' }))).toBe(true)
    expect(peers(one({ due_at: null }), one({ due_at: null }))).toBe(true)
    expect(peers(one({}), one({ due_at: 6 }))).toBe(false)
    expect(peers(one({}), one({ priority: 'high' }))).toBe(false)
  })
  it('is not asked of what has come or is over', () => {
    expect(peers(one({ whole: 8 }), one({}))).toBe(false)
    expect(peers(one({}), one({ state: 'cancelled' }))).toBe(false)
  })
})

describe('where an order shows', () => {
  const portal = (allowed: number, refused: number) => ({ allowed, refused: Array.from({ length: refused }, () => ({ resource_id: 'r', title: 't', why: 'push.portal_licence' })) })
  it('wants the public page by itself where everything is public', () => expect(displayFor({ ...usualDisplay }, portal(2, 0), false).portal).toBe(true))
  it('leaves it to the sender where some of it is, and to what he said', () => {
    expect(displayFor({ ...usualDisplay }, portal(1, 2), false).portal).toBe(false)
    expect(displayFor({ ...usualDisplay, portal: true }, portal(1, 2), true).portal).toBe(true)
    expect(displayFor({ ...usualDisplay }, portal(2, 0), true).portal).toBe(false)
  })
  it('never wants it where nothing may stand there', () => expect(displayFor({ ...usualDisplay, portal: true }, portal(0, 3), true).portal).toBe(false))
})

describe('the axis of a night', () => {
  const rows = [row({ starts_at: at('23T22:00'), expected_at: at('24T04:30') })]
  const axis = axisOf(rows, at('23T18:00'))
  it('goes from the first byte to the lesson', () => {
    expect(axis.from).toBe(at('23T22:00'))
    expect(axis.to).toBe(at('24T09:00'))
    expect(axis.ticks.map((one) => toLocalField(one).slice(11))).toEqual(['22:00', '00:00', '02:00', '04:00', '06:00', '08:00'])
  })
  it('ends at its edge what reaches beyond', () => expect([placeOf(axis, at('23T22:00')), placeOf(axis, at('29T22:00'))]).toEqual([0, 100]))
  it('draws nothing of what lies beyond', () => {
    expect([onAxis(axis, at('23T09:04')), onAxis(axis, at('23T20:00'), at('23T21:00')), onAxis(axis, at('25T10:00'))]).toEqual([false, false, false])
    expect([onAxis(axis, at('23T22:00')), onAxis(axis, at('23T20:00'), at('24T01:00'))]).toEqual([true, true])
  })
  it('keeps the lesson in sight though all is carried in seconds', () => {
    const moment = axisOf([row({ starts_at: at('23T22:00'), expected_at: at('23T22:00') + 4_000 })], at('23T18:00'))
    expect([moment.from, moment.to, inSeconds(moment)]).toEqual([at('23T22:00'), at('24T09:00'), false])
  })
  it('keeps a lesson in sight that was missed by little', () => {
    const late = axisOf([row({ first_at: at('24T10:00'), whole_at: at('24T10:00') + 3_000, standing: 'here_late' })], at('24T11:00'))
    expect([late.from, late.to]).toEqual([at('24T08:00'), at('24T16:00')])
  })
  it('begins with what was whole at once', () => expect(axisOf([row({ whole_at: at('23T09:04') }), row({ starts_at: at('23T22:00'), expected_at: at('23T22:01') })], at('23T10:00')).from).toBe(at('23T09:00')))
  it('leaves out needs that are days away', () => expect(axisOf([row({ starts_at: at('23T22:00'), due_at: at('28T08:00') })], 0).to).toBe(at('24T06:00')))
  it('knows when the window stands open, over midnight', () => expect(openSpans(axis, [{ from: 1320, until: 360 }])).toEqual([{ from: at('23T22:00'), to: at('24T06:00') }]))
  it('is open always where there are no windows', () => expect(openSpans(axis, [])).toEqual([{ from: axis.from, to: axis.to }]))
  it('begins now where nothing is planned', () => expect(axisOf([row({ due_at: null })], at('23T18:30')).from).toBe(at('23T18:00')))
})

describe('the axis of a moment', () => {
  const free = (over: Partial<SchoolRow>) => row({ due_at: null, ...over })
  const axis = axisOf([free({ starts_at: at('23T22:00'), expected_at: at('23T22:00') + 4_000 }), free({ first_at: at('23T22:00'), whole_at: at('23T22:00') + 40_000 })], at('23T18:00'))
  it('shows by the second what is carried in seconds and needed by no day', () => {
    expect([axis.from, axis.to]).toEqual([at('23T22:00'), at('23T22:00') + 50_000])
    expect(inSeconds(axis)).toBe(true)
    expect(placeOf(axis, at('23T22:00') + 30_000)).toBe(60)
    expect(axis.ticks).toHaveLength(6)
  })
  it('shows what takes a moment at full length', () => {
    const moment = axisOf([free({ starts_at: at('23T22:00'), expected_at: at('23T22:00') + 4_000, due_at: at('28T08:00') })], 0)
    expect(moment.to - moment.from).toBe(10_000)
    expect(moment.ticks).toHaveLength(6)
  })
  it('gives way to hours where one came by disk the next day', () => {
    const night = free({ first_at: at('23T22:00'), whole_at: at('23T22:00') + 40_000 })
    expect(axisOf([night, night, free({ first_at: at('24T10:00'), whole_at: at('24T10:00') })], 0).to).toBe(at('24T11:00'))
  })
  it('counts minutes where it takes minutes', () => {
    const longer = axisOf([free({ starts_at: at('23T22:00'), expected_at: at('23T22:09') })], 0)
    expect(inSeconds(longer)).toBe(false)
    expect(longer.to).toBe(at('23T22:12'))
  })
})

describe('what is drawn of a school', () => {
  const axis = { from: at('23T22:00'), to: at('24T09:00'), ticks: [] }
  const kinds = (over: Partial<SchoolRow>, now = at('23T18:00')) => barsOf(row(over), axis, now).map((one) => one.kind)
  it('shows what goes before and what is planned', () => expect(kinds({ before_bytes: 5, starts_at: at('24T00:00'), expected_at: at('24T04:00') })).toEqual(['before', 'planned']))
  it('shows what has come', () => expect(kinds({ first_at: at('23T22:00'), whole_at: at('24T04:00'), standing: 'here' })).toEqual(['here']))
  it('shows what is half here', () => expect(kinds({ first_at: at('23T22:00'), starts_at: at('24T01:00'), expected_at: at('24T04:00') }, at('24T01:00'))).toEqual(['own', 'planned']))
  it('shows what is missing, and nothing of a hosted school', () => {
    expect(kinds({ standing: 'missed' })).toEqual(['missing'])
    expect(kinds({ standing: 'hosted' })).toEqual([])
  })
})

describe('small words', () => {
  it('reads minutes', () => expect([clock(1320), clock(5)]).toEqual(['22:00', '00:05']))
  it('takes a local time and gives it back', () => expect(fromLocalField(toLocalField(at('24T08:20')))).toBe(at('24T08:20')))
  it('sees grades that are turned, where both are chosen', () => expect([[9, 1], [1, 9], [5, 5], [9, 0]].map(([grade_from, grade_to]) => gradesTurned({ grade_from: grade_from!, grade_to: grade_to! }))).toEqual([true, false, false, false]))
  it('has no time without words', () => expect(fromLocalField('')).toBeNull())
})
