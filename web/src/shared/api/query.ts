import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import type { App } from 'vue'
import { watch } from 'vue'
import { i18n } from '@/shared/i18n'
import { asProblem } from './problem'

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      refetchOnWindowFocus: false,
      networkMode: 'always', // a school's line may be cut while the school's own server answers
      retry: (count, error) => count < 2 && (asProblem(error).status === 0 || asProblem(error).status === 503),
    },
    mutations: { networkMode: 'always', retry: false },
  },
})

export function installQuery(app: App) {
  app.use(VueQueryPlugin, { queryClient })
  watch(i18n.global.locale, () => void queryClient.invalidateQueries()) // what the server words comes anew in the new language
}
