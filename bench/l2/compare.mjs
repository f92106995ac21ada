// Both sides beside each other: every acknowledged write, every table of a school.
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

const subtree = 'SELECT org_id FROM org_closure WHERE ancestor_id = :root'
const pupils = `SELECT person_id FROM enrolment WHERE to_date IS NULL AND school_id IN (${subtree})`
const persons = `SELECT person_id FROM post WHERE to_date IS NULL AND org_id IN (${subtree}) UNION ${pupils} UNION SELECT guardian_id FROM guardianship WHERE to_date IS NULL AND pupil_id IN (${pupils})`
const above = `${subtree} UNION SELECT ancestor_id FROM org_closure WHERE org_id = :root`
const area = 'SELECT c.org_id FROM org o JOIN org_closure c ON c.ancestor_id = o.parent_id WHERE o.id = :root'
const resources = `SELECT id FROM resource WHERE school_id IN (${subtree}) OR (state IN ('published', 'recalled', 'ended') AND (scope IN ('district', 'public_', 'public') OR (scope = 'area' AND school_id IN (${area}))))`
const collections = `SELECT id FROM resource_collection WHERE owner_person IN (${persons}) OR (audience = 'school' AND school_id IN (${subtree}))`
const articles = `SELECT a.id FROM news_article a JOIN news_version v ON v.article_id = a.id AND v.number = a.current_version WHERE a.state IN ('published', 'withdrawn') AND (v.scope IN ('district', 'public') OR (v.scope = 'area' AND a.org_id IN (${area}))) UNION SELECT id FROM news_article WHERE org_id IN (${subtree})`
const orders = `SELECT order_id FROM push_target WHERE school_id IN (${subtree})`
const of_all = (table) => [table, ':root IS NOT NULL']
const of_school = (table, column = 'school_id') => [table, `${column} IN (${subtree})`]
const part = (table, key, whole) => [table, `${key} IN (SELECT id FROM ${whole} WHERE school_id IN (${subtree}))`]
/** Rows of files and of who uses them, by those who do. */
const files = (holder, which) => {
  const used = `holder_type = '${holder}' AND holder_id IN (${which})`
  return [['file_object', `id IN (SELECT file_id FROM file_reference WHERE ${used})`], ['file_reference', used]]
}
const ids_of = (table) => `SELECT id FROM ${table} WHERE school_id IN (${subtree})`

