import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import type { Completion, Edition, Success } from '@/course/protocol'
import type { Activity } from '@/course/sequencing'
import { api } from '@/shared/api/client'

export interface CoursePage { sco: string; title: string; url: string; launch_data: string; mastery_score: string; reports: boolean; completion: Completion; success: Success; score: number | null; seconds: number; cmi: string }
export interface CourseResult { completion: Completion; success: Success; score: number | null; completed: number; seconds: number; updated_at: number | null }
export interface Course { resource_id: string; version: number; edition: Edition; title: string; player_url: string; pages: CoursePage[]; mine: CourseResult; activities: Activity[]; sequencing: string }
export interface CourseClass { class_id: string; name: string; pupils: number; completed: number; begun: number; not_yet: number; detail: boolean }
export interface CoursePupil { person_id: string; name: string; result: CourseResult }

export function useCourse(id: () => string) {
  return useQuery({ queryKey: computed(() => ['course', id()]), queryFn: ({ signal }) => api.get<Course>(`/resources/${id()}/course`, { signal }), staleTime: Infinity, gcTime: 0 })
}
export function useCourseClasses(id: () => string) {
  return useQuery({ queryKey: computed(() => ['course', id(), 'classes']), queryFn: ({ signal }) => api.get<{ pages: number; items: CourseClass[] }>(`/resources/${id()}/course/classes`, { signal }) })
}
/** Each asking is logged, so only when somebody opens the list. */
export const askPupils = (id: string, classId: string) => api.get<{ pages: number; pupils: CoursePupil[] }>(`/resources/${id}/course/classes/${classId}`)
export const beginAnew = (id: string) => api.post<CourseResult>(`/resources/${id}/course/anew`, {})

/** The part that somebody goes on with: one that he has begun, else the first that he has not done. */
export function nextPart(pages: Pick<CoursePage, 'completion'>[]): number {
  const begun = pages.findIndex((page) => page.completion === 'begun')
  if (begun >= 0) return begun
  return Math.max(0, pages.findIndex((page) => page.completion === 'not_yet'))
}

/** The tone of a result; not yet passed is no fault of a pupil's. */
export function resultTone(result: Pick<CourseResult, 'completion' | 'success'>): 'ok' | 'warn' | 'info' | 'neutral' {
  if (result.completion === 'not_yet') return 'neutral'
  if (result.completion === 'begun') return 'info'
  return result.success === 'failed' ? 'warn' : 'ok'
}
