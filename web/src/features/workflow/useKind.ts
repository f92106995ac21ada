import { useI18n } from 'vue-i18n'
import { kinds as newsKinds } from '@/features/news/model'
import { useWords } from '@/features/resources/useWords'

/** What a thing under review is called, whatever module it comes from. */
export function useKind() {
  const { t } = useI18n()
  const words = useWords()
  const isNews = (kind: string) => (newsKinds as readonly string[]).includes(kind)
  return (kind: string) => (isNews(kind) ? t(`news.kind.${kind}`) : words.kind(kind))
}