/** Entity type → the tables in which it lies, with whose rows a school's are. */
const entities = {
  'roster.Org': [of_all('org'), of_all('org_closure')],
  'roster.OwnCodes': [of_all('own_code')],
  'roster.School': [of_school('school', 'id')],
  'roster.Term': [of_all('term')],
  'roster.ClassGroup': [of_school('class_group')],
  'roster.Room': [of_school('room')],
  'roster.Person': [['person', `id IN (${persons})`]],
  'roster.Post': [of_school('post', 'org_id')],
  'roster.Enrolment': [of_school('enrolment')],
  'roster.Guardianship': [['guardianship', `pupil_id IN (${pupils})`]],
  'roster.Consent': [['consent', `pupil_id IN (${pupils})`]],
  'auth.Account': [['auth_account', `person_id IN (${persons})`]],
  'auth.Grant': [of_school('auth_grant', 'org_id')],
  'nodes.Link': [['link', `org_id IN (${above})`]],
  'timetable.CoursePlan': [of_all('course_plan')],
  'timetable.Calendar': [['calendar_day', `org_id IN (${above})`]],
  'timetable.Bells': [of_school('bell_schedule'), part('bell_period', 'schedule_id', 'bell_schedule')],
  'timetable.Published': [['timetable', `state <> 'draft' AND school_id IN (${subtree})`], ['timetable_entry', `timetable_id IN (SELECT id FROM timetable WHERE state <> 'draft' AND school_id IN (${subtree}))`]],
  'timetable.ChangeRequest': [of_school('change_request')],
  'timetable.TaughtLesson': [of_school('taught_lesson')],
  'timetable.Substitution': [of_school('substitution')],
  'timetable.PatrolException': [of_school('patrol_exception')],
  'resources.Textbook': [of_all('textbook'), of_all('chapter')],
  'resources.Resource': [['resource', `id IN (${resources})`], ['resource_version', `resource_id IN (${resources})`]],
  'resources.PackItems': [['resource_pack_item', `pack_id IN (${resources})`]],
  'resources.File': [['file_object', `id IN (SELECT file_id FROM resource_version WHERE resource_id IN (${resources}))`]],
  'resources.Star': [['resource_star', `person_id IN (${persons})`]],
  'resources.Collection': [['resource_collection', `id IN (${collections})`], ['resource_collection_item', `collection_id IN (${collections})`]],
  'news.Article': [['news_article', `id IN (${articles})`], ['news_version', `article_id IN (${articles})`]],
  'workflow.Item': [of_school('workflow_item', 'origin_school_id'), ...['workflow_step', 'workflow_decision'].map((table) => [table, `item_id IN (SELECT id FROM workflow_item WHERE origin_school_id IN (${subtree}))`])],
  'teaching.LessonPlan': [of_school('lesson_plan'), part('lesson_plan_version', 'plan_id', 'lesson_plan'), part('lesson_plan_lesson', 'plan_id', 'lesson_plan')],
  'teaching.ClassSession': [of_school('class_session'), ...['class_question', ...['resource', 'trace', 'joined', 'assistant', 'correction'].map((one) => `class_session_${one}`)].map((table) => part(table, 'session_id', 'class_session'))],
  'teaching.Template': [['lesson_template', `school_id IS NULL OR school_id IN (${subtree})`]],
  'teaching.ClassroomRule': [of_school('classroom_rule')],
  'teaching.Look': [part('lesson_look', 'session_id', 'class_session')],
  'teaching.Unplanned': [part('class_unplanned', 'lesson_id', 'taught_lesson')],
  'homework.Phrases': [['homework_phrase', `teacher_id IN (${persons})`]],
  'homework.Limits': [['homework_limits', `org_id IN (${above})`]],
  'homework.Homework': [of_school('homework'), part('homework_class', 'homework_id', 'homework')],
  'homework.Submission': [of_school('homework_submission'), part('homework_work', 'submission_id', 'homework_submission'), part('homework_ink', 'submission_id', 'homework_submission')],
  'homework.File': [...files('homework.Homework', ids_of('homework')), ...files('homework.Submission', ids_of('homework_submission'))],
  'messages.Message': [['message', `person_id IN (${persons})`]],
  'push.Order': [['push_order', `id IN (${orders})`], ...['push_item', 'push_content', 'push_target'].map((table) => [table, `order_id IN (${orders})`])],
  'push.Receipt': [of_school('push_receipt')],
  'push.Request': [of_school('push_request')],
  'push.Recall': [of_school('push_recall')],
  'indicators.Targets': [['indicator_target', `org_id IN (${above})`]],
  'indicators.Declaration': [of_school('declaration', 'org_id')],
  'reports.Policy': [of_all('report_policy')],
  'reports.Report': [of_school('school_report')],
  'reports.Reasons': [of_school('report_reason')],
  'sync.Settled': [of_school('sync_settled')],
}
/** What is of one node only: keyed hashes, when somebody was there last, whether the bytes of a file have come. */
const local = (table, column) => /_index$/.test(column) || ['last_sign_in_at', 'district_id'].includes(column) || (table === 'file_object' && column === 'state')

export const open = (folder) => new DatabaseSync(join(folder, 'santong.db'), { readOnly: true })

/** {type: {rows, digest}} of a school at one place. */
export function digests(folder, root, leave_out = []) {
  const db = open(folder)
  try {
    return Object.fromEntries(Object.entries(entities).map(([type, tables]) => {
      let rows = 0
      const sum = createHash('sha256')
      for (const [table, where] of tables) {
        const texts = db.prepare(`SELECT * FROM ${table} WHERE ${where}`).all({ root })
          .filter((row) => !leave_out.includes(row.id))
          .map((row) => JSON.stringify(Object.entries(row).filter(([name]) => !local(table, name)).map(([name, value]) => [name, value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value])))
          .sort()
        rows += texts.length
        for (const text of texts) sum.update(`${text}\n`)
      }
      return [type, { rows, digest: sum.digest('hex').slice(0, 12) }]
    }))
  } finally {
    db.close()
  }
}

/** Rows that stand at one place and not at the other, of one type: for the one who has to find out why. */
export function differing(type, a, b, root) {
  const rows = (folder) => {
    const db = open(folder)
    try {
      return entities[type].flatMap(([table, where]) => db.prepare(`SELECT * FROM ${table} WHERE ${where}`).all({ root }).map((row) => `${table} ${JSON.stringify(Object.fromEntries(Object.entries(row).filter(([name]) => !local(table, name))))}`))
    } finally {
      db.close()
    }
  }
  const [mine, theirs] = [new Set(rows(a)), new Set(rows(b))]
  return { here: [...mine].filter((one) => !theirs.has(one)).slice(0, 3), there: [...theirs].filter((one) => !mine.has(one)).slice(0, 3) }
}

