import { currentLanguage, i18n } from '.'

/** `valid_to`: the district has retired it; records name it still, and nothing new gets it. */
export interface SubjectCode { code: string; title: string; title_en: string; valid_to?: string | null }

/** The national table of subjects has 信息技术 twice: of senior high school, and of the grades before. */
const senior = '26'

export const subjectTitle = (one: SubjectCode) => (currentLanguage() === 'en' && one.title_en ? one.title_en : one.title)

/** Subjects to choose from, no two of one name. */
export function subjectChoices(items: readonly SubjectCode[]): { code: string; title: string }[] {
  const choices = items.filter((one) => !one.valid_to)
  const twice = (title: string) => choices.filter((one) => subjectTitle(one) === title).length > 1
  return choices.map((one) => {
    const title = subjectTitle(one)
    return { code: one.code, title: one.code === senior && twice(title) ? i18n.global.t('ui.subjectSenior', { title }) : title }
  })
}
