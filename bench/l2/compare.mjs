// Both sides beside each other: every acknowledged write, every table of a school.
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

const subtree = 'SELECT org_id FROM org_closure WHERE ancestor_id = :root'
const pupils = `SELECT person_id FROM enrolment WHERE to_date IS NULL AND school_id IN (${subtree})`
const persons = `SELECT person_id FROM post WHERE to_date IS NULL AND org_id IN (${subtree}) UNION ${pupils} UNION SELECT guardian_id FROM guardianship WHERE to_date IS NULL AND pupil_id IN (${pupils})`
const of_school = (table, column = 'school_id') => [table, `${column} IN (${subtree})`]
const part = (table, key, whole) => [table, `${key} IN (SELECT id FROM ${whole} WHERE school_id IN (${subtree}))`]

/** Entity type → the tables in which it lies, with whose rows a school's are. */
const entities = {
  'roster.School': [of_school('school', 'id')],
  'roster.ClassGroup': [of_school('class_group')],
  'roster.Person': [['person', `id IN (${persons})`]],
  'roster.Post': [of_school('post', 'org_id')],
  'roster.Enrolment': [of_school('enrolment')],
  'roster.Guardianship': [['guardianship', `pupil_id IN (${pupils})`]],
  'auth.Account': [['auth_account', `person_id IN (${persons})`]],
  'auth.Grant': [of_school('auth_grant', 'org_id')],
  'timetable.Calendar': [of_school('calendar_day', 'org_id')],
  'timetable.Published': [['timetable', `state <> 'draft' AND school_id IN (${subtree})`]],
  'timetable.TaughtLesson': [of_school('taught_lesson')],
  'timetable.Substitution': [of_school('substitution')],
  'timetable.PatrolException': [of_school('patrol_exception')],
  'teaching.LessonPlan': [of_school('lesson_plan'), part('lesson_plan_version', 'plan_id', 'lesson_plan'), part('lesson_plan_lesson', 'plan_id', 'lesson_plan')],
  'teaching.ClassSession': [of_school('class_session'), part('class_question', 'session_id', 'class_session'), part('class_session_resource', 'session_id', 'class_session')],
  'homework.Homework': [of_school('homework'), part('homework_class', 'homework_id', 'homework')],
  'homework.Submission': [of_school('homework_submission')],
}
/** What is of one node only: keyed hashes, when somebody was there last. */
const local = (column) => /_index$/.test(column) || ['last_sign_in_at', 'district_id'].includes(column)

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
          .map((row) => JSON.stringify(Object.entries(row).filter(([name]) => !local(name)).map(([name, value]) => [name, value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value])))
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
      return entities[type].flatMap(([table, where]) => db.prepare(`SELECT * FROM ${table} WHERE ${where}`).all({ root }).map((row) => `${table} ${JSON.stringify(Object.fromEntries(Object.entries(row).filter(([name]) => !local(name))))}`))
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
  patrol: (db, one) => db.prepare('SELECT COUNT(*) AS n FROM patrol_exception WHERE id = ?1 OR note = ?2').get(one.id, one.marker),
}

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