const found_by = {
  plan: (db, one) => db.prepare('SELECT COUNT(*) AS n FROM lesson_plan WHERE id = ?').get(one.id),
  'plan-text': (db, one) => db.prepare('SELECT COUNT(*) AS n FROM lesson_plan WHERE id = ?').get(one.id),
  homework: (db, one) => db.prepare("SELECT COUNT(*) AS n FROM homework WHERE id = ?1 OR title = ?2").get(one.id, one.marker),
  session: (db, one) => db.prepare('SELECT COUNT(*) AS n FROM class_session WHERE id = ?').get(one.id),
  question: (db, one) => db.prepare('SELECT COUNT(*) AS n FROM class_question WHERE id = ?1 OR text = ?2').get(one.id, one.marker),
  target: (db, one) => db.prepare('SELECT COUNT(*) AS n FROM indicator_target WHERE indicator = ? AND value = ?').get(one.id, one.marker),
  code: (db, one) => db.prepare('SELECT COUNT(*) AS n FROM own_code WHERE code = ?1 AND title = ?2').get(one.id, one.marker),
  declaration: (db, one) => db.prepare('SELECT COUNT(*) AS n FROM declaration WHERE id = ?1 OR note = ?2').get(one.id, one.marker),
  work: (db, one) => db.prepare('SELECT COUNT(*) AS n FROM homework_work WHERE text = ?').get(one.marker),
  file: (db, one) => db.prepare('SELECT COUNT(*) AS n FROM file_object WHERE id = ?').get(one.id),
  resource: (db, one) => db.prepare('SELECT COUNT(*) AS n FROM resource WHERE id = ?1 OR title = ?2').get(one.id, one.marker),
  collection: (db, one) => db.prepare('SELECT COUNT(*) AS n FROM resource_collection WHERE id = ?1 OR name = ?2').get(one.id, one.marker),
  collected: (db, one) => db.prepare('SELECT COUNT(*) AS n FROM resource_collection_item WHERE collection_id = ?').get(one.id),
  article: (db, one) => db.prepare('SELECT COUNT(*) AS n FROM news_article WHERE id = ?1 OR id IN (SELECT article_id FROM news_version WHERE title = ?2)').get(one.id, one.marker),
  decision: (db, one) => db.prepare('SELECT COUNT(*) AS n FROM workflow_decision WHERE item_id = ? AND reason = ?').get(one.id, one.marker),
  review: (db, one) => db.prepare('SELECT COUNT(*) AS n FROM workflow_item WHERE subject_id = ?').get(one.id),
  patrol: (db, one) => db.prepare('SELECT COUNT(*) AS n FROM patrol_exception WHERE id = ?1 OR note = ?2').get(one.id, one.marker),
}

/** What a place has set aside, with the reason. */
export function set_aside(folder) {
  const db = open(folder)
  try {
    return db.prepare('SELECT type, entity_id, reason FROM sync_parked ORDER BY at').all().map((one) => `${one.type} ${one.entity_id}: ${one.reason}`)
  } finally {
    db.close()
  }
}

/** Whether a box has told of no file whose bytes its hub may lack. */
export function nothing_to_send(folder) {
  const db = open(folder)
  try {
    return db.prepare('SELECT COUNT(*) AS n FROM node_content_up').get().n === 0
  } finally {
    db.close()
  }
}

/** Contents of acknowledged files whose bytes do not lie at a place. */
export const without_bytes = (folder, writes) =>
  writes.filter(({ sha256: name }) => name && !existsSync(join(folder, 'files', name.slice(0, 2), name.slice(2, 4), name)))

/** {lost, doubled}: acknowledged writes that stand nowhere, or more than once, at a place. */
export function accounted(folder, writes) {
  const db = open(folder)
  const lost = [], doubled = []
  try {
    for (const one of writes) {
      const { n } = found_by[one.kind]?.(db, one) ?? { n: 1 }
      if (n === 0) lost.push(one)
      if (n > 1) doubled.push(one)
    }
    // The last words of each plan that only one place changed, and of each person and day.
    const newest = new Map()
    const places = new Map()
    for (const one of writes.filter((w) => w.kind === 'plan-text')) {
      newest.set(one.id, one)
      places.set(one.id, (places.get(one.id) ?? new Set()).add(one.at))
    }
    for (const [id, one] of newest) {
      const row = db.prepare('SELECT homework FROM lesson_plan WHERE id = ?').get(id)
      if (places.get(id).size === 1 && !(row?.homework ?? '').includes(one.marker)) lost.push({ ...one, kind: 'words of a plan' })
    }
    const days = new Map(writes.filter((w) => w.kind === 'calendar').map((one) => [one.marker, one]))
    for (const one of days.values()) one.seen = db.prepare('SELECT COUNT(*) AS n FROM calendar_day WHERE org_id = ?').get(one.id).n
    for (const one of days.values()) if (one.seen === 0) lost.push(one)
    const twice = db.prepare('SELECT origin, origin_seq, COUNT(*) AS n FROM feed_entry GROUP BY district_id, origin, origin_seq HAVING COUNT(*) > 1').all()
    for (const one of twice) doubled.push({ kind: 'entry of the feed', ...one })
  } finally {
    db.close()
  }
  return { lost, doubled }
}
