import { shallowRef } from 'vue'

export interface ConfirmQuestion {
  /** Name the thing: "删除“五(2)班 平行四边形”的教案？" */
  title: string
  text?: string
  confirmText?: string
  cancelText?: string
  danger?: boolean
  /** The person has to type this word first; for acts that cannot be undone. */
  typeToConfirm?: string
}

export const question = shallowRef<(ConfirmQuestion & { answer: (yes: boolean) => void }) | null>(null)

/** Asks in a dialog; resolves to true when confirmed. Needs no component in the page. */
export function confirm(ask: ConfirmQuestion): Promise<boolean> {
  question.value?.answer(false)
  return new Promise((resolve) => {
    question.value = { ...ask, answer: (yes) => { question.value = null; resolve(yes) } }
  })
}
