import type { ClassView, Section } from './types'

/** A class of several in one room (复式): its own plan, where it is in it, and whether it works with the teacher. */
export interface Grade { id: string; name: string; title: string; pupils: number; parts: Section[]; at: number; taught: boolean }

/** Classes with a plan or a grade of their own in one lesson; a joint lesson of one grade (合班) is none. */
export function isMultigrade(view: Pick<ClassView, 'lesson' | 'joined' | 'plan_id'>): boolean {
  return view.joined.some((one) => one.grade !== view.lesson.grade || (one.sections.length > 0 && one.plan_id !== view.plan_id))
}

/** The grades in the room, the lesson's own first. The goals of a plan are its teacher's and stand on no screen. */
export function gradesOf(view: ClassView): Grade[] {
  const taught = view.place.taught ?? view.lesson.class_id
  const all = [
    { id: view.lesson.class_id, name: view.lesson.class_name, title: view.title, pupils: view.lesson.pupils, sections: view.sections },
    ...view.joined.map((one) => ({ id: one.class_id, name: one.class_name, title: one.title, pupils: one.pupils, sections: one.sections })),
  ]
  return all.map(({ id, name, title, pupils, sections }) => {
    const parts = sections.filter((part) => part.key !== 'goals')
    const at = view.place.work.find((one) => one.class_id === id)?.part ?? 0
    return { id, name, title, pupils, parts, at: Math.min(at, Math.max(0, parts.length - 1)), taught: id === taught }
  })
}
