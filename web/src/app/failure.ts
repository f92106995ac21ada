import { shallowRef } from 'vue'
import type { Problem } from '@/shared/api/problem'

/** Set when a page could not be shown at all; App.vue then shows the error page in its place. */
export const failure = shallowRef<Problem | null>(null)
