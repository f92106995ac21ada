/** The tree of activities as the server reads it from the manifest, and as scorm-again wants it (its `sequencing.activityTree`). */
export interface ObjectiveMap { target: string; read_satisfied: boolean; read_measure: boolean; write_satisfied: boolean; write_measure: boolean }
export interface Objective { id: string; primary: boolean; satisfied_by_measure: boolean; min_measure: number | null; maps: ObjectiveMap[] }
export interface Condition { condition: string; negated: boolean; objective: string; threshold: number | null }
export interface Rule { kind: 'pre' | 'exit' | 'post' | 'rollup'; action: string; any: boolean; consideration: string; minimum_count: number; minimum_percent: number; conditions: Condition[] }
/** One node, parents first; a leaf with a page has the identifier of that page. */
export interface Activity {
  id: string; parent: string; title: string; visible: boolean; choice: boolean; choice_exit: boolean; flow: boolean; forward_only: boolean
  current_objective: boolean; current_progress: boolean; prevent_activation: boolean; constrain_choice: boolean; attempt_limit: number | null
  tracked: boolean; completion_by_content: boolean; objective_by_content: boolean; rollup_satisfied: boolean; rollup_completion: boolean; measure_weight: number
  required: string[]; measure_if_active: boolean; completed_by_measure: boolean; min_progress: number; progress_weight: number
  selection_timing: string; select_count: number | null; randomization_timing: string; reorder: boolean; hide: string[]; rules: Rule[]; objectives: Objective[]
}

type Settings = Record<string, unknown>
const conditions = (all: Condition[]) => all.map((one) => ({
  condition: one.condition, operator: one.negated ? 'not' : 'noOp',
  ...(one.objective ? { referencedObjective: one.objective } : {}),
  ...(one.threshold === null ? {} : { parameters: { threshold: one.threshold } }),
}))
const rules = (all: Rule[], kind: Rule['kind']) => all.filter((one) => one.kind === kind).map((one) => ({ action: one.action, conditionCombination: one.any ? 'any' : 'all', conditions: conditions(one.conditions) }))
const rollup = (all: Rule[]) => all.filter((one) => one.kind === 'rollup').map((one) => ({
  action: one.action, conditionCombination: one.any ? 'any' : 'all', consideration: one.consideration || 'all',
  minimumCount: one.minimum_count, minimumPercent: one.minimum_percent, conditions: conditions(one.conditions),
}))
const objective = (one: Objective): Settings => ({
  objectiveID: one.id, isPrimary: one.primary, satisfiedByMeasure: one.satisfied_by_measure, minNormalizedMeasure: one.min_measure ?? 1,
  mapInfo: one.maps.map((map) => ({ targetObjectiveID: map.target, readSatisfiedStatus: map.read_satisfied, readNormalizedMeasure: map.read_measure, writeSatisfiedStatus: map.write_satisfied, writeNormalizedMeasure: map.write_measure })),
})

function settings(one: Activity, children: Settings[]): Settings {
  const primary = one.objectives.find((candidate) => candidate.primary)
  const others = one.objectives.filter((candidate) => !candidate.primary)
  return {
    id: one.id, title: one.title, isVisible: one.visible, attemptLimit: one.attempt_limit,
    sequencingControls: {
      choice: one.choice, choiceExit: one.choice_exit, flow: one.flow, forwardOnly: one.forward_only,
      useCurrentAttemptObjectiveInfo: one.current_objective, useCurrentAttemptProgressInfo: one.current_progress,
      preventActivation: one.prevent_activation, constrainChoice: one.constrain_choice,
      rollupObjectiveSatisfied: one.rollup_satisfied, rollupProgressCompletion: one.rollup_completion, objectiveMeasureWeight: one.measure_weight,
      ...(one.selection_timing ? { selectionTiming: one.selection_timing, selectCount: one.select_count } : {}),
      ...(one.randomization_timing ? { randomizationTiming: one.randomization_timing, reorderChildren: one.reorder, randomizeChildren: one.reorder } : {}),
    },
    deliveryControls: { tracked: one.tracked, completionSetByContent: one.completion_by_content, objectiveSetByContent: one.objective_by_content },
    sequencingRules: { preConditionRules: rules(one.rules, 'pre'), exitConditionRules: rules(one.rules, 'exit'), postConditionRules: rules(one.rules, 'post') },
    rollupRules: { rules: rollup(one.rules) },
    ...(one.required.length === 4 ? { rollupConsiderations: { requiredForSatisfied: one.required[0] || 'always', requiredForNotSatisfied: one.required[1] || 'always', requiredForCompleted: one.required[2] || 'always', requiredForIncomplete: one.required[3] || 'always', measureSatisfactionIfActive: one.measure_if_active } } : {}),
    ...(one.completed_by_measure || one.progress_weight !== 1 ? { completionThreshold: { completedByMeasure: one.completed_by_measure, minProgressMeasure: one.min_progress, progressWeight: one.progress_weight } } : {}),
    ...(primary ? { primaryObjective: objective(primary) } : {}),
    ...(others.length ? { objectives: others.map(objective) } : {}),
    ...(one.hide.length ? { hideLmsUi: one.hide } : {}),
    ...(children.length ? { children } : {}),
  }
}

/** The tree for scorm-again; null where the manifest says nothing of sequencing. */
export function treeOf(activities: readonly Activity[]): Settings | null {
  const root = activities.find((one) => one.parent === '')
  if (!root) return null
  const build = (one: Activity): Settings => settings(one, activities.filter((child) => child.parent === one.id && child.id !== one.id).map(build))
  return build(root)
}

/** An activity as a line of the list of parts: how deep it lies, and whether it is a page or the name of a group. */
export interface Line { id: string; title: string; depth: number; page: boolean }
export function linesOf(activities: readonly Activity[], pages: readonly string[]): Line[] {
  const depths = new Map<string, number>()
  const lines: Line[] = []
  for (const one of activities) {
    const depth = one.parent === '' ? -1 : (depths.get(one.parent) ?? -1) + 1
    depths.set(one.id, depth)
    if (one.parent !== '' && one.visible) lines.push({ id: one.id, title: one.title, depth, page: pages.includes(one.id) })
  }
  return lines
}
