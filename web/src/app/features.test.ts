import { expect, it } from 'vitest'
import type { FeatureRoute } from './features'

const routes = Object.values(import.meta.glob<{ routes: FeatureRoute[] }>('../features/*/routes.ts', { eager: true })).flatMap((one) => one.routes)

it('names every entry of the rail by a text that the shell loads', () => {
  const entries = routes.filter((one) => one.meta?.nav)
  expect(entries.length).toBeGreaterThan(20)
  // Of a feature that is not open only the texts under "nav" are there.
  expect(entries.map((one) => String(one.meta?.title)).filter((title) => !/^[a-z]+\.nav\.[a-zA-Z]+$/.test(title))).toEqual([])
})
