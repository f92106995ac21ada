import { expect, it } from 'vitest'
import { panelPlace } from './panelPlace'

const window = { width: 1440, height: 900 }
const panel = { width: 264, height: 140 }
const button = (left: number, top: number) => ({ left, right: left + 32, top, bottom: top + 32 })

it('opens under its button, on the side it is told', () => {
  expect(panelPlace(button(400, 100), panel, window)).toMatchObject({ left: 400, top: 140 })
  expect(panelPlace(button(1300, 100), panel, window, 'end')).toMatchObject({ left: 1332 - 264, top: 140 })
})
it('opens upward where there is no room below, and stays in the window', () => {
  const low = panelPlace(button(1400, 840), panel, window)
  expect(low).toMatchObject({ left: 1440 - 264 - 8, bottom: 900 - 840 + 8 })
  expect(low).not.toHaveProperty('top')
  expect(panelPlace(button(0, 100), panel, window, 'end').left).toBe(8)
})
it('is no higher than its side of the window and never too low to use', () => {
  expect(panelPlace(button(400, 500), { ...panel, height: 2000 }, window).maxHeight).toBe(500 - 16)
  expect(panelPlace(button(400, 40), panel, { width: 390, height: 100 }).maxHeight).toBe(120)
})
