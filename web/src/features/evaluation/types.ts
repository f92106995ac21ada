import type { SchoolChoice } from './schools'

/** What the server answers; the names are those of src/modules/indicators/service_evaluation.hpp. */
export interface EvaluationLine { indicator: string; org_id: string | null; name: string; numerator: number; denominator: number; value: string; hidden: number }
export interface Evaluation {
  id: string
  title: string
  from: string
  to: string
  weeks: number
  schools: number
  indicators: string[]
  state: 'computing' | 'frozen' | 'failed'
  made_by: string
  made_at: number
  frozen_at: number | null
  job_id: string
  mine: boolean
  facts: number
  hidden: number
  sha256: string
  key: string
  file_name: string
  results: EvaluationLine[]
}
export interface EvaluationList {
  choices: { first: string; last: string; indicators: string[]; may_make: boolean; schools: SchoolChoice[] }
  items: Evaluation[]
}
